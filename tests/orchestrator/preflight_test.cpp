// What is found out before the first change: everything at once, at its place, and never at the
// price of a deployment that could work.

#include "orchestrator/preflight/needs.hpp"
#include "orchestrator/preflight/quota_table.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

constexpr const char* guest_stack = R"(
name: guest
instances: {count: 2, type: t3.small}
services: {web: {port: 8080}}
load_balancer: {enabled: true}
)";

std::vector<std::string> codes_of(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const Finding& finding : findings)
    out.push_back(finding.code);
  std::sort(out.begin(), out.end());
  return out;
}

const Finding& only(const RunResult& result) {
  static const Finding nothing;
  if (!result.failure || result.failure->findings.size() != 1U) {
    ADD_FAILURE() << "not one finding: "
                  << (result.failure ? result.failure->text() : std::string("done"));
    return nothing;
  }
  return result.failure->findings.front();
}

std::size_t calls_of(const SimulatedRun& run, const std::string& action) {
  std::size_t count = 0;
  for (const sim::CallRecord& call : run.cloud.calls())
    count += call.action == action ? 1U : 0U;
  return count;
}

TEST(Preflight, TellsAllThatIsWrongAtOnceAndTouchesNothing) {
  sim::CloudOptions options;
  options.quotas = {{"L-F678F1CE", 1}, {"L-1216C47A", 3}};
  SimulatedRun run(options);
  const auto before = run.inventory();

  const RunResult refused = run.deploy(stack_of(R"(
name: wrong
network: {vpc: create}
instances: {count: 2, type: t3.small, image: ami-0a1b2c3d4e5f60002, key_name: nobody}
services: {web: {port: 8080}}
load_balancer: {enabled: true}
)"));

  EXPECT_EQ(refused.outcome, Outcome::failed);
  ASSERT_TRUE(refused.failure);
  EXPECT_EQ(codes_of(refused.failure->findings),
            (std::vector<std::string>{"ArchitectureMismatch", "InvalidKeyPair.NotFound",
                                      "QuotaExceeded", "QuotaExceeded"}));
  for (const Finding& finding : refused.failure->findings) {
    EXPECT_FALSE(finding.hint.empty()) << finding.code;
    EXPECT_FALSE(finding.member.empty()) << finding.code;
  }
  EXPECT_EQ(refused.failure->code, refused.failure->findings.front().code);
  EXPECT_EQ(run.inventory(), before);
  EXPECT_TRUE(run.mutations().empty());
  EXPECT_TRUE(refused.resources.empty());
}

TEST(Preflight, CountsWhatRunsAgainstTheQuota) {
  sim::CloudOptions options;
  options.quotas = {{"L-1216C47A", 6}};
  SimulatedRun run(options);
  ASSERT_EQ(run.deploy(stack_of(guest_stack)).outcome, Outcome::done);
  std::string second = guest_stack;
  second.replace(second.find("guest"), 5, "other");

  const RunResult refused = run.deploy(stack_of(second));

  const Finding& finding = only(refused);
  EXPECT_EQ(finding.code, "QuotaExceeded");
  EXPECT_EQ(finding.member, "instances.count");
  EXPECT_NE(finding.message.find("6 allowed, 4 in use, 4 more needed"), std::string::npos)
      << finding.message;
  EXPECT_NE(finding.hint.find("L-1216C47A"), std::string::npos);
}

TEST(Preflight, LooksForEightFreeAddressesForTheLoadBalancer) {
  SimulatedRun run;
  std::string vpc;
  std::vector<std::string> subnets;
  run.meanwhile([&](AwsClients& aws) -> Task<> {
    ec2::CreateVpcRequest made;
    made.cidr_block = "10.9.0.0/24";
    auto answer = co_await aws.ec2.create_vpc(std::move(made));
    vpc = answer.vpc.vpc_id;
    for (const char* place : {"a", "b"}) {
      ec2::CreateSubnetRequest request;
      request.vpc_id = vpc;
      request.cidr_block = std::string("10.9.0.") + (*place == 'a' ? "0" : "16") + "/28";
      request.availability_zone = std::string("us-east-1") + place;
      auto subnet = co_await aws.ec2.create_subnet(std::move(request));
      subnets.push_back(subnet.subnet.subnet_id);
    }
    co_return;
  });
  ASSERT_EQ(subnets.size(), 2U);

  // Eleven addresses are free in a /28: three instances fit beside a load balancer, four do not.
  const std::string file = "name: tight\nnetwork: {subnets: [" + subnets[0] + ", " + subnets[1] +
                           "]}\ninstances: {count: 8, type: t3.small}\nservices: {web: {port: "
                           "8080}}\nload_balancer: {enabled: true, scheme: internal}\n";
  const RunResult refused = run.deploy(stack_of(file));

  ASSERT_TRUE(refused.failure);
  ASSERT_EQ(refused.failure->findings.size(), 2U) << refused.failure->text();
  const Finding& finding = refused.failure->findings.front();
  EXPECT_EQ(finding.code, "InsufficientFreeAddressesInSubnet");
  EXPECT_EQ(finding.member, "network.subnets");
  EXPECT_NE(finding.message.find("11 free addresses; needed are 12"), std::string::npos)
      << finding.message;
}

TEST(Preflight, PassesOverZonesThatDoNotOfferTheType) {
  SimulatedRun run;
  run.alter_answers = [](const std::string&, std::string& body) {
    if (body.find("DescribeInstanceTypeOfferingsResponse") == std::string::npos) return;
    for (std::size_t at = 0; (at = body.find("us-east-1a", at)) != std::string::npos;)
      body.replace(at, 10, "us-east-1c");
  };
  const RunResult up = run.deploy(stack_of(two_service_stack));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  for (const ResourceRecord& record : up.resources) {
    EXPECT_FALSE(record.kind == "subnet" && record.property("zone") == "us-east-1a");
  }
}

TEST(Preflight, SaysWhichOfTheFilesZonesDoNotOfferTheType) {
  SimulatedRun run;
  run.alter_answers = [](const std::string&, std::string& body) {
    if (body.find("DescribeInstanceTypeOfferingsResponse") == std::string::npos) return;
    for (std::size_t at = 0; (at = body.find("us-east-1a", at)) != std::string::npos;)
      body.replace(at, 10, "us-east-1c");
  };
  const RunResult refused = run.deploy(stack_of(R"(
name: zoned
network: {vpc: create, zones: [us-east-1a, us-east-1b]}
instances: {count: 2, type: t3.small}
services: {web: {port: 8080}}
load_balancer: {enabled: true}
)"));
  const Finding& finding = only(refused);
  EXPECT_EQ(finding.code, "InstanceTypeNotOffered");
  EXPECT_EQ(finding.member, "network.zones");
  EXPECT_NE(finding.message.find("us-east-1a, but in us-east-1b"), std::string::npos)
      << finding.message;
}

TEST(Preflight, LooksAtCertificates) {
  SimulatedRun run;
  std::string pending;
  run.meanwhile([&](AwsClients& aws) -> Task<> {
    // Asked for just now, so not issued yet.
    ApiRequest request;
    request.service = Service::acm;
    request.action = "RequestCertificate";
    request.content_type = "application/x-amz-json-1.1";
    request.body = R"({"DomainName":"shop.example.com","ValidationMethod":"DNS"})";
    auto answer = co_await aws.caller.call(std::move(request), CallOptions());
    const std::size_t at = answer.body.find("arn:");
    pending = answer.body.substr(at, answer.body.find('"', at) - at);
  });
  ASSERT_TRUE(pending.starts_with("arn:aws:acm:us-east-1:")) << pending;
  const std::string front =
      "name: tls\ninstances: {count: 1, type: t3.small}\nservices: {web: {port: 8080}}\n"
      "load_balancer:\n  listeners:\n    - protocol: HTTPS\n      certificate: [";
  const std::string elsewhere =
      "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001";

  const RunResult refused = run.deploy(stack_of(front + pending + ", " + elsewhere + "]\n"));

  ASSERT_TRUE(refused.failure);
  EXPECT_EQ(codes_of(refused.failure->findings),
            (std::vector<std::string>{"CertificateInOtherRegion", "CertificateNotIssued"}));
}

TEST(Preflight, AReadThatIsNotPermittedIsToldAndStopsNothing) {
  sim::CloudOptions options;
  options.caller_policy = R"({"Statement":[
    {"Effect":"Allow","Action":"*","Resource":"*"},
    {"Effect":"Deny","Action":["servicequotas:*","ec2:DescribeInstanceTypes",
      "ec2:DescribeInstanceTypeOfferings","elasticloadbalancing:DescribeAccountLimits",
      "ec2:DescribeImages"],"Resource":"*"}]})";
  SimulatedRun run(options);
  const RunResult up = run.deploy(stack_of(two_service_stack));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  ASSERT_EQ(up.warnings.size(), 1U);
  EXPECT_NE(up.warnings.front().find("servicequotas:GetServiceQuota"), std::string::npos)
      << up.warnings.front();
  EXPECT_NE(up.warnings.front().find("ec2:DescribeInstanceTypes"), std::string::npos);
}

