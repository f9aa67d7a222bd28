#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace albatross::spec {

/// How many characters must be inserted, removed, changed or swapped with their neighbour to make
/// `b` of `a`, letter case aside. O(|a|·|b|).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// Equal but for letter case.
bool same_word(std::string_view a, std::string_view b);

/// The candidate that was probably meant; empty when none is close enough to be worth a guess.
std::string closest(std::string_view word, const std::vector<std::string>& candidates);

/// "; did you mean 'x'?", or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// "a, b or c".
std::string one_of(const std::vector<std::string>& words);

}  // namespace albatross::spec
