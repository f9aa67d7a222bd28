#pragma once

#include "albatross/sim/faults.hpp"

#include <string>

namespace albatross::cli {

/// The content of a file, or of standard input ("-"). @throws UsageError when it cannot be read.
std::string read_input_file(const std::string& path);

/// The content of a fault file ("-": of standard input), once it is known to be right.
/// @throws SpecError with every mistake in it, UsageError when it cannot be read.
std::string read_fault_file(const std::string& path);

}  // namespace albatross::cli