TEST(Preflight, AReadThatIsNotAnsweredIsToldAndStopsNothing) {
  SimulatedRun run;
  sim::FaultRule silent;
  silent.kind = sim::FaultKind::stall;
  silent.action = "DescribeInstanceTypes";
  silent.times = sim::FaultRule::forever;
  run.cloud.faults().add(silent);
  const RunResult up = run.deploy(stack_of(two_service_stack));
  ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
  ASSERT_EQ(up.warnings.size(), 1U);
  EXPECT_NE(up.warnings.front().find("the instance type"), std::string::npos);
}

TEST(Preflight, WhatADryRunRefusesIsFoundBeforeAnythingIsMade) {
  sim::CloudOptions options;
  options.caller_policy = R"({"Statement":[
    {"Effect":"Allow","Action":"*","Resource":"*"},
    {"Effect":"Deny","Action":["ec2:RunInstances","ec2:CreateSecurityGroup"],"Resource":"*"}]})";
  SimulatedRun run(options);
  const auto before = run.inventory();
  const RunResult refused = run.deploy(stack_of(guest_stack));
  ASSERT_TRUE(refused.failure);
  EXPECT_EQ(refused.failure->findings.size(), 2U) << refused.failure->text();
  EXPECT_TRUE(refused.failure->access_denied);
  EXPECT_FALSE(refused.failure->request_id.empty());
  EXPECT_EQ(run.inventory(), before);
}

