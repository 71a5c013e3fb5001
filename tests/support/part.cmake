# Traces made by hand, for tests of what reads traces.
file(GLOB support_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cpp)
add_library(tests_support STATIC ${support_sources})
target_link_libraries(tests_support PUBLIC sim_trace engine_esp engine_wire engine_crypto)
foreach(program unit_model unit_text unit_export)
  if(TARGET ${program})
    target_link_libraries(${program} PRIVATE tests_support)
  endif()
endforeach()
