#include "sim/fault_members.hpp"
#include "support/source_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace albatross::sim::test {
namespace {

std::string page() {
  std::ifstream file(albatross::test::source_dir() + "/docs/simulator.md");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(Documentation, HasARowForEveryKindOfFault) {
  const std::string text = page();
  for (const auto kind : fault_kind_names())
    EXPECT_NE(text.find("\n| `" + std::string(kind) + "` | "), std::string::npos) << kind;
}

}  // namespace
}  // namespace albatross::sim::test
