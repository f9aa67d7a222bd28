#include "cli/one_of.hpp"

#include "cli/text.hpp"

#include <algorithm>
#include <utility>

namespace albatross::cli {

CLI::Validator one_of(std::vector<std::string> words) {
  const auto check = [words = std::move(words)](std::string& text) {
    if (std::find(words.begin(), words.end(), text) != words.end()) return std::string();
    return "one of " + join(words, ", ") + " is expected, not " + text;
  };
  return CLI::Validator(check, "");
}

}  // namespace albatross::cli