TEST(Preflight, ARedeployOfTheSameFileDoesNotPayForItAgain) {
  SimulatedRun run;
  ASSERT_EQ(run.deploy(stack_of(two_service_stack)).outcome, Outcome::done);
  const std::uint64_t calls = run.cloud.total_calls();
  const std::size_t quotas = calls_of(run, "GetServiceQuota");
  const std::size_t types = calls_of(run, "DescribeInstanceTypes");
  EXPECT_GT(quotas, 0U);
  EXPECT_GT(types, 0U);

  ASSERT_EQ(run.deploy(stack_of(two_service_stack)).outcome, Outcome::done);

  EXPECT_EQ(calls_of(run, "GetServiceQuota"), quotas);
  EXPECT_EQ(calls_of(run, "DescribeInstanceTypes"), types);
  EXPECT_TRUE(run.mutations(calls).empty());
}

TEST(Preflight, CostsNoRoundTripBeyondTheSurveys) {
  // Answers take 200 ms: all that has to be known for a network of one's own is asked at once.
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  const Event* first = run.event(EventType::plan_ready, "");
  ASSERT_NE(first, nullptr);
  EXPECT_LE(first->elapsed, std::chrono::milliseconds{210});
  // The default VPC first, then its subnets: what needs the image goes beside the second.
  SimulatedRun guest;
  guest.deploy(stack_of(guest_stack));
  const Event* second = guest.event(EventType::plan_ready, "");
  ASSERT_NE(second, nullptr);
  EXPECT_LE(second->elapsed, std::chrono::milliseconds{410});
}

