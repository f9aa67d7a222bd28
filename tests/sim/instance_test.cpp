#include "account.hpp"

#include <gtest/gtest.h>

namespace albatross::sim::test {
namespace {

constexpr const char* image = "ami-0a1b2c3d4e5f60001";

Params launch_params(Account& account, Params more = {}) {
  Params params{{"ImageId", image},
                {"InstanceType", "t3.micro"},
                {"MinCount", "1"},
                {"MaxCount", "1"},
                {"SubnetId", account.default_subnets()[0]}};
  params.insert(params.end(), more.begin(), more.end());
  return params;
}

std::string base64_of(std::size_t bytes) {
  std::string text((bytes + 2) / 3 * 4, 'A');
  for (std::size_t i = 0; i < (3 - bytes % 3) % 3; ++i)
    text[text.size() - 1 - i] = '=';
  return text;
}

TEST(Instance, LivesThroughItsStates) {
  Account account;
  const std::string id = account.launch(account.default_subnets()[0], account.default_group());
  EXPECT_EQ(account.state_of(id), "pending");
  account.pass(12s);
  EXPECT_EQ(account.state_of(id), "running");
  const auto change = account.ec2("TerminateInstances", {{"InstanceId.1", id}});
  EXPECT_EQ(change.text("currentState/name"), "shutting-down");
  EXPECT_EQ(change.text("previousState/name"), "running");
  account.pass(40s);
  EXPECT_EQ(account.state_of(id), "gone");
  const auto seen = account.ec2("DescribeInstances", {{"InstanceId.1", id}});
  EXPECT_EQ(seen.text("instanceState/name"), "terminated");
  EXPECT_EQ(seen.text("stateReason/code"), "Client.UserInitiatedShutdown");
  EXPECT_EQ(account.ec2("TerminateInstances", {{"InstanceId.1", id}}).code(), "");
  account.pass(1h);
  EXPECT_EQ(account.ec2("DescribeInstances", {{"InstanceId.1", id}}).code(),
            "InvalidInstanceID.NotFound");
}

TEST(Instance, StopsAndStarts) {
  Account account;
  const std::string id = account.launch(account.default_subnets()[0], account.default_group());
  EXPECT_EQ(account.ec2("StopInstances", {{"InstanceId.1", id}}).code(), "IncorrectInstanceState");
  account.pass(12s);
  account.ec2("StopInstances", {{"InstanceId.1", id}});
  EXPECT_EQ(account.state_of(id), "stopping");
  EXPECT_EQ(account.ec2("StartInstances", {{"InstanceId.1", id}}).code(), "IncorrectInstanceState");
  account.pass(30s);
  EXPECT_EQ(account.state_of(id), "stopped");
  account.ec2("StartInstances", {{"InstanceId.1", id}});
  account.pass(12s);
  EXPECT_EQ(account.state_of(id), "running");
}

TEST(Instance, TakesItsInterfaceAndVolumeAlong) {
  Account account;
  const auto before = account.inventory();
  const std::string id = account.launch(account.default_subnets()[0], account.default_group());
  EXPECT_EQ(account.inventory().size(), before.size() + 3);
  account.ec2("TerminateInstances", {{"InstanceId.1", id}});
  account.pass(40s);
  EXPECT_EQ(account.inventory(), before);
}

TEST(Instance, ShowsItsPublicAddressOnceItRuns) {
  Account account;
  const std::string id = account.launch(account.default_subnets()[0], account.default_group());
  const Params which{{"InstanceId.1", id}};
  EXPECT_EQ(account.ec2("DescribeInstances", which).text("instancesSet/item/ipAddress"), "");
  account.pass(12s);
  const auto running = account.ec2("DescribeInstances", which);
  EXPECT_TRUE(running.text("instancesSet/item/ipAddress").starts_with("198.18."));
  EXPECT_TRUE(running.text("instancesSet/item/dnsName").starts_with("ec2-198-18-"));
}

TEST(Instance, StatusChecksComeLaterThanRunning) {
  Account account;
  const std::string id = account.launch(account.default_subnets()[0], account.default_group());
  EXPECT_EQ(account.ec2("DescribeInstanceStatus").texts("instanceId").size(), 0U);
  account.pass(12s);
  EXPECT_EQ(account.ec2("DescribeInstanceStatus").text("instanceStatus/status"), "initializing");
  account.pass(150s);
  EXPECT_EQ(account.ec2("DescribeInstanceStatus").text("instanceStatus/status"), "ok");
}

TEST(Launch, TokenGivesTheSameInstances) {
  Account account;
  const Params params = launch_params(account, {{"ClientToken", "t"}});
  const auto first = account.ec2("RunInstances", params).text("instanceId");
  EXPECT_EQ(account.ec2("RunInstances", params).text("instanceId"), first);
  EXPECT_EQ(
      account
          .ec2("DescribeInstances", {{"Filter.1.Name", "client-token"}, {"Filter.1.Value.1", "t"}})
          .texts("instancesSet/item/instanceId")
          .size(),
      1U);
}

TEST(Launch, TokenIsSpentWhenParametersChangeOrTheInstanceEnds) {
  Account account;
  Params params = launch_params(account, {{"ClientToken", "t"}});
  const auto id = account.ec2("RunInstances", params).text("instanceId");
  params[1].second = "t3.small";
  EXPECT_EQ(account.ec2("RunInstances", params).code(), "IdempotentParameterMismatch");
  params[1].second = "t3.micro";
  account.ec2("TerminateInstances", {{"InstanceId.1", id}});
  EXPECT_EQ(account.ec2("RunInstances", params).code(), "IdempotentInstanceTerminated");
}

TEST(Launch, TokenHoldsForOneZoneOnly) {
  Account account;
  Params params = launch_params(account, {{"ClientToken", "t"}});
  const auto a = account.ec2("RunInstances", params).text("instanceId");
  params[4].second = account.default_subnets()[1];
  const auto b = account.ec2("RunInstances", params).text("instanceId");
  EXPECT_NE(a, b);
}

TEST(Launch, UserDataMayHaveSixteenKibibytesAndNotOneMore) {
  Account account;
  EXPECT_EQ(
      account.ec2("RunInstances", launch_params(account, {{"UserData", base64_of(16384)}})).code(),
      "");
  EXPECT_EQ(account.ec2("RunInstances", launch_params(account, {{"UserData", base64_of(16385)}}))
                .message(),
            "User data is limited to 16384 bytes");
  EXPECT_EQ(
      account.ec2("RunInstances", launch_params(account, {{"UserData", "not base64!"}})).code(),
      "InvalidUserData.Malformed");
}

TEST(Launch, RefusesWhatDoesNotFitTogether) {
  Account account;
  const auto code = [&](Params more) {
    return account.ec2("RunInstances", launch_params(account, std::move(more))).code();
  };
  EXPECT_EQ(code({{"NetworkInterface.1.DeviceIndex", "0"}, {"SecurityGroupId.1", "sg-1"}}),
            "InvalidParameterCombination");
  EXPECT_EQ(code({{"SecurityGroupId.1", "sg-0123456789abcdef0"}}), "InvalidGroup.NotFound");
  EXPECT_EQ(code({{"KeyName", "nobody"}}), "InvalidKeyPair.NotFound");
  EXPECT_EQ(code({{"BlockDeviceMapping.1.DeviceName", "/dev/xvda"},
                  {"BlockDeviceMapping.1.Ebs.VolumeSize", "4"}}),
            "InvalidBlockDeviceMapping");
  EXPECT_EQ(code({{"PrivateIpAddress", "10.0.0.9"}}), "InvalidParameterValue");
  Params arm = launch_params(account);
  arm[1].second = "t4g.micro";
  EXPECT_NE(account.ec2("RunInstances", arm).message().find("does not match the architecture"),
            std::string::npos);
  Params unknown = launch_params(account);
  unknown[0].second = "ami-0123456789abcdef0";
  EXPECT_EQ(account.ec2("RunInstances", unknown).code(), "InvalidAMIID.NotFound");
  Params none = launch_params(account);
  none[2].second = "0";
  EXPECT_EQ(account.ec2("RunInstances", none).code(), "InvalidParameterValue");
}

TEST(Launch, RefusesTemplatesAndTagsOfOtherThings) {
  Account account;
  Params launch{{"ImageId", "ami-0a1b2c3d4e5f60001"}, {"MinCount", "1"}, {"MaxCount", "1"}};
  Params from_template = launch;
  from_template.emplace_back("LaunchTemplate.LaunchTemplateName", "web");
  EXPECT_EQ(account.ec2("RunInstances", from_template).code(),
            "InvalidLaunchTemplateName.NotFoundException");
  launch.insert(launch.end(), {{"TagSpecification.1.ResourceType", "vpc"},
                               {"TagSpecification.1.Tag.1.Key", "a"},
                               {"TagSpecification.1.Tag.1.Value", "b"}});
  const auto tagged = account.ec2("RunInstances", launch);
  EXPECT_EQ(tagged.code(), "InvalidParameterValue");
  EXPECT_NE(tagged.message().find("'vpc' is not a valid taggable resource type"),
            std::string::npos);
}

TEST(Launch, ResolvesAnImageByParameter) {
  Account account;
  Params params = launch_params(account);
  params[0].second =
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
  EXPECT_EQ(account.ec2("RunInstances", params).text("imageId"), image);
}

TEST(Launch, SeesAProfileOnlyAfterItHasSpread) {
  Account account;
  account.iam("CreateRole",
              {{"RoleName", "r"}, {"AssumeRolePolicyDocument", R"({"Statement":[]})"}});
  account.iam("CreateInstanceProfile", {{"InstanceProfileName", "p"}});
  account.iam("AddRoleToInstanceProfile", {{"InstanceProfileName", "p"}, {"RoleName", "r"}});
  const Params params = launch_params(account, {{"IamInstanceProfile.Name", "p"}});
  EXPECT_EQ(account.ec2("RunInstances", params).message(),
            "Value (p) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance "
            "Profile name");
  account.pass(8s);
  EXPECT_TRUE(account.ec2("RunInstances", params)
                  .text("iamInstanceProfile/arn")
                  .ends_with(":instance-profile/p"));
}

TEST(Launch, FindsNoCapacityWhereThePlanSaysSo) {
  Account account;
  FaultRule rule;
  rule.kind = FaultKind::capacity;
  rule.match = "us-east-1a";
  account.cloud.faults().add(rule);
  const auto refused = account.ec2("RunInstances", launch_params(account));
  EXPECT_EQ(refused.code(), "InsufficientInstanceCapacity");
  EXPECT_EQ(refused.status(), 500);
  EXPECT_EQ(account.ec2("RunInstances", launch_params(account)).code(), "");
}

TEST(Launch, CanEndByItself) {
  Account account;
  FaultRule rule;
  rule.kind = FaultKind::instance_terminates;
  rule.code = "Client.InternalError";
  rule.message = "Client.InternalError: Client error on launch";
  account.cloud.faults().add(rule);
  const auto id = account.ec2("RunInstances", launch_params(account)).text("instanceId");
  EXPECT_EQ(account.state_of(id), "pending");
  account.pass(60s);
  const auto ended = account.ec2("DescribeInstances", {{"InstanceId.1", id}});
  EXPECT_EQ(ended.text("instanceState/name"), "terminated");
  EXPECT_EQ(ended.text("stateReason/code"), "Client.InternalError");
}

TEST(Launch, ATokenIsNotSpentBeforeItsInstanceEndsByItself) {
  Account account;
  FaultRule rule;
  rule.kind = FaultKind::instance_terminates;
  account.cloud.faults().add(rule);
  const Params params = launch_params(account, {{"ClientToken", "t"}});
  const auto id = account.ec2("RunInstances", params).text("instanceId");
  EXPECT_EQ(account.ec2("RunInstances", params).text("instanceId"), id);
  account.pass(60s);
  EXPECT_EQ(account.ec2("RunInstances", params).code(), "IdempotentInstanceTerminated");
}

TEST(Launch, FillsASmallSubnetAndThenRefuses) {
  Account account;
  const auto vpc = account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/28"}}).text("vpcId");
  const auto subnet =
      account.ec2("CreateSubnet", {{"VpcId", vpc}, {"CidrBlock", "10.0.0.0/28"}}).text("subnetId");
  Params params = launch_params(account);
  params[2].second = "11";
  params[3].second = "50";
  params[4].second = subnet;
  const auto made = account.ec2("RunInstances", params);
  EXPECT_EQ(made.texts("instancesSet/item/instanceId").size(), 11U);
  EXPECT_EQ(
      account.ec2("DescribeSubnets", {{"SubnetId.1", subnet}}).text("availableIpAddressCount"),
      "0");
  params[2].second = params[3].second = "1";
  EXPECT_EQ(account.ec2("RunInstances", params).code(), "InsufficientFreeAddressesInSubnet");
}

TEST(InstanceAttributes, ProtectFromTermination) {
  Account account;
  const std::string id = account.launch(account.default_subnets()[0], account.default_group());
  account.ec2("ModifyInstanceAttribute",
              {{"InstanceId", id}, {"DisableApiTermination.Value", "true"}});
  EXPECT_EQ(account.ec2("TerminateInstances", {{"InstanceId.1", id}}).code(),
            "OperationNotPermitted");
  EXPECT_EQ(account
                .ec2("DescribeInstanceAttribute",
                     {{"InstanceId", id}, {"Attribute", "disableApiTermination"}})
                .text("disableApiTermination/value"),
            "true");
}

TEST(InstanceAttributes, TypeChangesOnlyWhileStopped) {
  Account account;
  const std::string id = account.launch(account.default_subnets()[0], account.default_group());
  const Params params{{"InstanceId", id}, {"InstanceType.Value", "t3.small"}};
  EXPECT_EQ(account.ec2("ModifyInstanceAttribute", params).code(), "IncorrectInstanceState");
  account.pass(12s);
  account.ec2("StopInstances", {{"InstanceId.1", id}});
  account.pass(30s);
  EXPECT_EQ(account.ec2("ModifyInstanceAttribute", params).code(), "");
}

TEST(Catalog, HasOneRegion) {
  Account account;
  EXPECT_EQ(account.ec2("DescribeRegions", {{"RegionName.1", "us-east-1"}}).code(), "");
  EXPECT_EQ(account.ec2("DescribeRegions", {{"RegionName.1", "mars-1"}}).code(),
            "InvalidParameterValue");
}

TEST(Catalog, AnswersWhatAPlanAsks) {
  Account account;
  EXPECT_EQ(account
                .ec2("DescribeImages", {{"Owner.1", "amazon"},
                                        {"Filter.1.Name", "name"},
                                        {"Filter.1.Value.1", "al2023-*-arm64"}})
                .text("architecture"),
            "arm64");
  EXPECT_EQ(account.ec2("DescribeInstanceTypes", {{"InstanceType.1", "t9.mega"}}).code(),
            "InvalidInstanceType");
  EXPECT_EQ(account
                .ec2("DescribeInstanceTypeOfferings", {{"LocationType", "availability-zone"},
                                                       {"Filter.1.Name", "instance-type"},
                                                       {"Filter.1.Value.1", "t3.micro"}})
                .texts("instanceTypeOfferingSet/item/location")
                .size(),
            3U);
  EXPECT_EQ(account.ec2("DescribeAvailabilityZones").texts("availabilityZoneInfo/item/zoneId"),
            (std::vector<std::string>{"use1-az1", "use1-az2", "use1-az3"}));
}

TEST(NetworkInterfaces, OfOthersCannotBeDeleted) {
  Account account;
  const Stack stack = build_stack(account);
  const auto held =
      account.ec2("DescribeNetworkInterfaces",
                  {{"Filter.1.Name", "requester-managed"}, {"Filter.1.Value.1", "true"}});
  const auto id = held.text("networkInterfaceSet/item/networkInterfaceId");
  EXPECT_EQ(account.ec2("DeleteNetworkInterface", {{"NetworkInterfaceId", id}}).code(),
            "OperationNotPermitted");
  const auto own = account.ec2("CreateNetworkInterface", {{"SubnetId", stack.subnet_a}})
                       .text("networkInterface/networkInterfaceId");
  EXPECT_EQ(account.ec2("DeleteSubnet", {{"SubnetId", stack.subnet_a}}).code(),
            "DependencyViolation");
  EXPECT_EQ(account.ec2("DeleteNetworkInterface", {{"NetworkInterfaceId", own}}).code(), "");
}

}  // namespace
}  // namespace albatross::sim::test
