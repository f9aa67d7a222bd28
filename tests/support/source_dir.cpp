#include "support/source_dir.hpp"

namespace albatross::test {

// The one file that is compiled with a path of this machine: all others are the same in every
// clone, so ccache need not compile them again.
std::string source_dir() {
  return ALBATROSS_SOURCE_DIR;
}

}  // namespace albatross::test
