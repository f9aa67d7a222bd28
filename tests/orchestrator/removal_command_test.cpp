#include "orchestrator/removal_command.hpp"

#include "orchestrator/holders.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

ResourceRecord record(const std::string& kind, const std::string& id, Properties properties = {}) {
  ResourceRecord out;
  out.kind = kind;
  out.id = id;
  out.properties = std::move(properties);
  return out;
}

TEST(RemovalCommand, OfAThingNamesItByItsId) {
  EXPECT_EQ(removal_command(record("instance", "i-1"), "eu-west-1"),
            "aws ec2 terminate-instances --instance-ids i-1 --region eu-west-1");
  EXPECT_EQ(removal_command("file-system", "fs-1", "eu-west-1"),
            "aws efs delete-file-system --file-system-id fs-1 --region eu-west-1");
}

TEST(RemovalCommand, OfARelationNamesBothEnds) {
  EXPECT_EQ(removal_command(record("internet_gateway_attachment", "igw-1/vpc-1",
                                   {{"internet_gateway_id", "igw-1"}, {"vpc_id", "vpc-1"}}),
                            "eu-west-1"),
            "aws ec2 detach-internet-gateway --internet-gateway-id igw-1 --vpc-id vpc-1 "
            "--region eu-west-1");
  EXPECT_EQ(removal_command(record("registration", "arn/targets",
                                   {{"target_group_arn", "arn"},
                                    {"port", "80"},
                                    {"instances", std::vector<std::string>{"i-1", "i-2"}}}),
                            "eu-west-1"),
            "aws elbv2 deregister-targets --target-group-arn arn --targets Id=i-1,Port=80 "
            "Id=i-2,Port=80 --region eu-west-1");
}

TEST(RemovalCommand, IamHasNoRegion) {
  EXPECT_EQ(removal_command(record("role", "web-role"), "eu-west-1"),
            "aws iam delete-role --role-name web-role");
}

TEST(RemovalCommand, IsEmptyForWhatGoesWithSomethingElse) {
  EXPECT_EQ(removal_command(record("security_group_rules", "sg-1/ingress.app"), "eu-west-1"), "");
  EXPECT_EQ(removal_command(record("instance", ""), "eu-west-1"), "");
}

ec2::NetworkInterface interface(const std::string& id, const std::string& description,
                                const std::string& owner) {
  ec2::NetworkInterface out;
  out.network_interface_id = id;
  out.description = description;
  out.requester_id = owner;
  out.status = "in-use";
  return out;
}

TEST(Holders, AreNamedWithPurposeAndOwner) {
  ec2::NetworkInterface of_instance = interface("eni-3", "", "");
  of_instance.attachment.emplace();
  of_instance.attachment->instance_id = "i-7";
  EXPECT_EQ(describe_holders({interface("eni-1", "ELB app/web-alb/0123", "amazon-elb"),
                              interface("eni-2", "", ""), of_instance}),
            "eni-1 (ELB app/web-alb/0123, of amazon-elb), eni-2 (in-use), eni-3 (instance i-7)");
}

TEST(Holders, BeyondThreeAreCounted) {
  const auto one = interface("eni-1", "d", "");
  EXPECT_EQ(describe_holders({one, one, one, one, one}),
            "eni-1 (d), eni-1 (d), eni-1 (d) and 2 more");
  EXPECT_EQ(describe_holders({}), "");
}

}  // namespace
}  // namespace albatross
