#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace albatross::recording {

/// Replaces what gives somebody away wherever it stands in a text, the same by the same every time:
/// secrets that were named, account numbers, access key ids and IAM's unique ids. What is a
/// stand-in already stays.
class Redactor {
 public:
  /// Ignored when it is too short to be told from other text.
  void learn(std::string_view secret);
  std::string text(std::string_view text);

 private:
  std::string without_secrets(std::string_view text) const;
  /// What stands for the letters and digits at `at`, which stand alone; empty: themselves.
  std::string stand_in(std::string_view word);
  std::string account(std::string_view number);
  std::string unique_id(std::string_view id);

  std::set<std::string, std::less<>> secrets_;
  std::map<std::string, std::string, std::less<>> accounts_;
  std::set<std::string, std::less<>> taken_;
  std::map<std::string, std::string, std::less<>> ids_;
};

}  // namespace albatross::recording
