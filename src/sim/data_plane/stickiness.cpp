#include "sim/data_plane/stickiness.hpp"

#include "sim/core/clock_text.hpp"
#include "sim/core/error.hpp"
#include "sim/core/ids.hpp"
#include "sim/elbv2/target_health.hpp"

#include <algorithm>
#include <chrono>

namespace albatross::sim {
namespace {

constexpr std::size_t cookie_digits = 88;

std::string scrambled(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return Ids(hash).hex(cookie_digits);
}

}  // namespace

std::string cookie_value(const TargetGroup& group, const Target& target) {
  return scrambled(cat(group.arn, " ", target_key(target)));
}

std::string cookie_value(const TargetGroup& group) {
  return scrambled(group.arn);
}

std::string_view cookie_of(const Inbound& request, std::string_view name) {
  for (const auto& [header, value] : request.headers) {
    if (header.size() != 6 || (header[0] | 32) != 'c' || !header.ends_with("ookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(';'), rest.size());
      auto pair = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
      if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
        return pair.substr(name.size() + 1);
      }
    }
  }
  return {};
}

void set_cookie(http::Response& response, const std::string& name, const std::string& value,
                int seconds, WallTime now) {
  const std::string until = cat("; Expires=", http_date(now + std::chrono::seconds{seconds}));
  response.headers.add("Set-Cookie", cat(name, "=", value, until, "; Path=/"));
  response.headers.add("Set-Cookie",
                       cat(name, "CORS=", value, until, "; Path=/; SameSite=None; Secure"));
}

int target_stickiness_seconds(const TargetGroup& group) {
  const auto attribute = [&](std::string_view name) -> std::string_view {
    const auto it = group.attributes.find(name);
    return it == group.attributes.end() ? std::string_view() : std::string_view(it->second);
  };
  const bool on = attribute("stickiness.enabled") == "true";
  if (!on || attribute("stickiness.type") != "lb_cookie") return 0;
  return std::stoi(std::string(attribute("stickiness.lb_cookie.duration_seconds")));
}

const Target* remembered_target(const TargetGroup& group, const Inbound& request,
                                const std::vector<const Target*>& targets) {
  const auto value = cookie_of(request, target_cookie);
  if (value.empty()) return nullptr;
  const auto it = std::find_if(targets.begin(), targets.end(), [&](const Target* target) {
    return cookie_value(group, *target) == value;
  });
  return it == targets.end() ? nullptr : *it;
}

const TargetGroup* remembered_group(const World& world, const ListenerAction& action,
                                    const Inbound& request) {
  const auto value = cookie_of(request, group_cookie);
  if (!action.sticky || value.empty()) return nullptr;
  for (const WeightedGroup& group : action.groups) {
    const auto it = world.target_groups.find(group.arn);
    if (it != world.target_groups.end() && cookie_value(it->second) == value) return &it->second;
  }
  return nullptr;
}

}  // namespace albatross::sim
