#pragma once

#include <CLI/CLI.hpp>

#include <map>
#include <string>
#include <vector>

namespace albatross::cli {

/// For an option that takes one of some words; others are refused in words for people.
CLI::Validator one_of(std::vector<std::string> words);

/// The same for an option whose variable is the enumeration; goes into Option::transform.
template <class Enumeration>
CLI::Validator one_of(const std::map<std::string, Enumeration>& values) {
  std::vector<std::string> words;
  std::map<std::string, std::string> numbers;
  for (const auto& [word, value] : values) {
    words.push_back(word);
    numbers[word] = std::to_string(static_cast<int>(value));
  }
  const auto replace = [check = one_of(std::move(words)), numbers](std::string& text) {
    std::string complaint = check(text);
    if (complaint.empty()) text = numbers.at(text);
    return complaint;
  };
  return CLI::Validator(replace, "");
}

}  // namespace albatross::cli
