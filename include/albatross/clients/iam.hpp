#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/tag.hpp"
#include "albatross/runtime/task.hpp"

#include <optional>
#include <string>
#include <vector>

// The conventions of request and response structs are in albatross/clients/ec2/common.hpp.

namespace albatross::iam {

using albatross::Tag;

/// The answer of calls that return nothing.
struct Done {};

struct Role {
  std::string role_name;
  std::string role_id;
  std::string arn;
  std::string path;
  std::string create_date;
  /// JSON; already percent-decoded.
  std::string assume_role_policy_document;
  std::string description;
  std::optional<int> max_session_duration;
  /// Only CreateRole and GetRole tell.
  std::vector<Tag> tags;
};

struct InstanceProfile {
  std::string instance_profile_name;
  std::string instance_profile_id;
  std::string arn;
  std::string path;
  std::string create_date;
  std::vector<Role> roles;
  std::vector<Tag> tags;
};

/// Not idempotent; a repetition fails with EntityAlreadyExists.
struct CreateRoleRequest {
  std::string role_name;
  std::string path;
  /// JSON.
  std::string assume_role_policy_document;
  std::string description;
  std::optional<int> max_session_duration;
  std::string permissions_boundary;
  std::vector<Tag> tags;
};
struct CreateRoleResponse {
  Role role;
};

struct GetRoleRequest {
  std::string role_name;
};
struct GetRoleResponse {
  Role role;
};

struct DeleteRoleRequest {
  std::string role_name;
};
using DeleteRoleResponse = Done;

struct TagRoleRequest {
  std::string role_name;
  std::vector<Tag> tags;
};
using TagRoleResponse = Done;

struct UntagRoleRequest {
  std::string role_name;
  std::vector<std::string> tag_keys;
};
using UntagRoleResponse = Done;

/// Adds or replaces an inline policy.
struct PutRolePolicyRequest {
  std::string role_name;
  std::string policy_name;
  /// JSON.
  std::string policy_document;
};
using PutRolePolicyResponse = Done;

struct GetRolePolicyRequest {
  std::string role_name;
  std::string policy_name;
};
struct GetRolePolicyResponse {
  std::string role_name;
  std::string policy_name;
  /// JSON; already percent-decoded.
  std::string policy_document;
};

struct DeleteRolePolicyRequest {
  std::string role_name;
  std::string policy_name;
};
using DeleteRolePolicyResponse = Done;

struct ListRolePoliciesRequest {
  std::string role_name;
  std::optional<int> max_items;
  std::string marker;
};
struct ListRolePoliciesResponse {
  std::vector<std::string> policy_names;
  bool is_truncated = false;
  std::string marker;
};

struct AttachRolePolicyRequest {
  std::string role_name;
  std::string policy_arn;
};
using AttachRolePolicyResponse = Done;

struct DetachRolePolicyRequest {
  std::string role_name;
  std::string policy_arn;
};
using DetachRolePolicyResponse = Done;

struct AttachedPolicy {
  std::string policy_name;
  std::string policy_arn;
};

struct ListAttachedRolePoliciesRequest {
  std::string role_name;
  std::optional<int> max_items;
  std::string marker;
};
struct ListAttachedRolePoliciesResponse {
  std::vector<AttachedPolicy> attached_policies;
  bool is_truncated = false;
  std::string marker;
};

/// What a condition of a policy is held against.
struct ContextEntry {
  /// "aws:RequestTag/team".
  std::string context_key_name;
  std::vector<std::string> context_key_values;
  /// string | stringList | numeric | numericList | boolean | booleanList | ip | ipList | binary |
  /// binaryList | date | dateList.
  std::string context_key_type;
};

/// What the policies of a user or role would say to calls. Of a role's session give the role.
struct SimulatePrincipalPolicyRequest {
  std::string policy_source_arn;
  /// "ec2:RunInstances".
  std::vector<std::string> action_names;
  /// Empty: "*".
  std::vector<std::string> resource_arns;
  std::vector<ContextEntry> context_entries;
  std::optional<int> max_items;
  std::string marker;
};
struct EvaluationResult {
  std::string eval_action_name;
  std::string eval_resource_name;
  /// allowed | explicitDeny | implicitDeny.
  std::string eval_decision;
};
struct SimulatePrincipalPolicyResponse {
  std::vector<EvaluationResult> evaluation_results;
  bool is_truncated = false;
  std::string marker;
};

/// Not idempotent; a repetition fails with EntityAlreadyExists.
struct CreateInstanceProfileRequest {
  std::string instance_profile_name;
  std::string path;
  std::vector<Tag> tags;
};
struct CreateInstanceProfileResponse {
  InstanceProfile instance_profile;
};

struct GetInstanceProfileRequest {
  std::string instance_profile_name;
};
struct GetInstanceProfileResponse {
  InstanceProfile instance_profile;
};

struct DeleteInstanceProfileRequest {
  std::string instance_profile_name;
};
using DeleteInstanceProfileResponse = Done;

struct TagInstanceProfileRequest {
  std::string instance_profile_name;
  std::vector<Tag> tags;
};
using TagInstanceProfileResponse = Done;

struct UntagInstanceProfileRequest {
  std::string instance_profile_name;
  std::vector<std::string> tag_keys;
};
using UntagInstanceProfileResponse = Done;

/// A profile holds one role: any second addition fails with LimitExceeded, also of the same role.
struct AddRoleToInstanceProfileRequest {
  std::string instance_profile_name;
  std::string role_name;
};
using AddRoleToInstanceProfileResponse = Done;

struct RemoveRoleFromInstanceProfileRequest {
  std::string instance_profile_name;
  std::string role_name;
};
using RemoveRoleFromInstanceProfileResponse = Done;

struct ListInstanceProfilesForRoleRequest {
  std::string role_name;
  std::optional<int> max_items;
  std::string marker;
};
struct ListInstanceProfilesForRoleResponse {
  std::vector<InstanceProfile> instance_profiles;
  bool is_truncated = false;
  std::string marker;
};

/// AWS IAM, API version 2010-05-08. Source: IAM API Reference. Global: signed for the partition's
/// own region. Errors, cancellation and lifetimes as in ec2::Client.
class Client {
 public:
  explicit Client(ApiCaller& caller) : caller_(&caller) {}