TEST(Preflight, IsInThePlanToo) {
  sim::CloudOptions options;
  options.quotas = {{"L-F678F1CE", 1}};
  SimulatedRun run(options);
  const Plan plan = run.plan(stack_of(two_service_stack));
  ASSERT_TRUE(plan.failure);
  EXPECT_EQ(plan.failure->code, "QuotaExceeded");
}

TEST(Preflight, OfAPersonLooksAtEverythingWhateverIsThere) {
  SimulatedRun run;
  ASSERT_EQ(run.deploy(stack_of(two_service_stack)).outcome, Outcome::done);
  const Preflight found = run.preflight(stack_of(two_service_stack));
  EXPECT_FALSE(found.failure);
  EXPECT_TRUE(found.findings.empty());
  EXPECT_EQ(found.account, "123456789012");
  std::vector<std::string> codes;
  for (const QuotaUse& quota : found.quotas) {
    codes.push_back(quota.code);
    EXPECT_TRUE(quota.code != "L-F678F1CE" || quota.used == 2U) << "the default VPC and ours";
    EXPECT_EQ(quota.needed, 0U) << quota.name;
  }
  for (const char* code : {"L-F678F1CE", "L-1216C47A", "L-53DA6B97", "L-B22855CB", "L-E79EC296"})
    EXPECT_NE(std::find(codes.begin(), codes.end(), code), codes.end()) << code;
}

TEST(Needs, WhatWasOnlyIntendedIsNotNeededOnceMore) {
  const Stack stack = stack_of(two_service_stack);
  EXPECT_TRUE(needs_of(stack, {}).network);
  EXPECT_EQ(needs_of(stack, {}).instances, 2U);
  EXPECT_EQ(needs_of(stack, {}).security_groups, 3U);
  EXPECT_EQ(needs_of(stack, {}).target_groups, 2U);
  ResourceRecord vpc;
  vpc.node = "vpc";
  vpc.kind = "vpc";
  EXPECT_FALSE(needs_of(stack, {vpc}).network) << "its create may have taken effect";
}

TEST(Needs, AnotherTypeMeansNewInstances) {
  const Stack stack = stack_of(two_service_stack);
  ResourceRecord instance;
  instance.node = "instance.app.0";
  instance.kind = "instance";
  instance.id = "i-1";
  instance.properties = {{"type", "t3.small"}, {"image", stack.instances.image}, {"key_name", ""}};
  EXPECT_EQ(needs_of(stack, {instance}).instances, 1U);
  instance.properties["type"] = "t3.large";
  EXPECT_EQ(needs_of(stack, {instance}).instances, 2U);
}

TEST(VcpuQuota, GoesByTheFamily) {
  EXPECT_EQ(vcpu_quota_of("t3.small")->code, "L-1216C47A");
  EXPECT_EQ(vcpu_quota_of("im4gn.large")->code, "L-1216C47A");
  EXPECT_EQ(vcpu_quota_of("g5.xlarge")->code, "L-DB2E81BA");
  EXPECT_EQ(vcpu_quota_of("p4d.24xlarge")->code, "L-417A185B");
  EXPECT_EQ(vcpu_quota_of("u-6tb1.metal"), nullptr);
}

}  // namespace
}  // namespace albatross
