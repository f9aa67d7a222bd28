#include "clients/iam_shapes.hpp"

namespace albatross::iam {

static void read(XmlReader& in, InstanceProfile& profile) {
  in.member("Path", profile.path);
  in.member("InstanceProfileName", profile.instance_profile_name);
  in.member("InstanceProfileId", profile.instance_profile_id);
  in.member("Arn", profile.arn);
  in.member("CreateDate", profile.create_date);
  in.member("Roles", profile.roles);
  in.member("Tags", profile.tags);
}

static void write(QueryWriter& out, const CreateInstanceProfileRequest& request) {
  out.member("InstanceProfileName", request.instance_profile_name);
  out.member("Path", request.path);
  out.member("Tags", request.tags);
}

static void read(XmlReader& in, CreateInstanceProfileResponse& response) {
  in.member("InstanceProfile", response.instance_profile);
}

static void write(QueryWriter& out, const GetInstanceProfileRequest& request) {
  out.member("InstanceProfileName", request.instance_profile_name);
}

static void read(XmlReader& in, GetInstanceProfileResponse& response) {
  in.member("InstanceProfile", response.instance_profile);
}

static void write(QueryWriter& out, const DeleteInstanceProfileRequest& request) {
  out.member("InstanceProfileName", request.instance_profile_name);
}

static void write(QueryWriter& out, const TagInstanceProfileRequest& request) {
  out.member("InstanceProfileName", request.instance_profile_name);
  out.member("Tags", request.tags);
}

static void write(QueryWriter& out, const UntagInstanceProfileRequest& request) {
  out.member("InstanceProfileName", request.instance_profile_name);
  out.member("TagKeys", request.tag_keys);
}

static void write(QueryWriter& out, const AddRoleToInstanceProfileRequest& request) {
  out.member("InstanceProfileName", request.instance_profile_name);
  out.member("RoleName", request.role_name);
}

static void write(QueryWriter& out, const RemoveRoleFromInstanceProfileRequest& request) {
  out.member("InstanceProfileName", request.instance_profile_name);
  out.member("RoleName", request.role_name);
}

static void write(QueryWriter& out, const ListInstanceProfilesForRoleRequest& request) {
  out.member("RoleName", request.role_name);
  write_page(out, request);
}

static void read(XmlReader& in, ListInstanceProfilesForRoleResponse& response) {
  in.member("InstanceProfiles", response.instance_profiles);
  read_page(in, response);
}

static constexpr std::tuple operations{
    IamOperation<CreateInstanceProfileRequest, CreateInstanceProfileResponse>{
        "CreateInstanceProfile", Repeat::never},
    IamOperation<GetInstanceProfileRequest, GetInstanceProfileResponse>{"GetInstanceProfile",
                                                                        Repeat::read},
    IamOperation<DeleteInstanceProfileRequest, DeleteInstanceProfileResponse>{
        "DeleteInstanceProfile", Repeat::harmless},
    IamOperation<TagInstanceProfileRequest, TagInstanceProfileResponse>{"TagInstanceProfile",
                                                                        Repeat::harmless},
    IamOperation<UntagInstanceProfileRequest, UntagInstanceProfileResponse>{"UntagInstanceProfile",
                                                                            Repeat::harmless},
    IamOperation<AddRoleToInstanceProfileRequest, AddRoleToInstanceProfileResponse>{
        "AddRoleToInstanceProfile", Repeat::never},
    IamOperation<RemoveRoleFromInstanceProfileRequest, RemoveRoleFromInstanceProfileResponse>{
        "RemoveRoleFromInstanceProfile", Repeat::harmless},
    IamOperation<ListInstanceProfilesForRoleRequest, ListInstanceProfilesForRoleResponse>{
        "ListInstanceProfilesForRole", Repeat::read},
};

std::vector<OperationInfo> instance_profile_operations() {
  return describe_all(operations);
}

Task<CreateInstanceProfileResponse> Client::create_instance_profile(
    CreateInstanceProfileRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<GetInstanceProfileResponse> Client::get_instance_profile(GetInstanceProfileRequest request,
                                                              CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteInstanceProfileResponse> Client::delete_instance_profile(
    DeleteInstanceProfileRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<TagInstanceProfileResponse> Client::tag_instance_profile(TagInstanceProfileRequest request,
                                                              CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<UntagInstanceProfileResponse> Client::untag_instance_profile(
    UntagInstanceProfileRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<AddRoleToInstanceProfileResponse> Client::add_role_to_instance_profile(
    AddRoleToInstanceProfileRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<RemoveRoleFromInstanceProfileResponse> Client::remove_role_from_instance_profile(
    RemoveRoleFromInstanceProfileRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ListInstanceProfilesForRoleResponse> Client::list_instance_profiles_for_role(
    ListInstanceProfilesForRoleRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<InstanceProfile>> Client::all_instance_profiles_for_role(
    ListInstanceProfilesForRoleRequest request, CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &ListInstanceProfilesForRoleResponse::instance_profiles, std::move(options));
}

}  // namespace albatross::iam
