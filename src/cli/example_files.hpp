#pragma once

#include <map>
#include <string>

namespace albatross::cli {

/// The files of examples/ as they were when the program was built, by name without ".yaml".
/// Made by cmake/ExampleFiles.cmake.
const std::map<std::string, std::string>& example_files();

}  // namespace albatross::cli
