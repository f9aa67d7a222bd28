# albatross_layer(NAME [USES layer...] [THIRD_PARTY target...])
#   One static library albatross::NAME from src/NAME/**.cpp; its public headers are in
#   include/albatross/NAME, its private ones beside the sources (included as "NAME/x.hpp").
function(albatross_layer name)
  cmake_parse_arguments(ARG "" "" "USES;THIRD_PARTY" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${CMAKE_CURRENT_SOURCE_DIR}/src/${name}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/include/albatross/${name}/*.hpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(albatross_${name} STATIC ${sources} ${CMAKE_CURRENT_SOURCE_DIR}/include/albatross/version.hpp)
  set_target_properties(albatross_${name} PROPERTIES LINKER_LANGUAGE CXX)
  add_library(albatross::${name} ALIAS albatross_${name})
  set_target_properties(albatross_${name} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(albatross_${name} PUBLIC cxx_std_20)
  target_include_directories(albatross_${name}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
  foreach(layer ${ARG_USES})
    target_link_libraries(albatross_${name} PUBLIC albatross::${layer})
  endforeach()
  # Headers only: who uses the installed library does not need it.
  list(TRANSFORM ARG_THIRD_PARTY REPLACE "^(nlohmann_json::.*)$" "$<BUILD_INTERFACE:\\1>")
  target_link_libraries(albatross_${name} PRIVATE $<BUILD_INTERFACE:albatross::compiler> ${ARG_THIRD_PARTY})
  if(name STREQUAL "runtime")
    # Asio's and Beast's bodies are compiled once (src/runtime/asio.cpp, src/http/beast.cpp).
    target_compile_definitions(albatross_runtime PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
    target_link_libraries(albatross_runtime PUBLIC Boost::headers Threads::Threads)
  endif()
  if(name STREQUAL "http")
    target_compile_definitions(albatross_http PUBLIC BOOST_BEAST_SEPARATE_COMPILATION)
  endif()
  if(NOT name STREQUAL "sigv4")  # it knows nothing of coroutines
    albatross_precompile(albatross_${name} albatross_runtime)
  endif()
endfunction()
