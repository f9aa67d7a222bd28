#include "orchestrator/doctor/boot_log.hpp"
#include "orchestrator/doctor/target_facts.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

TargetState target_with(const std::string& reason) {
  TargetState target;
  target.service = "web";
  target.instance_id = "i-1";
  target.port = 8080;
  target.state = "unhealthy";
  target.reason = reason;
  return target;
}

ec2::SecurityGroup group_of(const std::string& id, int port, const std::string& peer) {
  ec2::SecurityGroup group;
  group.group_id = id;
  ec2::IpPermission in;
  in.ip_protocol = "tcp";
  in.from_port = port;
  in.to_port = port;
  if (peer.find('/') == std::string::npos) {
    in.user_id_group_pairs.push_back({peer, "", ""});
  } else {
    in.ip_ranges.push_back({peer, ""});
  }
  group.ip_permissions = {in};
  ec2::IpPermission out;
  out.ip_protocol = "-1";
  out.ip_ranges.push_back({"0.0.0.0/0", ""});
  group.ip_permissions_egress = {out};
  return group;
}

/// sg-alb may reach sg-app on 8080.
GroupFacts sound_facts() {
  GroupFacts facts;
  facts.group.emplace();
  facts.group->health_check_port = "traffic-port";
  facts.group->health_check_path = "/";
  facts.group->health_check_timeout_seconds = 5;
  facts.group->health_check_interval_seconds = 30;
  facts.group->matcher.http_code = "200";
  facts.balancer.emplace();
  facts.balancer->security_groups = {"sg-alb"};
  facts.balancer->availability_zones = {{"us-east-1a", "subnet-1"}};
  ec2::Instance instance;
  instance.instance_id = "i-1";
  instance.state.name = "running";
  instance.placement.availability_zone = "us-east-1a";
  instance.security_groups.push_back({"sg-app", "app"});
  facts.instances["i-1"] = instance;
  facts.security_groups["sg-app"] = group_of("sg-app", 8080, "sg-alb");
  facts.security_groups["sg-alb"] = group_of("sg-alb", 80, "0.0.0.0/0");
  facts.boots["i-1"] = BootStage::finished;
  return facts;
}

TEST(LikelyCause, OfATimeoutIsAClosedGroupFirst) {
  GroupFacts facts = sound_facts();
  EXPECT_NE(likely_cause(target_with("Target.Timeout"), facts).find("let it through"),
            std::string::npos);
  facts.security_groups["sg-app"] = group_of("sg-app", 9090, "sg-alb");
  EXPECT_NE(likely_cause(target_with("Target.Timeout"), facts).find("sg-app of the instance"),
            std::string::npos);
  facts.security_groups["sg-app"] = group_of("sg-app", 8080, "sg-other");
  EXPECT_NE(likely_cause(target_with("Target.Timeout"), facts).find("sg-app of the instance"),
            std::string::npos);
}

TEST(LikelyCause, AccusesNoGroupThatMayBeOpen) {
  GroupFacts facts = sound_facts();
  facts.security_groups["sg-app"] = group_of("sg-app", 8080, "10.0.0.0/16");
  EXPECT_EQ(likely_cause(target_with("Target.Timeout"), facts).find("has no rule"),
            std::string::npos);
  facts.security_groups.erase("sg-app");
  EXPECT_EQ(likely_cause(target_with("Target.Timeout"), facts).find("has no rule"),
            std::string::npos);
}

TEST(LikelyCause, LooksAtTheWayOutToo) {
  GroupFacts facts = sound_facts();
  facts.security_groups["sg-alb"].ip_permissions_egress.clear();
  EXPECT_NE(likely_cause(target_with("Target.Timeout"), facts).find("no outbound rule"),
            std::string::npos);
}

TEST(LikelyCause, KnowsAPortOfItsOwnForChecks) {
  GroupFacts facts = sound_facts();
  facts.group->health_check_port = "9000";
  const std::string cause = likely_cause(target_with("Target.Timeout"), facts);
  EXPECT_NE(cause.find("port 9000 (services.web.health.port)"), std::string::npos) << cause;
}

TEST(LikelyCause, SaysWhenTimeoutAndIntervalLeaveNoRoom) {
  GroupFacts facts = sound_facts();
  facts.group->health_check_interval_seconds = 6;
  const std::string cause = likely_cause(target_with("Target.Timeout"), facts);
  EXPECT_NE(cause.find("and .interval, now 6 s"), std::string::npos) << cause;
}

TEST(LikelyCause, OfAnInstanceThatIsNotThereIsItsState) {
  GroupFacts facts = sound_facts();
  facts.instances["i-1"].state.name = "stopped";
  EXPECT_NE(likely_cause(target_with("Target.InvalidState"), facts).find("The instance is stopped"),
            std::string::npos);
  facts.instances["i-1"].placement.availability_zone = "us-east-1f";
  EXPECT_NE(likely_cause(target_with("Target.NotInUse"), facts)
                .find("in us-east-1f, the load balancer in us-east-1a only"),
            std::string::npos);
}

TEST(LikelyCause, IsSilentWithoutFacts) {
  for (const char* reason : {"Target.Timeout", "Target.FailedHealthChecks", "Target.NotInUse",
                             "Target.ResponseCodeMismatch", "Target.InvalidState", ""})
    EXPECT_EQ(likely_cause(target_with(reason), GroupFacts()), "") << reason;
}

TEST(BootLog, KnowsHowFarItIs) {
  const std::string boot = "[    0.0] Linux version 6.1\n";
  const std::string init = boot + "cloud-init[1]: Cloud-init v. 22.2.2 running 'init' at x\n";
  const std::string final = init + "cloud-init[1]: Cloud-init v. 22 running 'modules:final' at x\n";
  const std::string done = "cloud-init[1]: Cloud-init v. 22 finished at x. Up 40 seconds\n";
  EXPECT_EQ(read_boot_log(""), BootStage::unknown);
  EXPECT_EQ(read_boot_log(boot), BootStage::booting);
  EXPECT_EQ(read_boot_log(init), BootStage::booting);
  EXPECT_EQ(read_boot_log(final), BootStage::user_data);
  EXPECT_EQ(read_boot_log(final + done), BootStage::finished);
  const std::string waits = final + "cloud-init[2]: albatross 2026 no mount target answers yet\n";
  EXPECT_EQ(read_boot_log(waits), BootStage::awaiting_storage);
  EXPECT_EQ(read_boot_log(waits + "albatross 2026 running the user data\n"), BootStage::user_data);
  EXPECT_EQ(read_boot_log(waits +
                          "albatross x giving up: fs-1 is not mounted, so the user data "
                          "is not run\nFailed to run module scripts-user\n" +
                          done),
            BootStage::storage_failed);
  EXPECT_EQ(read_boot_log(final + "albatross x the user data ended with status 1\n" + done),
            BootStage::user_data_failed);
  EXPECT_EQ(read_boot_log(final + "albatross x the user data ended with status 0\n" + done),
            BootStage::finished);
  EXPECT_EQ(read_boot_log(final + "Failed to run module scripts-user\n" + final + done),
            BootStage::finished)
      << "the last boot counts";
}

}  // namespace
}  // namespace albatross
