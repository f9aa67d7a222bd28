#include "account.hpp"

#include <gtest/gtest.h>

namespace albatross::sim::test {
namespace {

TEST(Vpc, BringsWhatAwsMakesWithIt) {
  Account account;
  const auto made = account.ec2("CreateVpc", {{"CidrBlock", "10.1.2.3/16"}});
  const std::string vpc = made.text("vpc/vpcId");
  EXPECT_EQ(made.text("vpc/cidrBlock"), "10.1.0.0/16") << "host bits are zeroed";
  EXPECT_EQ(made.text("vpc/state"), "pending");
  account.pass(1s);
  EXPECT_EQ(account.state_of(vpc), "available");
  const Params in_vpc{{"Filter.1.Name", "vpc-id"}, {"Filter.1.Value.1", vpc}};
  EXPECT_EQ(account.ec2("DescribeSecurityGroups", in_vpc).text("groupName"), "default");
  EXPECT_EQ(account.ec2("DescribeRouteTables", in_vpc).text("associationSet/item/main"), "true");
  EXPECT_EQ(account.ec2("DescribeNetworkAcls", in_vpc).text("networkAclSet/item/default"), "true");
  EXPECT_EQ(account.ec2("DeleteVpc", {{"VpcId", vpc}}).code(), "");
  EXPECT_EQ(account.ec2("DescribeSecurityGroups", in_vpc).text("groupName"), "");
}

TEST(Vpc, HasAQuotaOfFive) {
  Account account;
  for (int i = 1; i < 5; ++i)
    account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}});
  EXPECT_EQ(account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).code(), "VpcLimitExceeded");
}

TEST(Vpc, AttributesComeOneAtATime) {
  Account account;
  const std::string vpc = account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).text("vpcId");
  EXPECT_EQ(account
                .ec2("ModifyVpcAttribute", {{"VpcId", vpc},
                                            {"EnableDnsSupport.Value", "true"},
                                            {"EnableDnsHostnames.Value", "true"}})
                .code(),
            "InvalidParameterCombination");
  account.ec2("ModifyVpcAttribute", {{"VpcId", vpc}, {"EnableDnsSupport.Value", "false"}});
  EXPECT_EQ(
      account.ec2("ModifyVpcAttribute", {{"VpcId", vpc}, {"EnableDnsHostnames.Value", "true"}})
          .code(),
      "InvalidParameterCombination");
  EXPECT_EQ(account.ec2("DescribeVpcAttribute", {{"VpcId", vpc}, {"Attribute", "enableDnsSupport"}})
                .text("enableDnsSupport/value"),
            "false");
}

TEST(Subnet, MustFitAndNotOverlap) {
  Account account;
  const std::string vpc = account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).text("vpcId");
  const auto create = [&](const char* cidr, const char* zone) {
    return account.ec2("CreateSubnet",
                       {{"VpcId", vpc}, {"CidrBlock", cidr}, {"AvailabilityZone", zone}});
  };
  const auto made = create("10.0.1.0/24", "us-east-1b");
  EXPECT_EQ(made.text("availabilityZone"), "us-east-1b");
  EXPECT_EQ(made.text("availableIpAddressCount"), "251");
  EXPECT_EQ(create("10.0.1.128/25", "us-east-1a").code(), "InvalidSubnet.Conflict");
  EXPECT_EQ(create("10.1.0.0/24", "us-east-1a").code(), "InvalidSubnet.Range");
  EXPECT_EQ(create("10.0.9.0/29", "us-east-1a").code(), "InvalidSubnet.Range");
  EXPECT_NE(
      create("10.0.2.0/24", "us-east-1z").message().find("us-east-1a, us-east-1b, us-east-1c"),
      std::string::npos);
}

TEST(Gateway, AttachesOnceAndHoldsOnToPublicAddresses) {
  Account account;
  const std::string vpc = account.default_vpc();
  const auto gateway = account.ec2("DescribeInternetGateways").text("internetGatewayId");
  const auto second = account.ec2("CreateInternetGateway").text("internetGatewayId");
  const auto attach = [&](const std::string& id) {
    return account.ec2("AttachInternetGateway", {{"InternetGatewayId", id}, {"VpcId", vpc}}).code();
  };
  EXPECT_EQ(attach(gateway), "Resource.AlreadyAssociated");
  EXPECT_EQ(attach(second), "InvalidParameterValue");
  const auto detach = [&](const std::string& id) {
    return account.ec2("DetachInternetGateway", {{"InternetGatewayId", id}, {"VpcId", vpc}}).code();
  };
  EXPECT_EQ(detach(second), "Gateway.NotAttached");
  const std::string instance =
      account.launch(account.default_subnets()[0], account.default_group());
  EXPECT_EQ(detach(gateway), "DependencyViolation");
  account.ec2("TerminateInstances", {{"InstanceId.1", instance}});
  account.pass(40s);
  EXPECT_EQ(detach(gateway), "");
  EXPECT_EQ(account.ec2("DeleteInternetGateway", {{"InternetGatewayId", gateway}}).code(), "");
  EXPECT_EQ(account.ec2("DescribeRouteTables").texts("routeSet/item/state"),
            (std::vector<std::string>{"active", "blackhole"}));
}

