#pragma once

#include "sim/core/action.hpp"
#include "sim/core/clock_text.hpp"

#include <string>
#include <string_view>

namespace albatross::sim::iam {

/// Keys of the IAM tables: names are unique without regard to case.
std::string folded(std::string_view name);

Role& role_of(Call& call, std::string_view name);
InstanceProfile& profile_of(Call& call, std::string_view name);
/// Refuses names with characters that IAM does not take, or longer than `longest`.
void check_name(std::string_view name, std::string_view member, std::size_t longest);
void check_policy(std::string_view document);
Tags read_tags(Param tags);
void write_tags(Call& call, const Tags& tags);
void write_role(Call& call, const Role& role, bool details);

std::span<const Action> role_actions();
std::span<const Action> role_policy_actions();
std::span<const Action> profile_actions();

/// One page of a List: `write` gets each entry; writes IsTruncated and Marker.
template <class T, class Wanted, class Write>
void page(Call& call, const Table<T>& table, const char* element, Wanted&& wanted, Write&& write) {
  const auto size = static_cast<std::size_t>(call.params["MaxItems"].number_or(100));
  const auto marker = call.params["Marker"].text();
  std::size_t shown = 0;
  std::string last;
  bool more = false;
  call.out.open(element);
  for (auto it = marker.empty() ? table.begin() : table.upper_bound(marker); it != table.end();
       ++it) {
    if (!wanted(it->second)) continue;
    if (shown == size) {
      more = true;
      break;
    }
    write(it->first, it->second);
    last = it->first;
    ++shown;
  }
  call.out.close(element);
  call.out.leaf("IsTruncated", more);
  if (more) call.out.leaf("Marker", last);
}

}  // namespace albatross::sim::iam
