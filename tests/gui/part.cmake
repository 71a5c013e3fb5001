# The window under Xvfb, with real key and mouse events. Without Xvfb or xdotool the tests say so and count as skipped.
if(TUNNELWALK_GUI)
  find_program(TUNNELWALK_PYTHON python3 HINTS /usr/bin)
  set(gui ${CMAKE_CURRENT_LIST_DIR})
  add_executable(window_probe ${gui}/window_probe.cpp)
  target_link_libraries(window_probe PRIVATE viz_gui tests_support CLI11::CLI11)
  add_executable(frame_time ${gui}/frame_time.cpp)
  target_link_libraries(frame_time PRIVATE viz_gui tests_support)
  target_compile_definitions(frame_time PRIVATE TUNNELWALK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")

  add_executable(gui_parts ${gui}/parts_test.cpp)
  target_link_libraries(gui_parts PRIVATE viz_gui tests_support tests_main)
  target_compile_definitions(gui_parts PRIVATE TUNNELWALK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")

  add_test(NAME gui_parts COMMAND gui_parts)
  add_test(NAME gui_events COMMAND ${TUNNELWALK_PYTHON} ${gui}/window_test.py $<TARGET_FILE:window_probe>)
  add_test(NAME gui_screenshots COMMAND ${TUNNELWALK_PYTHON} ${gui}/screenshot_test.py $<TARGET_FILE:window_probe>)
  add_test(NAME gui_frame_time COMMAND ${TUNNELWALK_PYTHON} ${gui}/on_display.py $<TARGET_FILE:frame_time>)
  set(gui_tests gui_parts gui_events gui_screenshots gui_frame_time)
  if(TARGET tunnelwalk)
    # The same events on a run of the engine.
    add_test(NAME gui_events_article COMMAND ${TUNNELWALK_PYTHON} ${gui}/window_test.py $<TARGET_FILE:tunnelwalk>
                                             view ${PROJECT_SOURCE_DIR}/scenarios/aws-yamaha.json)
    list(APPEND gui_tests gui_events_article)
  endif()
  set_tests_properties(${gui_tests} PROPERTIES LABELS gui SKIP_RETURN_CODE 77 TIMEOUT 600)
endif()