struct Routing {
  explicit Routing(Account& account) {
    vpc = account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).text("vpcId");
    subnet = account.ec2("CreateSubnet", {{"VpcId", vpc}, {"CidrBlock", "10.0.0.0/24"}})
                 .text("subnetId");
    gateway = account.ec2("CreateInternetGateway").text("internetGatewayId");
    table = account.ec2("CreateRouteTable", {{"VpcId", vpc}}).text("routeTableId");
  }
  std::string vpc, subnet, gateway, table;
};

TEST(Route, NeedsAnAttachedGatewayAndANewDestination) {
  Account account;
  const Routing net(account);
  const Params route{{"RouteTableId", net.table},
                     {"DestinationCidrBlock", "0.0.0.0/0"},
                     {"GatewayId", net.gateway}};
  EXPECT_EQ(account.ec2("CreateRoute", route).code(), "InvalidParameterValue");
  account.ec2("AttachInternetGateway", {{"InternetGatewayId", net.gateway}, {"VpcId", net.vpc}});
  EXPECT_EQ(account.ec2("CreateRoute", route).code(), "");
  EXPECT_EQ(account.ec2("CreateRoute", route).code(), "RouteAlreadyExists");
  const Params gone{{"RouteTableId", net.table}, {"DestinationCidrBlock", "0.0.0.0/0"}};
  EXPECT_EQ(account.ec2("DeleteRoute", gone).code(), "");
  EXPECT_EQ(account.ec2("DeleteRoute", gone).code(), "InvalidRoute.NotFound");
}

TEST(RouteTable, WithAssociationsStays) {
  Account account;
  const Routing net(account);
  const Params pair{{"RouteTableId", net.table}, {"SubnetId", net.subnet}};
  const auto link = account.ec2("AssociateRouteTable", pair).text("associationId");
  EXPECT_EQ(account.ec2("AssociateRouteTable", pair).text("associationId"), link);
  const auto other = account.ec2("CreateRouteTable", {{"VpcId", net.vpc}}).text("routeTableId");
  EXPECT_EQ(account.ec2("AssociateRouteTable", {{"RouteTableId", other}, {"SubnetId", net.subnet}})
                .code(),
            "Resource.AlreadyAssociated");
  EXPECT_EQ(account.ec2("DeleteRouteTable", {{"RouteTableId", net.table}}).code(),
            "DependencyViolation");
  EXPECT_EQ(account.ec2("DisassociateRouteTable", {{"AssociationId", link}}).code(), "");
  EXPECT_EQ(account.ec2("DisassociateRouteTable", {{"AssociationId", link}}).code(),
            "InvalidAssociationID.NotFound");
  EXPECT_EQ(account.ec2("DeleteRouteTable", {{"RouteTableId", net.table}}).code(), "");
}

TEST(RouteTable, TokenMakesCreationIdempotent) {
  Account account;
  const Routing net(account);
  const Params params{{"VpcId", net.vpc}, {"ClientToken", "t"}};
  const auto first = account.ec2("CreateRouteTable", params).text("routeTableId");
  EXPECT_EQ(account.ec2("CreateRouteTable", params).text("routeTableId"), first);
  EXPECT_EQ(
      account.ec2("CreateRouteTable", {{"VpcId", account.default_vpc()}, {"ClientToken", "t"}})
          .code(),
      "IdempotentParameterMismatch");
}

TEST(SecurityGroup, NamesAreUniqueInAVpcWithoutRegardToCase) {
  Account account;
  const auto create = [&](const char* name, const char* text) {
    return account.ec2("CreateSecurityGroup", {{"GroupName", name}, {"GroupDescription", text}})
        .code();
  };
  EXPECT_EQ(create("Web", "web"), "");
  EXPECT_EQ(create("web", "web"), "InvalidGroup.Duplicate");
  EXPECT_EQ(create("sg-web", "web"), "InvalidParameterValue");
  EXPECT_EQ(create("other", "f\xc3\xbcr"), "InvalidParameterValue");
  EXPECT_EQ(account.ec2("CreateSecurityGroup", {{"GroupName", "x"}}).code(), "MissingParameter");
}

