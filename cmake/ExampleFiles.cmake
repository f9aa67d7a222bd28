# albatross_example_files(TARGET NAME...): compiles examples/NAME.yaml into TARGET, for `albatross init`.
function(albatross_example_files target)
  set(entries "")
  foreach(name ${ARGN})
    set(file ${CMAKE_CURRENT_SOURCE_DIR}/examples/${name}.yaml)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND entries "    {\"${name}\", R\"yaml(${text})yaml\"},\n")
  endforeach()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/generated/example_files.cpp)
  file(CONFIGURE OUTPUT ${generated} @ONLY CONTENT [=[
#include "cli/example_files.hpp"

namespace albatross::cli {

const std::map<std::string, std::string>& example_files() {
  static const std::map<std::string, std::string> files{
@entries@  };
  return files;
}

}  // namespace albatross::cli
]=])
  target_sources(${target} PRIVATE ${generated})
endfunction()
