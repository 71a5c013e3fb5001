find_program(TUNNELWALK_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
add_test(NAME structure_layers COMMAND ${TUNNELWALK_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/layers_test.py ${PROJECT_SOURCE_DIR})
set_tests_properties(structure_layers PROPERTIES LABELS unit)
