#pragma once

#include "albatross/http/exchange_rules.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// Requests side by side. Pure.
namespace albatross::http {

/// One text that two requests share if and only if they are taken for the same.
/// @param all false: by the distinguishing members only
std::string key_of(const std::string& title, const std::vector<RequestMember>& members, bool all);

/// A unified diff of the members, a line each; unchanged ones around the changes only.
struct MemberDiff {
  std::string text;
  /// Lines that differ.
  std::size_t changes = 0;
};
MemberDiff diff_members(const std::vector<RequestMember>& recorded,
                        const std::vector<RequestMember>& sent);

}  // namespace albatross::http
