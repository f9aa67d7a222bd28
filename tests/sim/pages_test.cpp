#include "account.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <set>

/// Long lists of the services whose pages EC2's tests do not cover.
namespace albatross::sim::test {
namespace {

using Json = nlohmann::json;
using Page = std::pair<std::vector<std::string>, std::string>;  // what is on it, the next marker

/// Follows the markers; every page but the last must be full, and nothing may come twice.
std::set<std::string> all(std::size_t size, const std::function<Page(const std::string&)>& read) {
  std::set<std::string> seen;
  std::string marker;
  do {
    auto [items, next] = read(marker);
    EXPECT_EQ(items.size(), next.empty() ? items.size() : size);
    for (const auto& item : items)
      EXPECT_TRUE(seen.insert(item).second) << item << " came twice";
    marker = next;
  } while (!marker.empty());
  return seen;
}

Page elb_page(Account& account, const std::string& action, Params params, const std::string& item,
              const std::string& marker) {
  params.emplace_back("PageSize", "2");
  if (!marker.empty()) params.emplace_back("Marker", marker);
  const auto answer = account.elb(action, params);
  EXPECT_EQ(answer.code(), "") << answer.message();
  return {answer.texts("member/" + item), answer.text("NextMarker")};
}

TEST(Elbv2Pages, FollowEachOther) {
  Account account;
  const Stack stack = build_stack(account);
  for (int i = 0; i < 4; ++i) {
    account.elb("CreateTargetGroup", {{"Name", "more-" + std::to_string(i)},
                                      {"Protocol", "HTTP"},
                                      {"Port", "80"},
                                      {"VpcId", account.default_vpc()}});
    account.elb("CreateRule", {{"ListenerArn", stack.listener},
                               {"Priority", std::to_string(i + 1)},
                               {"Conditions.member.1.Field", "path-pattern"},
                               {"Conditions.member.1.Values.member.1", "/" + std::to_string(i)},
                               {"Actions.member.1.Type", "forward"},
                               {"Actions.member.1.TargetGroupArn", stack.target_group}});
    account.elb("CreateListener", {{"LoadBalancerArn", stack.load_balancer},
                                   {"Protocol", "HTTP"},
                                   {"Port", std::to_string(8000 + i)},
                                   {"DefaultActions.member.1.Type", "forward"},
                                   {"DefaultActions.member.1.TargetGroupArn", stack.target_group}});
  }
  const auto count = [&](const std::string& action, const Params& params, const std::string& item) {
    return all(2,
               [&](const std::string& marker) {
                 return elb_page(account, action, params, item, marker);
               })
        .size();
  };
  EXPECT_EQ(count("DescribeTargetGroups", {}, "TargetGroupArn"), 5U);
  EXPECT_EQ(count("DescribeRules", {{"ListenerArn", stack.listener}}, "RuleArn"), 5U);
  EXPECT_EQ(count("DescribeListeners", {{"LoadBalancerArn", stack.load_balancer}}, "ListenerArn"),
            5U);
  EXPECT_EQ(count("DescribeLoadBalancers", {}, "LoadBalancerArn"), 1U);
}

TEST(EfsPages, FollowEachOther) {
  Account account;
  for (int i = 0; i < 5; ++i) {
    account.efs("POST", "file-systems", Json{{"CreationToken", std::to_string(i)}}.dump());
  }
  const auto seen = all(2, [&](const std::string& marker) {
    const std::string from = marker.empty() ? "" : "&Marker=" + marker;
    const auto answer = account.efs("GET", "file-systems?MaxItems=2" + from);
    const Json body = Json::parse(answer.response.body);
    std::vector<std::string> items;
    for (const auto& fs : body["FileSystems"])
      items.push_back(fs["FileSystemId"]);
    return Page{items, body.value("NextMarker", "")};
  });
  EXPECT_EQ(seen.size(), 5U);
}

}  // namespace
}  // namespace albatross::sim::test
