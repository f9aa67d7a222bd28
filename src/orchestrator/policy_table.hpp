#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace albatross {

enum class PermissionUse : std::uint8_t {
  look,
  make,
  change,
  remove,
  check,  ///< a deploy looks closer with it, and works without it
};

/// What confines an action.
enum class PermissionScope : std::uint8_t {
  anything,        ///< AWS cannot confine it (Describe…)
  resources,       ///< to resources that are not ours, or have names of their own
  new_ours,        ///< to new resources that get the stack's tag with the call
  ours,            ///< to resources that bear the stack's tag
  tag_new,         ///< to tags given by a creating call, which `resources` names
  pass_role,       ///< to the instances' role, and to EC2
  service_linked,  ///< to the role that AWS makes itself for load balancers
};

/// One action that one kind of resource needs for one use.
struct Permission {
  /// A kind of resource, "run" for what every run does, or something that the file asks for:
  /// "image_parameter", "root_volume", "zones", "existing_load_balancer", "existing_file_system",
  /// "launch", "key_pair", "new_network", "balancing_limits", "acm_certificate".
  std::string_view kind;
  PermissionUse use;
  std::string_view action;
  PermissionScope scope;
  /// Ends of ARNs, with blanks between; {role}, {parameter}, {vpc}, {file_system} and
  /// {load_balancer} stand for the stack's.
  std::string_view resources = {};
};

/// All of them.
std::span<const Permission> all_permissions();

}  // namespace albatross