  // Roles
  Task<CreateRoleResponse> create_role(CreateRoleRequest request,
                                       CallOptions options = CallOptions());
  Task<GetRoleResponse> get_role(GetRoleRequest request, CallOptions options = CallOptions());
  Task<DeleteRoleResponse> delete_role(DeleteRoleRequest request,
                                       CallOptions options = CallOptions());
  Task<TagRoleResponse> tag_role(TagRoleRequest request, CallOptions options = CallOptions());
  Task<UntagRoleResponse> untag_role(UntagRoleRequest request, CallOptions options = CallOptions());

  // Policies of a role
  Task<PutRolePolicyResponse> put_role_policy(PutRolePolicyRequest request,
                                              CallOptions options = CallOptions());
  Task<GetRolePolicyResponse> get_role_policy(GetRolePolicyRequest request,
                                              CallOptions options = CallOptions());
  Task<DeleteRolePolicyResponse> delete_role_policy(DeleteRolePolicyRequest request,
                                                    CallOptions options = CallOptions());
  Task<ListRolePoliciesResponse> list_role_policies(ListRolePoliciesRequest request,
                                                    CallOptions options = CallOptions());
  Task<AttachRolePolicyResponse> attach_role_policy(AttachRolePolicyRequest request,
                                                    CallOptions options = CallOptions());
  Task<DetachRolePolicyResponse> detach_role_policy(DetachRolePolicyRequest request,
                                                    CallOptions options = CallOptions());
  Task<ListAttachedRolePoliciesResponse> list_attached_role_policies(
      ListAttachedRolePoliciesRequest request, CallOptions options = CallOptions());
  Task<std::vector<std::string>> all_role_policies(ListRolePoliciesRequest request,
                                                   CallOptions options = CallOptions());
  Task<std::vector<AttachedPolicy>> all_attached_role_policies(
      ListAttachedRolePoliciesRequest request, CallOptions options = CallOptions());
  Task<SimulatePrincipalPolicyResponse> simulate_principal_policy(
      SimulatePrincipalPolicyRequest request, CallOptions options = CallOptions());
  Task<std::vector<EvaluationResult>> all_evaluation_results(SimulatePrincipalPolicyRequest request,
                                                             CallOptions options = CallOptions());

  // Instance profiles
  Task<CreateInstanceProfileResponse> create_instance_profile(CreateInstanceProfileRequest request,
                                                              CallOptions options = CallOptions());
  Task<GetInstanceProfileResponse> get_instance_profile(GetInstanceProfileRequest request,
                                                        CallOptions options = CallOptions());
  Task<DeleteInstanceProfileResponse> delete_instance_profile(DeleteInstanceProfileRequest request,
                                                              CallOptions options = CallOptions());
  Task<TagInstanceProfileResponse> tag_instance_profile(TagInstanceProfileRequest request,
                                                        CallOptions options = CallOptions());
  Task<UntagInstanceProfileResponse> untag_instance_profile(UntagInstanceProfileRequest request,
                                                            CallOptions options = CallOptions());
  Task<AddRoleToInstanceProfileResponse> add_role_to_instance_profile(
      AddRoleToInstanceProfileRequest request, CallOptions options = CallOptions());
  Task<RemoveRoleFromInstanceProfileResponse> remove_role_from_instance_profile(
      RemoveRoleFromInstanceProfileRequest request, CallOptions options = CallOptions());
  Task<ListInstanceProfilesForRoleResponse> list_instance_profiles_for_role(
      ListInstanceProfilesForRoleRequest request, CallOptions options = CallOptions());
  Task<std::vector<InstanceProfile>> all_instance_profiles_for_role(
      ListInstanceProfilesForRoleRequest request, CallOptions options = CallOptions());

 private:
  ApiCaller* caller_;
};

}  // namespace albatross::iam
