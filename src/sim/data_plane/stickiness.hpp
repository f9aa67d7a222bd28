#pragma once

#include "sim/data_plane/routing.hpp"
#include "sim/world.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Cookies by which a load balancer keeps a client with what served it. Pure.
namespace albatross::sim {

/// Of a target group (AWSALB) and of a choice between target groups (AWSALBTG).
inline constexpr const char* target_cookie = "AWSALB";
inline constexpr const char* group_cookie = "AWSALBTG";

/// The value that stands for a target of a group, or for a group; tells nobody which.
std::string cookie_value(const TargetGroup& group, const Target& target);
std::string cookie_value(const TargetGroup& group);
/// The value of a cookie of the request; empty when it has none of that name.
std::string_view cookie_of(const Inbound& request, std::string_view name);
/// Sets it and its twin for requests from other sites, as AWS does.
void set_cookie(http::Response& response, const std::string& name, const std::string& value,
                int seconds, WallTime now);

/// Whether the group keeps clients with a target by the load balancer's own cookie, and how long.
int target_stickiness_seconds(const TargetGroup& group);
/// The target whose cookie the request brings, when it is one of them; null otherwise.
const Target* remembered_target(const TargetGroup& group, const Inbound& request,
                                const std::vector<const Target*>& targets);
/// The same for a choice between groups.
const TargetGroup* remembered_group(const World& world, const ListenerAction& action,
                                    const Inbound& request);

}  // namespace albatross::sim
