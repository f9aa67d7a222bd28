#include "clients/iam_shapes.hpp"

namespace albatross::iam {

void read(XmlReader& in, Role& role) {
  in.member("Path", role.path);
  in.member("RoleName", role.role_name);
  in.member("RoleId", role.role_id);
  in.member("Arn", role.arn);
  in.member("CreateDate", role.create_date);
  in.percent_encoded("AssumeRolePolicyDocument", role.assume_role_policy_document);
  in.member("Description", role.description);
  in.member("MaxSessionDuration", role.max_session_duration);
  in.member("Tags", role.tags);
}

static void write(QueryWriter& out, const CreateRoleRequest& request) {
  out.member("Path", request.path);
  out.member("RoleName", request.role_name);
  out.member("AssumeRolePolicyDocument", request.assume_role_policy_document);
  out.member("Description", request.description);
  out.member("MaxSessionDuration", request.max_session_duration);
  out.member("PermissionsBoundary", request.permissions_boundary);
  out.member("Tags", request.tags);
}

static void read(XmlReader& in, CreateRoleResponse& response) {
  in.member("Role", response.role);
}

static void write(QueryWriter& out, const GetRoleRequest& request) {
  out.member("RoleName", request.role_name);
}

static void read(XmlReader& in, GetRoleResponse& response) {
  in.member("Role", response.role);
}

static void write(QueryWriter& out, const DeleteRoleRequest& request) {
  out.member("RoleName", request.role_name);
}

static void write(QueryWriter& out, const TagRoleRequest& request) {
  out.member("RoleName", request.role_name);
  out.member("Tags", request.tags);
}

static void write(QueryWriter& out, const UntagRoleRequest& request) {
  out.member("RoleName", request.role_name);
  out.member("TagKeys", request.tag_keys);
}

static constexpr std::tuple operations{
    IamOperation<CreateRoleRequest, CreateRoleResponse>{"CreateRole", Repeat::never},
    IamOperation<GetRoleRequest, GetRoleResponse>{"GetRole", Repeat::read},
    IamOperation<DeleteRoleRequest, DeleteRoleResponse>{"DeleteRole", Repeat::harmless},
    IamOperation<TagRoleRequest, TagRoleResponse>{"TagRole", Repeat::harmless},
    IamOperation<UntagRoleRequest, UntagRoleResponse>{"UntagRole", Repeat::harmless},
};

std::vector<OperationInfo> role_operations() {
  return describe_all(operations);
}

Task<CreateRoleResponse> Client::create_role(CreateRoleRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<GetRoleResponse> Client::get_role(GetRoleRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteRoleResponse> Client::delete_role(DeleteRoleRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<TagRoleResponse> Client::tag_role(TagRoleRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<UntagRoleResponse> Client::untag_role(UntagRoleRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

}  // namespace albatross::iam
