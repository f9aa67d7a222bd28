# albatross, the program, with its C++ libraries and SQLite inside: looking up their symbols took longer
# than all that a short command does. OpenSSL stays outside, so that the system's updates reach it.
add_library(albatross_main OBJECT src/cli/main.cpp)
target_include_directories(albatross_main PRIVATE src)
target_link_libraries(albatross_main PRIVATE albatross::compiler albatross::cli CLI11::CLI11)

add_executable(albatross $<TARGET_OBJECTS:albatross_main>)
set_target_properties(albatross PROPERTIES LINKER_LANGUAGE CXX RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

# The layers as files, not targets: those would bring their shared libraries along.
set(albatross_layer_files)
foreach(layer cli orchestrator sim state clients http sigv4 runtime)
  list(APPEND albatross_layer_files $<TARGET_FILE:albatross_${layer}>)
endforeach()
list(PREPEND albatross_layer_files -Wl,--start-group)
list(APPEND albatross_layer_files -Wl,--end-group)

# albatross_archives(OUT name...): the files libNAME.a, or nothing if one is not there.
function(albatross_archives out)
  set(files)
  foreach(name ${ARGN})
    find_library(archive_${name} NAMES lib${name}.a NO_CACHE)
    if(NOT archive_${name})
      message(STATUS "There is no lib${name}.a: ${out} stays empty")
      set(${out} "" PARENT_SCOPE)
      return()
    endif()
    list(APPEND files ${archive_${name}})
  endforeach()
  set(${out} ${files} PARENT_SCOPE)
endfunction()

albatross_archives(albatross_inside yaml-cpp pugixml sqlite3)
if(albatross_inside AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT ALBATROSS_SANITIZE)
  add_dependencies(albatross albatross_cli)
  target_link_options(albatross PRIVATE -static-libstdc++ -static-libgcc -Wl,--gc-sections)
  target_link_libraries(albatross PRIVATE ${albatross_layer_files} ${albatross_inside}
    OpenSSL::SSL Threads::Threads ${CMAKE_DL_LIBS} m)
else()
  target_link_libraries(albatross PRIVATE albatross::cli)
endif()

# albatross_portable: the program once more, from the same objects, with every library inside, the C
# library too. It runs on any Linux of the same processor, whatever is installed there.
albatross_archives(albatross_everything yaml-cpp pugixml sqlite3 ssl crypto)
if(albatross_everything)
  add_executable(albatross_portable EXCLUDE_FROM_ALL $<TARGET_OBJECTS:albatross_main> cmake/portable_names.cpp)
  add_dependencies(albatross_portable albatross_cli)
  set_target_properties(albatross_portable PROPERTIES LINKER_LANGUAGE CXX
    OUTPUT_NAME albatross RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/portable)
  target_link_options(albatross_portable PRIVATE -static-pie)
  # The linker's warnings about name services are what portable_names.cpp is for.
  target_link_libraries(albatross_portable PRIVATE ${albatross_layer_files}
    ${albatross_everything} Threads::Threads ${CMAKE_DL_LIBS} m)
endif()
