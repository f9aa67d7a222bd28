#include "clients/iam_shapes.hpp"

namespace albatross::iam {

static void write(QueryWriter& out, const PutRolePolicyRequest& request) {
  out.member("RoleName", request.role_name);
  out.member("PolicyName", request.policy_name);
  out.member("PolicyDocument", request.policy_document);
}

static void write(QueryWriter& out, const GetRolePolicyRequest& request) {
  out.member("RoleName", request.role_name);
  out.member("PolicyName", request.policy_name);
}

static void read(XmlReader& in, GetRolePolicyResponse& response) {
  in.member("RoleName", response.role_name);
  in.member("PolicyName", response.policy_name);
  in.percent_encoded("PolicyDocument", response.policy_document);
}

static void write(QueryWriter& out, const DeleteRolePolicyRequest& request) {
  out.member("RoleName", request.role_name);
  out.member("PolicyName", request.policy_name);
}

static void write(QueryWriter& out, const ListRolePoliciesRequest& request) {
  out.member("RoleName", request.role_name);
  write_page(out, request);
}

static void read(XmlReader& in, ListRolePoliciesResponse& response) {
  in.member("PolicyNames", response.policy_names);
  read_page(in, response);
}

static void write(QueryWriter& out, const AttachRolePolicyRequest& request) {
  out.member("RoleName", request.role_name);
  out.member("PolicyArn", request.policy_arn);
}

static void write(QueryWriter& out, const DetachRolePolicyRequest& request) {
  out.member("RoleName", request.role_name);
  out.member("PolicyArn", request.policy_arn);
}

static void read(XmlReader& in, AttachedPolicy& policy) {
  in.member("PolicyName", policy.policy_name);
  in.member("PolicyArn", policy.policy_arn);
}

static void write(QueryWriter& out, const ListAttachedRolePoliciesRequest& request) {
  out.member("RoleName", request.role_name);
  write_page(out, request);
}

static void read(XmlReader& in, ListAttachedRolePoliciesResponse& response) {
  in.member("AttachedPolicies", response.attached_policies);
  read_page(in, response);
}

static void write(QueryWriter& out, const ContextEntry& entry) {
  out.member("ContextKeyName", entry.context_key_name);
  out.member("ContextKeyValues", entry.context_key_values);
  out.member("ContextKeyType", entry.context_key_type);
}

static void write(QueryWriter& out, const SimulatePrincipalPolicyRequest& request) {
  out.member("PolicySourceArn", request.policy_source_arn);
  out.member("ActionNames", request.action_names);
  out.member("ResourceArns", request.resource_arns);
  out.member("ContextEntries", request.context_entries);
  write_page(out, request);
}

static void read(XmlReader& in, EvaluationResult& result) {
  in.member("EvalActionName", result.eval_action_name);
  in.member("EvalResourceName", result.eval_resource_name);
  in.member("EvalDecision", result.eval_decision);
}

static void read(XmlReader& in, SimulatePrincipalPolicyResponse& response) {
  in.member("EvaluationResults", response.evaluation_results);
  read_page(in, response);
}

static constexpr std::tuple operations{
    IamOperation<PutRolePolicyRequest, PutRolePolicyResponse>{"PutRolePolicy", Repeat::harmless},
    IamOperation<GetRolePolicyRequest, GetRolePolicyResponse>{"GetRolePolicy", Repeat::read},
    IamOperation<DeleteRolePolicyRequest, DeleteRolePolicyResponse>{"DeleteRolePolicy",
                                                                    Repeat::harmless},
    IamOperation<ListRolePoliciesRequest, ListRolePoliciesResponse>{"ListRolePolicies",
                                                                    Repeat::read},
    IamOperation<AttachRolePolicyRequest, AttachRolePolicyResponse>{"AttachRolePolicy",
                                                                    Repeat::harmless},
    IamOperation<DetachRolePolicyRequest, DetachRolePolicyResponse>{"DetachRolePolicy",
                                                                    Repeat::harmless},
    IamOperation<ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse>{
        "ListAttachedRolePolicies", Repeat::read},
    IamOperation<SimulatePrincipalPolicyRequest, SimulatePrincipalPolicyResponse>{
        "SimulatePrincipalPolicy", Repeat::read},
};

std::vector<OperationInfo> role_policy_operations() {
  return describe_all(operations);
}

Task<PutRolePolicyResponse> Client::put_role_policy(PutRolePolicyRequest request,
                                                    CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<GetRolePolicyResponse> Client::get_role_policy(GetRolePolicyRequest request,
                                                    CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteRolePolicyResponse> Client::delete_role_policy(DeleteRolePolicyRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ListRolePoliciesResponse> Client::list_role_policies(ListRolePoliciesRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<AttachRolePolicyResponse> Client::attach_role_policy(AttachRolePolicyRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DetachRolePolicyResponse> Client::detach_role_policy(DetachRolePolicyRequest request,
                                                          CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ListAttachedRolePoliciesResponse> Client::list_attached_role_policies(
    ListAttachedRolePoliciesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<std::string>> Client::all_role_policies(ListRolePoliciesRequest request,
                                                         CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &ListRolePoliciesResponse::policy_names, std::move(options));
}

Task<std::vector<AttachedPolicy>> Client::all_attached_role_policies(
    ListAttachedRolePoliciesRequest request, CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &ListAttachedRolePoliciesResponse::attached_policies, std::move(options));
}

Task<SimulatePrincipalPolicyResponse> Client::simulate_principal_policy(
    SimulatePrincipalPolicyRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<EvaluationResult>> Client::all_evaluation_results(
    SimulatePrincipalPolicyRequest request, CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &SimulatePrincipalPolicyResponse::evaluation_results, std::move(options));
}

}  // namespace albatross::iam
