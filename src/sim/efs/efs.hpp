#pragma once

#include "sim/core/action.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim::efs {

using Json = nlohmann::json;

/// One REST call, taken apart.
struct Request {
  Call& call;
  std::string label;  // the {id} of the path, decoded
  std::vector<std::pair<std::string, std::string>> parameters;
  Json body = Json::object();

  std::string query(std::string_view name) const;
  std::vector<std::string> query_all(std::string_view name) const;
  int query_number(std::string_view name, int fallback) const;
  /// How many a page holds: MaxItems, 1 to 100.
  std::size_t most_items() const;
};

using Handler = void (*)(Request&);

void reply(Request& request, const Json& answer, int status = 200);
[[noreturn]] void bad_request(std::string message);
std::string text_of(const Json& object, const char* member, std::string_view fallback = {});
double epoch_seconds(WallTime time);

/// @throws ApiError IncorrectFileSystemLifeCycleState unless it is available
void check_available(const FileSystem& fs, TimePoint now);
FileSystem& file_system_of(Request& request, std::string_view id_or_arn);

void create_file_system(Request& request);
void describe_file_systems(Request& request);
void update_file_system(Request& request);
void update_protection(Request& request);
void delete_file_system(Request& request);
void tag_resource(Request& request);
void untag_resource(Request& request);
void list_tags(Request& request);
void describe_lifecycle(Request& request);
void put_lifecycle(Request& request);
void describe_backup(Request& request);
void put_backup(Request& request);
void describe_policy(Request& request);
void put_policy(Request& request);
void delete_policy(Request& request);

void create_mount_target(Request& request);
void describe_mount_targets(Request& request);
void delete_mount_target(Request& request);
void describe_mount_groups(Request& request);
void modify_mount_groups(Request& request);
void describe_access_points(Request& request);
void describe_replications(Request& request);

}  // namespace albatross::sim::efs
