#include "account.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <vector>

namespace albatross::sim::test {
namespace {

using Json = nlohmann::json;

Json json_of(const Answer& answer) {
  return Json::parse(answer.response.body);
}

std::string file_system(Account& account) {
  const auto made =
      account.efs("POST", "file-systems", R"({"CreationToken":"t","Encrypted":true})");
  return json_of(made)["FileSystemId"];
}

std::string mount_body(const std::string& fs, const std::string& subnet) {
  return Json{{"FileSystemId", fs}, {"SubnetId", subnet}}.dump();
}

TEST(FileSystem, IsAvailableAfterAMoment) {
  Account account;
  const auto made = account.efs("POST", "file-systems", R"({"CreationToken":"t"})");
  EXPECT_EQ(made.status(), 201);
  const std::string id = json_of(made)["FileSystemId"];
  EXPECT_EQ(account.state_of(id), "creating");
  account.pass(6s);
  EXPECT_EQ(account.state_of(id), "available");
}

TEST(FileSystem, TokenAnswersWithTheIdOfTheFirst) {
  Account account;
  const std::string id = file_system(account);
  const auto again = account.efs("POST", "file-systems", R"({"CreationToken":"t"})");
  EXPECT_EQ(again.status(), 409);
  EXPECT_EQ(again.code(), "FileSystemAlreadyExists");
  EXPECT_EQ(json_of(again)["FileSystemId"], id);
  EXPECT_EQ(json_of(account.efs("GET", "file-systems?CreationToken=other"))["FileSystems"].size(),
            0U);
}

TEST(FileSystem, InUseStaysUntilItsMountTargetsAreGone) {
  Account account;
  const std::string fs = file_system(account);
  const auto subnet = account.default_subnets()[0];
  EXPECT_EQ(account.efs("POST", "mount-targets", mount_body(fs, subnet)).code(),
            "IncorrectFileSystemLifeCycleState");
  account.pass(6s);
  const auto mount = account.efs("POST", "mount-targets", mount_body(fs, subnet));
  const std::string id = json_of(mount)["MountTargetId"];
  EXPECT_EQ(account.state_of(id), "creating");
  account.pass(85s);
  EXPECT_EQ(account.state_of(id), "available");
  EXPECT_EQ(account.efs("DELETE", "file-systems/" + fs).code(), "FileSystemInUse");
  EXPECT_EQ(account.efs("DELETE", "mount-targets/" + id).status(), 204);
  EXPECT_EQ(account.state_of(id), "deleting");
  account.pass(20s);
  EXPECT_EQ(account.efs("DELETE", "mount-targets/" + id).code(), "MountTargetNotFound");
  EXPECT_EQ(account.efs("DELETE", "file-systems/" + fs).status(), 204);
  account.pass(5s);
  EXPECT_EQ(account.efs("GET", "file-systems?FileSystemId=" + fs).status(), 404);
}

TEST(FileSystem, ChangesItsThroughputModeOnceADay) {
  Account account;
  const std::string fs = file_system(account);
  const auto change = [&](const char* mode) {
    return account.efs("PUT", "file-systems/" + fs, Json{{"ThroughputMode", mode}}.dump());
  };
  EXPECT_EQ(change("elastic").code(), "IncorrectFileSystemLifeCycleState");
  account.pass(6s);
  const auto changed = change("elastic");
  EXPECT_EQ(changed.status(), 202);
  EXPECT_EQ(json_of(changed)["LifeCycleState"], "updating");
  EXPECT_EQ(json_of(changed)["ThroughputMode"], "elastic");
  account.pass(10s);
  EXPECT_EQ(account.state_of(fs), "available");
  EXPECT_EQ(change("elastic").status(), 202);  // no change, no limit
  account.pass(10s);
  const auto refused = change("bursting");
  EXPECT_EQ(refused.status(), 429);
  EXPECT_EQ(refused.code(), "TooManyRequests");
  account.pass(24h);
  EXPECT_EQ(change("bursting").status(), 202);
}

TEST(MountTarget, OneToAZoneInOneVpc) {
  Account account;
  const std::string fs = file_system(account);
  account.pass(6s);
  const auto subnets = account.default_subnets();
  const auto code = [&](const std::string& subnet) {
    return account.efs("POST", "mount-targets", mount_body(fs, subnet)).code();
  };
  EXPECT_EQ(code(subnets[0]), "");
  EXPECT_EQ(code(subnets[0]), "MountTargetConflict");
  EXPECT_EQ(code(subnets[1]), "");
  EXPECT_EQ(code("subnet-0123456789abcdef0"), "SubnetNotFound");
}

TEST(MountTarget, InterfaceHoldsItsGroup) {
  Account account;
  const std::string fs = file_system(account);
  account.pass(6s);
  const std::string group = account.group("nfs", 2049);
  const Json body{{"FileSystemId", fs},
                  {"SubnetId", account.default_subnets()[0]},
                  {"SecurityGroups", {group}}};
  const auto made = account.efs("POST", "mount-targets", body.dump());
  const std::string id = json_of(made)["MountTargetId"];
  const auto held = account.ec2("DescribeNetworkInterfaces",
                                {{"Filter.1.Name", "group-id"}, {"Filter.1.Value.1", group}});
  EXPECT_EQ(held.text("networkInterfaceSet/item/description"),
            "EFS mount target for " + fs + " (" + id + ")");
  EXPECT_EQ(account.ec2("DeleteSecurityGroup", {{"GroupId", group}}).code(), "DependencyViolation");
  EXPECT_EQ(account.efs("GET", "mount-targets/" + id + "/security-groups").code(),
            "IncorrectMountTargetState");
  account.pass(85s);
  EXPECT_EQ(
      json_of(account.efs("GET", "mount-targets/" + id + "/security-groups"))["SecurityGroups"],
      Json::array({group}));
}

TEST(FileSystem, HasTagsPoliciesAndLifecycle) {
  Account account;
  const std::string fs = file_system(account);
  const std::string arn =
      "arn%3Aaws%3Aelasticfilesystem%3Aus-east-1%3A123456789012%3Afile-system%2F" + fs;
  account.efs("POST", "resource-tags/" + arn, R"({"Tags":[{"Key":"Name","Value":"data"}]})");
  const auto seen = json_of(account.efs("GET", "file-systems?FileSystemId=" + fs));
  EXPECT_EQ(seen["FileSystems"][0]["Name"], "data");
  account.efs("DELETE", "resource-tags/" + fs + "?tagKeys=Name");
  EXPECT_EQ(json_of(account.efs("GET", "resource-tags/" + fs))["Tags"].size(), 0U);
  EXPECT_EQ(account.efs("GET", "file-systems/" + fs + "/policy").code(), "PolicyNotFound");
  account.efs("PUT", "file-systems/" + fs + "/backup-policy",
              R"({"BackupPolicy":{"Status":"ENABLED"}})");
  EXPECT_EQ(json_of(account.efs("GET",
                                "file-systems/" + fs + "/backup-policy"))["BackupPolicy"]["Status"],
            "ENABLED");
  EXPECT_EQ(account.efs("POST", "file-systems", "[]").code(), "BadRequest");
  EXPECT_EQ(account.efs("POST", "file-systems", R"({"CreationToken":7})").code(), "BadRequest");
  EXPECT_EQ(account.efs("PATCH", "file-systems").code(), "UnknownOperationException");
}

TEST(FileSystem, RefusesBodiesThatTheModelDoesNotAllow) {
  Account account;
  const std::string fs = "file-systems/" + file_system(account);
  account.pass(6s);
  const auto refused = [&](const std::string& method, const std::string& path,
                           const std::string& body, const std::string& words) {
    const auto answer = account.efs(method, path, body);
    EXPECT_EQ(answer.code(), "BadRequest") << body;
    EXPECT_NE(answer.message().find(words), std::string::npos) << answer.message();
  };
  refused("POST", "file-systems", "{}", "null at 'creationToken'");
  refused("POST", "file-systems", R"({"CreationToken":"a","PerformanceMode":"best"})",
          "enum value set: [generalPurpose, maxIO]");
  refused("POST", "file-systems", R"({"CreationToken":"a","Colour":"red"})", "not known");
  refused("POST", "file-systems", R"({"CreationToken":"a","ThroughputMode":"provisioned"})",
          "must be given");
  refused("PUT", fs, R"({"ThroughputMode":"bursting","ProvisionedThroughputInMibps":8})",
          "does not go with");
  refused("PUT", fs + "/lifecycle-configuration",
          R"({"LifecyclePolicies":[{"TransitionToIA":"AFTER_3_DAYS"}]})",
          "'lifecyclePolicies.1.member.transitionToIA'");
  refused("PUT", fs + "/backup-policy", R"({"BackupPolicy":{"Status":"ON"}})", "ENABLED");
  refused("GET", "file-systems?MaxItems=0", "", "'maxItems'");
  EXPECT_EQ(account.efs("PUT", fs + "/policy", R"({"Policy":"{"})").code(),
            "InvalidPolicyException");
  EXPECT_EQ(account.efs("PUT", fs, R"({"ThroughputMode":"elastic"})").code(), "");
}

constexpr const char* trust = R"({"Version":"2012-10-17","Statement":[]})";

TEST(Role, IsDeletedOnlyBare) {
  Account account;
  const Params role{{"RoleName", "Demo"}};
  const auto made =
      account.iam("CreateRole", {{"RoleName", "Demo"}, {"AssumeRolePolicyDocument", trust}});
  EXPECT_EQ(made.text("Role/Arn"), "arn:aws:iam::123456789012:role/Demo");
  EXPECT_TRUE(made.text("Role/RoleId").starts_with("AROA"));
  EXPECT_EQ(account.iam("CreateRole", {{"RoleName", "demo"}, {"AssumeRolePolicyDocument", trust}})
                .status(),
            409);
  account.iam("PutRolePolicy",
              {{"RoleName", "Demo"}, {"PolicyName", "p"}, {"PolicyDocument", trust}});
  EXPECT_EQ(account.iam("DeleteRole", role).message(),
            "Cannot delete entity, must delete policies first.");
  account.iam("DeleteRolePolicy", {{"RoleName", "Demo"}, {"PolicyName", "p"}});
  const char* managed = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
  account.iam("AttachRolePolicy", {{"RoleName", "Demo"}, {"PolicyArn", managed}});
  EXPECT_EQ(account.iam("ListAttachedRolePolicies", role).text("PolicyName"),
            "AmazonSSMManagedInstanceCore");
  EXPECT_EQ(account.iam("DeleteRole", role).code(), "DeleteConflict");
  account.iam("DetachRolePolicy", {{"RoleName", "Demo"}, {"PolicyArn", managed}});
  account.iam("CreateInstanceProfile", {{"InstanceProfileName", "p"}});
  account.iam("AddRoleToInstanceProfile", {{"InstanceProfileName", "p"}, {"RoleName", "Demo"}});
  EXPECT_EQ(
      account.iam("AddRoleToInstanceProfile", {{"InstanceProfileName", "p"}, {"RoleName", "Demo"}})
          .message(),
      "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
  EXPECT_EQ(account.iam("DeleteRole", role).code(), "DeleteConflict");
  EXPECT_EQ(account.iam("DeleteInstanceProfile", {{"InstanceProfileName", "p"}}).code(),
            "DeleteConflict");
  account.iam("RemoveRoleFromInstanceProfile",
              {{"InstanceProfileName", "p"}, {"RoleName", "Demo"}});
  EXPECT_EQ(account.iam("DeleteInstanceProfile", {{"InstanceProfileName", "p"}}).code(), "");
  EXPECT_EQ(account.iam("DeleteRole", role).code(), "");
  EXPECT_EQ(account.iam("GetRole", role).status(), 404);
}

TEST(Role, KeepsPoliciesAsWrittenAndRefusesBrokenOnes) {
  Account account;
  account.iam("CreateRole", {{"RoleName", "r"}, {"AssumeRolePolicyDocument", trust}});
  const Params policy{{"RoleName", "r"},
                      {"PolicyName", "p"},
                      {"PolicyDocument", R"({"Statement":[{"a":"ü /&"}]})"}};
  EXPECT_EQ(account.iam("PutRolePolicy", policy).code(), "");
  EXPECT_EQ(
      account.iam("GetRolePolicy", {{"RoleName", "r"}, {"PolicyName", "p"}}).text("PolicyDocument"),
      "%7B%22Statement%22%3A%5B%7B%22a%22%3A%22%C3%BC%20%2F%26%22%7D%5D%7D");
  EXPECT_EQ(
      account
          .iam("PutRolePolicy", {{"RoleName", "r"}, {"PolicyName", "p"}, {"PolicyDocument", "{"}})
          .code(),
      "MalformedPolicyDocument");
  const std::string long_policy = R"({"Statement":")" + std::string(10240, 'x') + "\"}";
  EXPECT_EQ(account
                .iam("PutRolePolicy",
                     {{"RoleName", "r"}, {"PolicyName", "q"}, {"PolicyDocument", long_policy}})
                .code(),
            "LimitExceeded");
}

TEST(Iam, PagesSayWhetherThereIsMore) {
  Account account;
  for (int i = 0; i < 5; ++i) {
    account.iam("CreateRole",
                {{"RoleName", "r" + std::to_string(i)}, {"AssumeRolePolicyDocument", trust}});
  }
  const auto first = account.iam("ListRoles", {{"MaxItems", "3"}});
  EXPECT_EQ(first.text("IsTruncated"), "true");
  const auto second = account.iam("ListRoles", {{"Marker", first.text("Marker")}});
  EXPECT_EQ(second.text("IsTruncated"), "false");
  EXPECT_EQ(second.texts("Roles/member/RoleName"), (std::vector<std::string>{"r3", "r4"}));
}

TEST(Ssm, KnowsThePublicImageParameters) {
  Account account;
  const auto found = account.ssm(
      "GetParameter",
      R"({"Name":"/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"})");
  EXPECT_EQ(json_of(found)["Parameter"]["Value"], "ami-0a1b2c3d4e5f60002");
  EXPECT_EQ(account.ssm("GetParameter", R"({"Name":"/none"})").code(), "ParameterNotFound");
  const auto many = account.ssm("GetParameters", R"({"Names":["/none"]})");
  EXPECT_EQ(json_of(many)["InvalidParameters"], Json::array({"/none"}));
  EXPECT_EQ(account.ssm("NoSuch", "{}").code(), "UnknownOperationException");
}

TEST(Ssm, ListsByPathInPages) {
  Account account;
  Json ask = {{"Path", "/aws/service"}, {"Recursive", true}, {"MaxResults", 3}};
  std::vector<std::string> names;
  for (int pages = 0; pages < 9; ++pages) {
    const Json page = json_of(account.ssm("GetParametersByPath", ask.dump()));
    EXPECT_LE(page["Parameters"].size(), 3U);
    for (const Json& parameter : page["Parameters"])
      names.push_back(parameter["Name"]);
    if (!page.contains("NextToken")) break;
    ask["NextToken"] = page["NextToken"];
  }
  EXPECT_GT(names.size(), 3U);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  ask["NextToken"] = "elsewhere";
  EXPECT_EQ(account.ssm("GetParametersByPath", ask.dump()).code(), "ValidationException");
}

TEST(User, IsTheAccountsOnlyOne) {
  Account account;
  EXPECT_EQ(account.iam("GetUser", {{"UserName", "albatross"}}).text("UserName"), "albatross");
  EXPECT_EQ(account.iam("GetUser", {{"UserName", "bob"}}).code(), "NoSuchEntity");
}

TEST(Sts, NamesTheCaller) {
  Account account;
  EXPECT_EQ(account.sts("GetCallerIdentity").text("Account"), "123456789012");
}

}  // namespace
}  // namespace albatross::sim::test
