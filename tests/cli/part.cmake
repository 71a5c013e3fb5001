# The command line, as people and scripts call it.
find_program(TUNNELWALK_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(TUNNELWALK_PYTHON AND TARGET tunnelwalk)
  add_test(NAME cli COMMAND ${TUNNELWALK_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/cli_test.py $<TARGET_FILE:tunnelwalk>
                            ${PROJECT_SOURCE_DIR})
  set_tests_properties(cli PROPERTIES LABELS cli)
endif()
