#pragma once

#include <string>

namespace albatross::test {

/// The checkout that these tests were built from: fixtures and examples are below it.
std::string source_dir();

}  // namespace albatross::test
