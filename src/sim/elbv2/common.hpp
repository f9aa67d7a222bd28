#pragma once

#include "sim/core/action.hpp"
#include "sim/core/clock_text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim::elbv2 {

LoadBalancer* find_load_balancer(World& world, std::string_view arn);
LoadBalancer& load_balancer_of(Call& call, std::string_view arn);
TargetGroup& target_group_of(Call& call, std::string_view arn);
Listener& listener_of(Call& call, std::string_view arn);
ListenerRule& rule_of(Call& call, std::string_view arn);

/// Tags of a create call: no duplicates, at most 50, nothing reserved.
Tags read_tags(Param tags);
void check_name(std::string_view name, std::string_view what);

/// Refuses a marker that no page of ARNs ends with.
void check_marker(std::string_view marker);

/// One page of what a Describe selects; `table` is ordered by ARN.
template <class T, class Wanted, class Write>
void page(Call& call, Table<T>& table, const char* element, Wanted&& wanted, Write&& write) {
  const auto size = static_cast<std::size_t>(call.params["PageSize"].number_or(400));
  const auto marker = call.params["Marker"].text();
  if (!marker.empty()) check_marker(marker);
  std::size_t shown = 0;
  std::string last;
  bool more = false;
  call.out.open(element);
  for (auto it = marker.empty() ? table.begin() : table.upper_bound(marker); it != table.end();
       ++it) {
    if (!call.world.visible(it->first) || !wanted(it->second)) continue;
    if (shown == size) {
      more = true;
      break;
    }
    call.out.in("member", [&] { write(it->second); });
    last = it->first;
    ++shown;
  }
  call.out.close(element);
  if (more) call.out.leaf("NextMarker", last);
}

/// <Attributes> with Key and Value.
void write_attributes(Call& call, const Tags& attributes);
/// Changes those that the call names; refuses unknown keys and bad values.
void modify_attributes(Call& call, Tags& attributes);
void write_list(Call& call, const char* element, const std::vector<std::string>& values);

std::vector<ListenerAction> read_actions(Call& call, Param actions,
                                         const std::string& load_balancer);
void write_actions(Call& call, const char* element, const std::vector<ListenerAction>& actions);

std::span<const Action> load_balancer_actions();
std::span<const Action> target_group_actions();
std::span<const Action> target_actions();
std::span<const Action> listener_actions();
std::span<const Action> rule_actions();
std::span<const Action> certificate_actions();
std::span<const Action> account_actions();

/// Refuses a certificate that a listener cannot use.
void check_certificate(const Call& call, std::string_view arn);
/// Removes a listener and its rules (not its certificates).
void remove_listener(World& world, const std::string& arn);
/// Makes a rule's ARN from its listener's.
std::string rule_arn(World& world, std::string_view listener_arn);

}  // namespace albatross::sim::elbv2
