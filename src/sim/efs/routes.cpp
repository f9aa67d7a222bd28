#include "sim/core/json_body.hpp"
#include "sim/efs/efs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace albatross::sim::efs {
namespace {

struct Route {
  const char* method;
  const char* path;  // '*' stands for one path segment
  const char* action;
  Handler run;
};

constexpr std::array<Route, 24> routes{{
    {"POST", "file-systems", "CreateFileSystem", create_file_system},
    {"GET", "file-systems", "DescribeFileSystems", describe_file_systems},
    {"PUT", "file-systems/*", "UpdateFileSystem", update_file_system},
    {"PUT", "file-systems/*/protection", "UpdateFileSystemProtection", update_protection},
    {"DELETE", "file-systems/*", "DeleteFileSystem", delete_file_system},
    {"GET", "file-systems/*/lifecycle-configuration", "DescribeLifecycleConfiguration",
     describe_lifecycle},
    {"PUT", "file-systems/*/lifecycle-configuration", "PutLifecycleConfiguration", put_lifecycle},
    {"GET", "file-systems/*/backup-policy", "DescribeBackupPolicy", describe_backup},
    {"PUT", "file-systems/*/backup-policy", "PutBackupPolicy", put_backup},
    {"GET", "file-systems/*/policy", "DescribeFileSystemPolicy", describe_policy},
    {"PUT", "file-systems/*/policy", "PutFileSystemPolicy", put_policy},
    {"DELETE", "file-systems/*/policy", "DeleteFileSystemPolicy", delete_policy},
    {"GET", "file-systems/replication-configurations", "DescribeReplicationConfigurations",
     describe_replications},
    {"POST", "mount-targets", "CreateMountTarget", create_mount_target},
    {"GET", "mount-targets", "DescribeMountTargets", describe_mount_targets},
    {"DELETE", "mount-targets/*", "DeleteMountTarget", delete_mount_target},
    {"GET", "mount-targets/*/security-groups", "DescribeMountTargetSecurityGroups",
     describe_mount_groups},
    {"PUT", "mount-targets/*/security-groups", "ModifyMountTargetSecurityGroups",
     modify_mount_groups},
    {"POST", "resource-tags/*", "TagResource", tag_resource},
    {"DELETE", "resource-tags/*", "UntagResource", untag_resource},
    {"GET", "resource-tags/*", "ListTagsForResource", list_tags},
    {"GET", "tags/*", "DescribeTags", list_tags},
    {"GET", "access-points", "DescribeAccessPoints", describe_access_points},
    {"GET", "tags/*/", "DescribeTags", list_tags},
}};

/// Whether the path fits; `label` becomes the segment at '*'.
bool fits(std::string_view pattern, std::string_view path, std::string_view& label) {
  while (true) {
    const auto p = std::min(pattern.find('/'), pattern.size());
    const auto s = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, s);
    if (pattern.substr(0, p) == "*") {
      if (segment.empty()) return false;
      label = segment;
    } else if (pattern.substr(0, p) != segment) {
      return false;
    }
    const bool pattern_ends = p == pattern.size();
    const bool path_ends = s == path.size();
    if (pattern_ends || path_ends) return pattern_ends && path_ends;
    pattern.remove_prefix(p + 1);
    path.remove_prefix(s + 1);
  }
}

constexpr std::string_view prefix = "/2015-02-01/";

const Route* route_for(std::string_view method, std::string_view target, std::string_view& label) {
  if (!target.starts_with(prefix)) return nullptr;
  auto path = target.substr(prefix.size());
  path = path.substr(0, path.find('?'));
  const Route* found = nullptr;
  for (const Route& route : routes) {
    std::string_view segment;
    if (method != route.method || !fits(route.path, path, segment)) continue;
    // "replication-configurations" is a name, not an id.
    if (found != nullptr && segment.empty()) found = nullptr;
    if (found != nullptr) continue;
    found = &route;
    label = segment;
  }
  return found;
}

}  // namespace

std::string Request::query(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return {};
}

std::vector<std::string> Request::query_all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : parameters) {
    if (key == name) values.push_back(value);
  }
  return values;
}

int Request::query_number(std::string_view name, int fallback) const {
  const std::string text = query(name);
  int value = fallback;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!text.empty() && (error != std::errc{} || end != text.data() + text.size())) {
    bad_request(cat("Value '", text, "' at '", name, "' is not a number"));
  }
  return value;
}

std::size_t Request::most_items() const {
  const int most = query_number("MaxItems", 100);
  if (most < 1) {
    bad_request(
        "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member "
        "must have value greater than or equal to 1");
  }
  return static_cast<std::size_t>(std::min(most, 100));
}

void reply(Request& request, const Json& answer, int status) {
  request.call.json = answer.dump();
  request.call.status = status;
}

void bad_request(std::string message) {
  refuse("BadRequest", std::move(message));
}

std::string text_of(const Json& object, const char* member, std::string_view fallback) {
  const auto it = object.find(member);
  if (it == object.end() || it->is_null()) return std::string(fallback);
  if (!it->is_string()) bad_request(cat("Value at '", member, "' must be a string"));
  return it->get<std::string>();
}

double epoch_seconds(WallTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

}  // namespace albatross::sim::efs

namespace albatross::sim {

std::string_view efs_action(std::string_view method, std::string_view target) {
  std::string_view label;
  const auto* route = efs::route_for(method, target, label);
  return route == nullptr ? std::string_view{} : route->action;
}

std::vector<std::string_view> efs_action_names() {
  std::vector<std::string_view> names;
  for (const auto& route : efs::routes)
    names.emplace_back(route.action);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool efs_touches_health(std::string_view) {
  return false;
}

void efs_run(Call& call, std::string_view action, std::string_view target) {
  efs::Request request{call};
  const auto mark = std::min(target.find('?'), target.size());
  auto query = mark < target.size() ? target.substr(mark + 1) : std::string_view{};
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    const auto equals = std::min(pair.find('='), pair.size());
    auto key = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(equals < pair.size() ? pair.substr(equals + 1) : "", true);
    if (!key || !value) efs::bad_request("The query string contains a syntax error");
    request.parameters.emplace_back(std::move(*key), std::move(*value));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  if (!call.body.empty()) {
    request.body = efs::Json::parse(call.body, nullptr, false);
    if (!request.body.is_object()) efs::bad_request("The request body is not a JSON object");
  }
  if (const auto* input = shapes::find("efs", action)) {
    shapes::check_json(*input, request.body, {"BadRequest", "BadRequest"});
  }
  std::string_view label;
  const auto* route = efs::route_for(call.method, target, label);
  const auto decoded = percent_decode(label, false);
  if (!decoded) efs::bad_request("The path contains a syntax error");
  request.label = *decoded;
  try {
    route->run(request);
  } catch (const nlohmann::json::exception&) {
    efs::bad_request("The request body has a member of the wrong type");
  }
}

}  // namespace albatross::sim
