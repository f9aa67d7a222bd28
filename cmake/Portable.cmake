# albatross_portable: the program once more, from the same objects, with every library inside, the C
# library too. It runs on any Linux of the same processor, whatever is installed there.
set(portable_libraries)
foreach(name yaml-cpp pugixml sqlite3 ssl crypto)
  find_library(portable_${name} NAMES lib${name}.a NO_CACHE)
  if(NOT portable_${name})
    message(STATUS "No portable program: there is no lib${name}.a")
    return()
  endif()
  list(APPEND portable_libraries ${portable_${name}})
endforeach()

set(portable_layers)
foreach(layer cli orchestrator sim state clients http sigv4 runtime)
  list(APPEND portable_layers $<TARGET_FILE:albatross_${layer}>)
endforeach()

# Files, not targets: those would bring their shared libraries along.
add_executable(albatross_portable EXCLUDE_FROM_ALL $<TARGET_OBJECTS:albatross>
  ${CMAKE_CURRENT_LIST_DIR}/portable_names.cpp)
add_dependencies(albatross_portable albatross)
set_target_properties(albatross_portable PROPERTIES LINKER_LANGUAGE CXX
  OUTPUT_NAME albatross RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/portable)
target_link_options(albatross_portable PRIVATE -static-pie)
# The linker's warnings about name services are what portable_names.cpp is for.
target_link_libraries(albatross_portable PRIVATE -Wl,--start-group ${portable_layers} -Wl,--end-group
  ${portable_libraries} Threads::Threads ${CMAKE_DL_LIBS} m)
