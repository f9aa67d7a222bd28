#include "account.hpp"
#include "sim/core/action.hpp"
#include "sim/core/shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <span>

/// What holds for every operation alike, tried on each of them.
namespace albatross::sim::test {
namespace {

using shapes::Kind;
using shapes::Shape;

struct Family {
  const char* service;
  std::span<const std::span<const Action>> (*actions)();
  Answer (Account::*ask)(const std::string&, const Params&);
};

constexpr Family families[] = {
    {"ec2", ec2_actions, &Account::ec2},
    {"elbv2", elbv2_actions, &Account::elb},
    {"iam", iam_actions, &Account::iam},
    {"sts", sts_actions, &Account::sts},
};

using Visit = std::function<void(const std::string& action, const Shape& input)>;

void each_action(const Family& family, const Visit& visit) {
  for (const auto list : family.actions()) {
    for (const Action& action : list) {
      const shapes::Input* input = shapes::find(family.service, action.name);
      ASSERT_NE(input, nullptr) << action.name << " is not in core/generate_shapes.py";
      static constexpr Shape nothing{Kind::structure, 0, 0, 0, -1};
      visit(action.name, input->shape < 0 ? nothing : shapes::shapes[input->shape]);
    }
  }
}

std::span<const shapes::Member> members_of(const Shape& shape) {
  return {shapes::members + shape.first, shape.count};
}

bool is_ec2(const Family& family) {
  return std::string_view(family.service) == "ec2";
}

/// Something that the model accepts for this shape.
void fill(const Family& family, const Shape& shape, const std::string& at, Params& out) {
  const std::string item = is_ec2(family) ? ".1" : ".member.1";
  switch (shape.kind) {
    case Kind::structure: {
      const auto members = members_of(shape);
      const bool some =
          std::any_of(members.begin(), members.end(), [](auto& m) { return m.required; });
      for (const auto& member : members) {
        // A structure must not be empty, save the request itself.
        const bool first = !some && !at.empty() && &member == members.data();
        if (!member.required && !first) continue;
        const std::string name(member.wire);
        fill(family, shapes::shapes[member.shape], at.empty() ? name : at + "." + name, out);
      }
      break;
    }
    case Kind::list:
      fill(family, shapes::shapes[shape.first], at + item, out);
      break;
    case Kind::integer:
      out.emplace_back(at, std::to_string(std::max(shape.low, 1)));
      break;
    case Kind::boolean:
      out.emplace_back(at, "true");
      break;
    default:
      out.emplace_back(
          at, shape.count > 0 ? std::string(shapes::words[shape.first])
                              : std::string(static_cast<std::size_t>(std::max(shape.low, 1)), 'x'));
  }
}

TEST(EveryAction, RefusesAParameterItDoesNotTake) {
  Account account;
  for (const Family& family : families) {
    each_action(family, [&](const std::string& action, const Shape&) {
      const auto answer = (account.*family.ask)(action, {{"Albatross", "1"}});
      EXPECT_EQ(answer.code(), is_ec2(family) ? "UnknownParameter" : "ValidationError") << action;
      EXPECT_NE(answer.message().find("lbatross"), std::string::npos) << action;
    });
  }
}

TEST(EveryAction, NamesWhatItNeedsAndWasNotGiven) {
  Account account;
  std::size_t tried = 0;
  for (const Family& family : families) {
    each_action(family, [&](const std::string& action, const Shape& input) {
      const auto members = members_of(input);
      const auto needed =
          std::find_if(members.begin(), members.end(), [](const auto& m) { return m.required; });
      if (needed == members.end()) return;
      ++tried;
      const auto answer = (account.*family.ask)(action, {});
      EXPECT_EQ(answer.code(), is_ec2(family) ? "MissingParameter" : "ValidationError") << action;
      EXPECT_NE(answer.message().find(needed->wire.substr(1)), std::string::npos)
          << action << ": " << answer.message();
    });
  }
  EXPECT_GT(tried, 100U);
}

/// A value that a member of that kind cannot have; empty when any text will do.
std::string bad_value(const Shape& shape) {
  if (shape.kind == Kind::string && shape.count > 0) return "no-such-word";
  if (shape.kind == Kind::integer) return "twelve";
  return shape.kind == Kind::boolean ? "maybe" : "";
}

TEST(EveryAction, RefusesValuesThatAreNotOfTheKind) {
  Account account;
  std::size_t tried = 0;
  for (const Family& family : families) {
    each_action(family, [&](const std::string& action, const Shape& input) {
      for (const auto& member : members_of(input)) {
        const Shape& shape = shapes::shapes[member.shape];
        const bool list = shape.kind == Kind::list;
        const std::string bad = bad_value(list ? shapes::shapes[shape.first] : shape);
        if (bad.empty()) continue;
        ++tried;
        const std::string item = is_ec2(family) ? ".1" : ".member.1";
        const std::string name = std::string(member.wire) + (list ? item : "");
        const auto answer = (account.*family.ask)(action, {{name, bad}});
        EXPECT_EQ(answer.code(), is_ec2(family) ? "InvalidParameterValue" : "ValidationError")
            << action << " " << name;
        EXPECT_NE(answer.message().find(bad), std::string::npos) << answer.message();
      }
    });
  }
  EXPECT_GT(tried, 150U);
}

TEST(EveryAction, OfEc2KnowsADryRunThatChangesNothing) {
  Account account;
  const auto before = account.inventory();
  each_action(families[0], [&](const std::string& action, const Shape& input) {
    const auto members = members_of(input);
    const bool takes = std::any_of(members.begin(), members.end(),
                                   [](const auto& m) { return m.wire == "DryRun"; });
    if (!takes) return;
    Params params;
    fill(families[0], input, "", params);
    params.emplace_back("DryRun", "true");
    const auto answer = account.ec2(action, params);
    EXPECT_EQ(answer.code(), "DryRunOperation") << action << ": " << answer.message();
    EXPECT_EQ(answer.status(), 412);
  });
  EXPECT_EQ(account.inventory(), before);
}

TEST(EveryAction, ThatTheModelKnowsIsThere) {
  for (std::size_t i = 0; i < shapes::input_count; ++i) {
    const auto& input = shapes::inputs[i];
    if (input.service == "efs") {
      const auto names = efs_action_names();
      EXPECT_TRUE(std::find(names.begin(), names.end(), input.action) != names.end())
          << input.action;
      continue;
    }
    EXPECT_NE(find_action(*service_named(input.service), input.action), nullptr)
        << input.service << " " << input.action;
  }
}

TEST(EveryService, RefusesAnUnknownActionInItsOwnWords) {
  Account account;
  const auto refused = [](const Answer& answer, const char* code, int status) {
    EXPECT_EQ(answer.code(), code);
    EXPECT_EQ(answer.status(), status);
  };
  refused(account.ec2("FlyToTheMoon"), "InvalidAction", 400);
  refused(account.elb("FlyToTheMoon"), "InvalidAction", 400);
  refused(account.iam("FlyToTheMoon"), "InvalidAction", 400);
  refused(account.sts("FlyToTheMoon"), "InvalidAction", 400);
  refused(account.efs("GET", "moon"), "UnknownOperationException", 404);
  refused(account.ssm("FlyToTheMoon", "{}"), "UnknownOperationException", 400);
  refused(account.acm("FlyToTheMoon", "{}"), "UnknownOperationException", 400);
  refused(account.quotas("FlyToTheMoon", "{}"), "UnknownOperationException", 400);
}

struct ById {
  const char* action;
  const char* parameter;
  const char* prefix;
  const char* code;
};

constexpr ById by_id[] = {
    {"DescribeVpcs", "VpcId.1", "vpc-", "InvalidVpcID"},
    {"DeleteVpc", "VpcId", "vpc-", "InvalidVpcID"},
    {"DescribeSubnets", "SubnetId.1", "subnet-", "InvalidSubnetID"},
    {"DeleteSubnet", "SubnetId", "subnet-", "InvalidSubnetID"},
    {"DescribeInternetGateways", "InternetGatewayId.1", "igw-", "InvalidInternetGatewayID"},
    {"DeleteInternetGateway", "InternetGatewayId", "igw-", "InvalidInternetGatewayID"},
    {"DescribeRouteTables", "RouteTableId.1", "rtb-", "InvalidRouteTableID"},
    {"DeleteRouteTable", "RouteTableId", "rtb-", "InvalidRouteTableID"},
    {"DescribeSecurityGroups", "GroupId.1", "sg-", "InvalidGroup"},
    {"DescribeInstances", "InstanceId.1", "i-", "InvalidInstanceID"},
    {"TerminateInstances", "InstanceId.1", "i-", "InvalidInstanceID"},
    {"GetConsoleOutput", "InstanceId", "i-", "InvalidInstanceID"},
    {"DescribeVolumes", "VolumeId.1", "vol-", "InvalidVolume"},
    {"ModifyVolume", "VolumeId", "vol-", "InvalidVolume"},
    {"DescribeNetworkInterfaces", "NetworkInterfaceId.1", "eni-", "InvalidNetworkInterfaceID"},
    {"DescribeNetworkAcls", "NetworkAclId.1", "acl-", "InvalidNetworkAclID"},
    {"CreateTags", "ResourceId.1", "subnet-", "InvalidSubnetID"},
};

TEST(EveryId, IsToldMalformedFromUnknown) {
  Account account;
  for (const ById& one : by_id) {
    const auto code = [&](const std::string& id) {
      Params params = {{one.parameter, one.prefix + id}};
      if (std::string_view(one.action) == "CreateTags") params.emplace_back("Tag.1.Key", "k");
      return account.ec2(one.action, params).code();
    };
    EXPECT_EQ(code("0123456789abcdef0"), std::string(one.code) + ".NotFound") << one.action;
    const std::string malformed =
        one.code == std::string("InvalidGroup") ? "InvalidGroupId" : one.code;
    EXPECT_EQ(code("zz"), malformed + ".Malformed") << one.action;
  }
}

}  // namespace
}  // namespace albatross::sim::test
