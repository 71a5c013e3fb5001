# tunnelwalk_module(FOLDER [LINK library...]): one static library from the sources of one folder. Its name is the folder's
# with "_" for "/". A folder may use what stands above it in the list of docs/architecture.md, never what stands below.
function(tunnelwalk_module folder)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC tunnelwalk_settings ${ARG_LINK})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE tunnelwalk_settings ${ARG_LINK})
  endif()
endfunction()
