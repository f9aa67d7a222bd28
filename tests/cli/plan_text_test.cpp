#include "cli/plan_text.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace albatross::cli {
namespace {

Plan sample() {
  Plan plan;
  plan.stack = "shop";
  plan.region = "us-east-1";
  plan.account = "123456789012";
  plan.exists = true;
  plan.nodes = {
      {"vpc", "vpc", Step::network, PlanAction::reuse, "vpc-1", {}, ""},
      {"ingress.app",
       "security_group_rules",
       Step::security_groups,
       PlanAction::update,
       "sg-1/x",
       {{"sources", "10.0.0.0/8", "0.0.0.0/0", true}},
       ""},
      {"instance.app.0",
       "instance",
       Step::instances,
       PlanAction::replace,
       "i-0a1b2c3d4e5f60718",
       {{"type", "t3.small", "t3.large", false}},
       ""},
      {"instance.app.1",
       "instance",
       Step::instances,
       PlanAction::create,
       "",
       {{"type", "", "t3.large", false}},
       "gone (i-1): removed outside"},
      {"instance.app.2", "instance", Step::instances, PlanAction::remove, "i-2", {}, ""},
      {"load_balancer", "load_balancer", Step::load_balancer, PlanAction::keep, "arn:x", {}, ""}};
  return plan;
}

TEST(PlanText, GroupsByStepShowsOldAndNewAndSumsUp) {
  TextStyle style;
  style.width = 80;
  EXPECT_EQ(plan_text(sample(), style),
            "Plan for shop in us-east-1 (account 123456789012)\n"
            "\n"
            "Network\n"
            "  = vpc             used as it is  vpc-1\n"
            "Security groups\n"
            "  ~ ingress.app     change in place  sg-1/x\n"
            "      sources: 10.0.0.0/8 -> 0.0.0.0/0  (changed outside)\n"
            "Instances\n"
            "  * instance.app.0  replace  i-0a1b2c3d4e5f60718\n"
            "      type: t3.small -> t3.large\n"
            "  + instance.app.1  create  t3.large (gone (i-1): removed outside)\n"
            "  - instance.app.2  delete  i-2\n"
            "\n"
            "1 to create, 1 to change, 1 to replace, 1 to delete; 1 stays as is; 1 reused.\n");
}

TEST(PlanText, SaysThatThereIsNothingToDo) {
  Plan plan = sample();
  plan.nodes.erase(plan.nodes.begin(), plan.nodes.end() - 1);
  EXPECT_EQ(plan_summary(plan), "Nothing to do; 1 stays as is.");
  EXPECT_FALSE(plan.changes());
}

TEST(PlanText, CutsALineThatIsTooLongForTheTerminal) {
  Plan plan = sample();
  plan.nodes[3].why = std::string(200, 'x');
  TextStyle style;
  style.width = 60;
  std::istringstream lines(plan_text(plan, style));
  for (std::string line; std::getline(lines, line);) {
    const bool summary = line.find("to create,") != std::string::npos;
    if (summary) continue;
    EXPECT_LE(display_width(line), 60U) << line;
  }
}

TEST(PlanJson, HasEveryNodeWithItsActionAndChanges) {
  const std::string json = plan_json(sample());
  EXPECT_NE(json.find("\"action\": \"replace\""), std::string::npos) << json;
  EXPECT_NE(json.find("\"before\": \"t3.small\""), std::string::npos);
  EXPECT_NE(json.find("\"changed_outside\": true"), std::string::npos);
  EXPECT_NE(json.find("\"keep\": 1"), std::string::npos);
}

}  // namespace
}  // namespace albatross::cli
