#include "albatross/clients/iam.hpp"

#include "wire_bench.hpp"

namespace albatross::test {
namespace {

using iam::Client;

template <class Operation, class Request>
void expect_sent(const std::string& sample, Operation operation, Request request) {
  expect_like_botocore<Client>("iam", sample, operation, std::move(request));
}

TEST(Iam, SendsRoleOperationsAsBotocoreDoes) {
  using namespace iam;
  expect_sent("CreateRole", &Client::create_role,
              CreateRoleRequest{.role_name = "demo",
                                .path = "/a/",
                                .assume_role_policy_document = R"({"Version":"2012-10-17"})",
                                .description = "d",
                                .max_session_duration = 3600,
                                .permissions_boundary = "arn:aws:iam::aws:policy/B-boundary",
                                .tags = {{"k", ""}}});
  expect_sent("GetRole", &Client::get_role, GetRoleRequest{"demo"});
  expect_sent("DeleteRole", &Client::delete_role, DeleteRoleRequest{"demo"});
  expect_sent("TagRole", &Client::tag_role, TagRoleRequest{"demo", {{"k", "v"}}});
  expect_sent("UntagRole", &Client::untag_role, UntagRoleRequest{"demo", {"k", "l"}});
}

TEST(Iam, SendsPolicyOperationsAsBotocoreDoes) {
  using namespace iam;
  const std::string policy = "arn:aws:iam::aws:policy/P-policies";
  expect_sent(
      "SimulatePrincipalPolicy", &Client::simulate_principal_policy,
      SimulatePrincipalPolicyRequest{.policy_source_arn = "arn:aws:iam::123456789012:user/me",
                                     .action_names = {"ec2:RunInstances"},
                                     .resource_arns = {"*"},
                                     .context_entries = {{"aws:RequestTag/a", {"b"}, "string"}}});
  expect_sent("PutRolePolicy", &Client::put_role_policy,
              PutRolePolicyRequest{"demo", "p", R"({"a": [1, 2]})"});
  expect_sent("GetRolePolicy", &Client::get_role_policy, GetRolePolicyRequest{"demo", "p"});
  expect_sent("DeleteRolePolicy", &Client::delete_role_policy,
              DeleteRolePolicyRequest{"demo", "p"});
  expect_sent("ListRolePolicies", &Client::list_role_policies,
              ListRolePoliciesRequest{"demo", 10, "m"});
  expect_sent("AttachRolePolicy", &Client::attach_role_policy,
              AttachRolePolicyRequest{"demo", policy});
  expect_sent("DetachRolePolicy", &Client::detach_role_policy,
              DetachRolePolicyRequest{"demo", policy});
  expect_sent("ListAttachedRolePolicies", &Client::list_attached_role_policies,
              ListAttachedRolePoliciesRequest{"demo", 10, "m"});
}

TEST(Iam, SendsInstanceProfileOperationsAsBotocoreDoes) {
  using namespace iam;
  expect_sent("CreateInstanceProfile", &Client::create_instance_profile,
              CreateInstanceProfileRequest{"demo", "/a/", {{"k", "v"}}});
  expect_sent("GetInstanceProfile", &Client::get_instance_profile,
              GetInstanceProfileRequest{"demo"});
  expect_sent("DeleteInstanceProfile", &Client::delete_instance_profile,
              DeleteInstanceProfileRequest{"demo"});
  expect_sent("TagInstanceProfile", &Client::tag_instance_profile,
              TagInstanceProfileRequest{"demo", {{"k", "v"}}});
  expect_sent("UntagInstanceProfile", &Client::untag_instance_profile,
              UntagInstanceProfileRequest{"demo", {"k", "l"}});
  expect_sent("AddRoleToInstanceProfile", &Client::add_role_to_instance_profile,
              AddRoleToInstanceProfileRequest{"demo", "role"});
  expect_sent("RemoveRoleFromInstanceProfile", &Client::remove_role_from_instance_profile,
              RemoveRoleFromInstanceProfileRequest{"demo", "role"});
  expect_sent("ListInstanceProfilesForRole", &Client::list_instance_profiles_for_role,
              ListInstanceProfilesForRoleRequest{"demo", 10, "m"});
}

TEST(Iam, DecodesPolicyDocuments) {
  WireBench<Client> bench(
      {answer(200, R"(<GetRolePolicyResponse><GetRolePolicyResult><RoleName>demo</RoleName>
    <PolicyName>p</PolicyName><PolicyDocument>%7B%22a%22%3A%20%22100%25%2B%22%7D</PolicyDocument>
    </GetRolePolicyResult></GetRolePolicyResponse>)")});
  const auto policy = bench.run(&Client::get_role_policy, iam::GetRolePolicyRequest{"demo", "p"});
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->policy_document, R"({"a": "100%+"})");
}

std::string policies_page(const std::string& name, const std::string& rest) {
  return "<ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>" + name +
         "</member></PolicyNames>" + rest + "</ListRolePoliciesResult></ListRolePoliciesResponse>";
}

TEST(Iam, AMarkerCountsOnlyWhenTheListIsTruncated) {
  WireBench<Client> bench(
      {answer(200, policies_page("a", "<IsTruncated>true</IsTruncated><Marker>x</Marker>")),
       answer(200, policies_page("b", "<IsTruncated>false</IsTruncated><Marker>y</Marker>"))});
  const auto names = bench.run(&Client::all_role_policies, iam::ListRolePoliciesRequest{"demo"});
  ASSERT_TRUE(names);
  EXPECT_EQ(*names, (std::vector<std::string>{"a", "b"}));
}

TEST(Iam, ReadsAProfileWithItsRole) {
  WireBench<Client> bench(
      {answer(200, R"(<GetInstanceProfileResponse><GetInstanceProfileResult><InstanceProfile>
    <InstanceProfileName>demo</InstanceProfileName><Arn>arn:p</Arn><Roles><member><RoleName>r</RoleName>
    <Arn>arn:r</Arn></member></Roles></InstanceProfile></GetInstanceProfileResult></GetInstanceProfileResponse>)")});
  const auto profile =
      bench.run(&Client::get_instance_profile, iam::GetInstanceProfileRequest{"demo"});
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->instance_profile.arn, "arn:p");
  EXPECT_EQ(profile->instance_profile.roles.at(0).role_name, "r");
  EXPECT_EQ(profile->instance_profile.roles.at(0).arn, "arn:r");
}

}  // namespace
}  // namespace albatross::test
