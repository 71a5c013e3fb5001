# The scenario library: expectations, determinism, fingerprints and the schema.
add_executable(scenario_library ${CMAKE_CURRENT_LIST_DIR}/library_test.cpp)
target_link_libraries(scenario_library PRIVATE tests_main sim_scenario nlohmann_json::nlohmann_json)
target_compile_definitions(scenario_library PRIVATE TUNNELWALK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
add_test(NAME scenario_library COMMAND scenario_library)
set_tests_properties(scenario_library PROPERTIES LABELS scenarios)

find_program(TUNNELWALK_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(TUNNELWALK_PYTHON)
  add_test(NAME scenario_schema COMMAND ${TUNNELWALK_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/schema_test.py
                                        ${PROJECT_SOURCE_DIR})
  set_tests_properties(scenario_schema PROPERTIES LABELS scenarios SKIP_RETURN_CODE 77)
endif()
