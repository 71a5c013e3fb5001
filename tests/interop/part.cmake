# What other programs think of our packets: scapy and tshark as independent judges. A test whose judge is not installed
# says so and counts as skipped.
find_program(TUNNELWALK_PYTHON python3 HINTS /usr/bin)

add_executable(esp_peer ${CMAKE_CURRENT_LIST_DIR}/esp_peer.cpp)
target_link_libraries(esp_peer PRIVATE engine_esp nlohmann_json::nlohmann_json)

add_test(NAME interop_esp_scapy
         COMMAND ${TUNNELWALK_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/esp_scapy_test.py $<TARGET_FILE:esp_peer>)
set_tests_properties(interop_esp_scapy PROPERTIES LABELS interop SKIP_RETURN_CODE 77)

add_executable(ike_peer ${CMAKE_CURRENT_LIST_DIR}/ike_peer.cpp)
target_link_libraries(ike_peer PRIVATE engine_ike CLI11::CLI11)

add_test(NAME interop_strongswan COMMAND ${CMAKE_CURRENT_LIST_DIR}/strongswan_test.sh $<TARGET_FILE:ike_peer>)
set_tests_properties(interop_strongswan PROPERTIES LABELS interop SKIP_RETURN_CODE 77 TIMEOUT 300)

add_test(NAME interop_wireshark
         COMMAND ${TUNNELWALK_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/wireshark_test.py $<TARGET_FILE:tunnelwalk>
                 ${PROJECT_SOURCE_DIR}/scenarios/aws-yamaha.json
                 ${PROJECT_SOURCE_DIR}/scenarios/ikev1-psk-mismatch.json)
set_tests_properties(interop_wireshark PROPERTIES LABELS interop SKIP_RETURN_CODE 77 TIMEOUT 300)