TEST(SecurityGroup, RefusesADuplicateRuleWhole) {
  Account account;
  const std::string group = account.group("web", 80);
  const auto again = account.ec2("AuthorizeSecurityGroupIngress",
                                 {{"GroupId", group},
                                  {"IpPermissions.1.IpProtocol", "6"},
                                  {"IpPermissions.1.FromPort", "80"},
                                  {"IpPermissions.1.ToPort", "80"},
                                  {"IpPermissions.1.IpRanges.1.CidrIp", "10.0.0.0/8"},
                                  {"IpPermissions.1.IpRanges.2.CidrIp", "0.0.0.0/0"}});
  EXPECT_EQ(again.code(), "InvalidPermission.Duplicate");
  EXPECT_EQ(again.message(),
            "the specified rule \"peer: 0.0.0.0/0, TCP, from port: 80, to port: "
            "80, ALLOW\" already exists");
  const auto rules = account.ec2("DescribeSecurityGroupRules",
                                 {{"Filter.1.Name", "group-id"}, {"Filter.1.Value.1", group}});
  EXPECT_EQ(rules.texts("securityGroupRuleSet/item/securityGroupRuleId").size(), 2U);
}

TEST(SecurityGroup, IsStrictAboutRules) {
  Account account;
  const std::string group = account.group("web", 80);
  const auto add = [&](const char* protocol, const char* from, const char* to, const char* cidr) {
    return account
        .ec2("AuthorizeSecurityGroupIngress", {{"GroupId", group},
                                               {"IpPermissions.1.IpProtocol", protocol},
                                               {"IpPermissions.1.FromPort", from},
                                               {"IpPermissions.1.ToPort", to},
                                               {"IpPermissions.1.IpRanges.1.CidrIp", cidr}})
        .code();
  };
  EXPECT_EQ(add("tcp", "1", "2", "10.0.0.5/8"), "InvalidParameterValue");
  EXPECT_EQ(add("tcp", "2", "1", "10.0.0.0/8"), "InvalidParameterValue");
  EXPECT_EQ(add("tcp", "1", "70000", "10.0.0.0/8"), "InvalidParameterValue");
  EXPECT_EQ(add("xyz", "1", "2", "10.0.0.0/8"), "InvalidParameterValue");
  EXPECT_EQ(add("icmp", "-1", "-1", "10.0.0.0/8"), "");
}

TEST(SecurityGroup, ReferencedByAnotherGroupStays) {
  Account account;
  const std::string a = account.group("a", 80);
  const std::string b = account.group("b", 80);
  const Params rule{{"GroupId", b},
                    {"IpPermissions.1.IpProtocol", "-1"},
                    {"IpPermissions.1.Groups.1.GroupId", a}};
  account.ec2("AuthorizeSecurityGroupIngress", rule);
  EXPECT_EQ(account.ec2("DeleteSecurityGroup", {{"GroupId", a}}).code(), "DependencyViolation");
  EXPECT_EQ(account.ec2("RevokeSecurityGroupIngress", rule).code(), "");
  EXPECT_EQ(account.ec2("DeleteSecurityGroup", {{"GroupId", a}}).code(), "");
  EXPECT_EQ(account.ec2("DeleteSecurityGroup", {{"GroupId", a}}).code(), "InvalidGroup.NotFound");
  EXPECT_EQ(account.ec2("DeleteSecurityGroup", {{"GroupId", account.default_group()}}).code(),
            "CannotDelete");
}

TEST(SecurityGroup, RevokesByRuleId) {
  Account account;
  const std::string group = account.group("web", 80);
  const auto rules = account.ec2("DescribeSecurityGroupRules",
                                 {{"Filter.1.Name", "group-id"}, {"Filter.1.Value.1", group}});
  for (const auto& id : rules.texts("securityGroupRuleSet/item/securityGroupRuleId")) {
    const bool egress = account.ec2("DescribeSecurityGroupRules", {{"SecurityGroupRuleId.1", id}})
                            .text("isEgress") == "true";
    const char* action = egress ? "RevokeSecurityGroupEgress" : "RevokeSecurityGroupIngress";
    const Params params{{"GroupId", group}, {"SecurityGroupRuleId.1", id}};
    EXPECT_EQ(account.ec2(action, params).code(), "");
    EXPECT_EQ(account.ec2(action, params).code(), "InvalidSecurityGroupRuleId.NotFound");
  }
}

TEST(Filters, MatchWithWildcardsAndRefuseUnknownNames) {
  Account account;
  account.group("app-one", 80);
  account.group("app-two", 80);
  const auto by_name = [&](const char* pattern) {
    return account
        .ec2("DescribeSecurityGroups",
             {{"Filter.1.Name", "group-name"}, {"Filter.1.Value.1", pattern}})
        .texts("securityGroupInfo/item/groupName")
        .size();
  };
  EXPECT_EQ(by_name("app-*"), 2U);
  EXPECT_EQ(by_name("app-t?o"), 1U);
  EXPECT_EQ(by_name("app-\\*"), 0U);
  EXPECT_EQ(by_name("APP-*"), 0U) << "values are case-sensitive";
  EXPECT_EQ(
      account.ec2("DescribeVpcs", {{"Filter.1.Name", "nope"}, {"Filter.1.Value.1", "x"}}).code(),
      "InvalidParameterValue");
}

TEST(Tags, AreFoundByFilterAndListed) {
  Account account;
  const std::string vpc = account.default_vpc();
  account.ec2("CreateTags",
              {{"ResourceId.1", vpc}, {"Tag.1.Key", "a<b"}, {"Tag.1.Value", "\"1&2\""}});
  const auto found =
      account.ec2("DescribeVpcs", {{"Filter.1.Name", "tag:a<b"}, {"Filter.1.Value.1", "\"1&2\""}});
  EXPECT_EQ(found.text("vpcId"), vpc);
  EXPECT_EQ(found.text("tagSet/item/value"), "\"1&2\"");
  EXPECT_EQ(account.ec2("DescribeTags").text("resourceType"), "vpc");
  account.ec2("DeleteTags",
              {{"ResourceId.1", vpc}, {"Tag.1.Key", "a<b"}, {"Tag.1.Value", "other"}});
  EXPECT_EQ(account.ec2("DescribeTags").texts("key").size(), 1U) << "another value is not deleted";
  account.ec2("DeleteTags", {{"ResourceId.1", vpc}, {"Tag.1.Key", "a<b"}});
  EXPECT_EQ(account.ec2("DescribeTags").texts("key").size(), 0U);
  EXPECT_EQ(account.ec2("CreateTags", {{"ResourceId.1", vpc}, {"Tag.1.Key", "aws:x"}}).code(),
            "InvalidParameterValue");
}

TEST(Pages, FollowEachOtherAndRefuseAForeignToken) {
  Account account;
  for (int i = 0; i < 7; ++i)
    account.group("g" + std::to_string(i), 80);
  std::size_t seen = 0;
  std::string token;
  int pages = 0;
  do {
    Params params{{"MaxResults", "5"}};
    if (!token.empty()) params.emplace_back("NextToken", token);
    const auto page = account.ec2("DescribeSecurityGroups", params);
    seen += page.texts("securityGroupInfo/item/groupId").size();
    token = page.text("nextToken");
    ++pages;
  } while (!token.empty());
  EXPECT_EQ(seen, 8U);
  EXPECT_EQ(pages, 2);
  EXPECT_EQ(account.ec2("DescribeVpcs", {{"NextToken", "x"}}).code(), "InvalidNextToken");
  EXPECT_EQ(account.ec2("DescribeVpcs", {{"MaxResults", "3"}}).code(), "InvalidParameterValue");
}

TEST(Ec2Errors, TellMissingMalformedUnknownAndDryRunApart) {
  Account account;
  EXPECT_EQ(account.ec2("DeleteVpc").code(), "MissingParameter");
  EXPECT_EQ(account.ec2("DeleteVpc", {{"VpcId", "vpc-12"}}).code(), "InvalidVpcID.Malformed");
  EXPECT_EQ(account.ec2("DeleteVpc", {{"VpcId", "vpc-01234567"}}).code(), "InvalidVpcID.NotFound");
  EXPECT_EQ(account.ec2("DeleteVpc", {{"VpcId", "vpc-01234567"}, {"Vpc", "x"}}).code(),
            "UnknownParameter");
  EXPECT_EQ(account.ec2("NoSuchAction").code(), "InvalidAction");
  const auto dry = account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}, {"DryRun", "true"}});
  EXPECT_EQ(dry.status(), 412);
  EXPECT_EQ(dry.code(), "DryRunOperation");
  EXPECT_EQ(account.ec2("DescribeVpcs", {{"VpcId.1", "vpc-01234567"}, {"VpcId.2", "vpc-01234568"}})
                .message(),
            "The vpc IDs 'vpc-01234567, vpc-01234568' do not exist");
}

TEST(EventualConsistency, HidesANewIdForAMomentOnly) {
  CloudOptions options;
  options.eventual_consistency = true;
  options.seed = 7;
  Account account(options);
  int hidden = 0;
  for (int i = 0; i < 4; ++i) {
    const auto id = account.ec2("CreateVpc", {{"CidrBlock", "10.0.0.0/16"}}).text("vpcId");
    hidden += account.ec2("DescribeVpcs", {{"VpcId.1", id}}).code() == "InvalidVpcID.NotFound";
    account.pass(3s);
    EXPECT_EQ(account.ec2("DescribeVpcs", {{"VpcId.1", id}}).code(), "");
  }
  EXPECT_GT(hidden, 0);
}

}  // namespace
}  // namespace albatross::sim::test
