// What a simulation of a plan says is what a deploy does.
#include "cli/rehearsal/rehearsal_text.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace albatross::cli {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

std::set<std::string> nodes_of(const std::vector<Event>& events, EventType type) {
  std::set<std::string> out;
  for (const Event& event : events) {
    if (event.type == type) out.insert(event.node);
  }
  return out;
}

bool changes_something(const std::string& action) {
  return !action.starts_with("Describe") && !action.starts_with("Get") &&
         !action.starts_with("List") && !action.starts_with("DryRun");
}

TEST(Rehearsal, OfANewStackIsTheDeploymentItself) {
  SimulatedRun real;
  const RunResult up = real.deploy(stack_of(two_service_stack));
  const Rehearsal rehearsal = rehearse(stack_of(two_service_stack), AccountPicture(), "");
  ASSERT_EQ(rehearsal.result.outcome, Outcome::done)
      << (rehearsal.result.failure ? rehearsal.result.failure->text() : "");
  EXPECT_EQ(nodes_of(rehearsal.events, EventType::resource_created),
            nodes_of(real.events, EventType::resource_created));
  for (const auto& [name, count] : rehearsal.calls) {
    const std::string action = name.substr(name.find(' ') + 1);
    // Beside the two that launch there are tries before the profile is visible, as chance has it.
    if (action == "RunInstances" || !changes_something(action)) continue;
    EXPECT_EQ(count, real.succeeded(action)) << name;
  }
  EXPECT_GE(rehearsal.calls.at("ec2 RunInstances"), 2U);
  EXPECT_EQ(real.succeeded("RunInstances"), 2U);
  EXPECT_NEAR(std::chrono::duration<double>(rehearsal.took).count(), real.last_run_seconds, 10);
}

/// The picture that a plan of the real account gives.
AccountPicture picture_of(SimulatedRun& real, const RunResult& up, const Stack& wanted) {
  AccountPicture out;
  out.seen = true;
  out.plan = real.plan(wanted);
  out.stack = up.stack;
  out.resources = up.resources;
  return out;
}

TEST(Rehearsal, OfAStackThatStandsUnchangedDoesNothing) {
  SimulatedRun real;
  const Stack stack = stack_of(two_service_stack);
  const RunResult up = real.deploy(stack);
  const Rehearsal rehearsal = rehearse(stack, picture_of(real, up, stack), "");
  ASSERT_EQ(rehearsal.result.outcome, Outcome::done)
      << (rehearsal.result.failure ? rehearsal.result.failure->text() : "");
  EXPECT_EQ(nodes_of(rehearsal.events, EventType::resource_created), std::set<std::string>());
  EXPECT_EQ(nodes_of(rehearsal.events, EventType::resource_updated), std::set<std::string>());
  for (const auto& [call, count] : rehearsal.calls) {
    const bool reads =
        call.find(" Describe") != std::string::npos || call.find(" Get") != std::string::npos;
    EXPECT_TRUE(reads) << call;
  }
}

TEST(Rehearsal, OfAChangeIsThatChange) {
  SimulatedRun real;
  Stack stack = stack_of(two_service_stack);
  const RunResult up = real.deploy(stack);
  stack.services[1].port = 9091;
  stack.instances.user_data = Secret("#!/bin/sh\nserve --password=hunter3\n");
  const Rehearsal rehearsal = rehearse(stack, picture_of(real, up, stack), "");
  ASSERT_EQ(rehearsal.result.outcome, Outcome::done)
      << (rehearsal.result.failure ? rehearsal.result.failure->text() : "");
  real.events.clear();
  real.deploy(stack);
  EXPECT_EQ(nodes_of(rehearsal.events, EventType::resource_replacing),
            nodes_of(real.events, EventType::resource_replacing));
  EXPECT_EQ(nodes_of(rehearsal.events, EventType::resource_created),
            nodes_of(real.events, EventType::resource_created));
}

TEST(Rehearsal, DrillsWhatTheFaultFileSays) {
  const Rehearsal rehearsal =
      rehearse(stack_of(two_service_stack), AccountPicture(),
               R"({"rules": [{"kind": "api_error", "action": "CreateLoadBalancer",
                              "code": "TooManyLoadBalancers"}]})");
  EXPECT_EQ(rehearsal.result.outcome, Outcome::failed);
  EXPECT_EQ(rehearsal.faults.at("api_error"), 1U);
  const std::string text = rehearsal_text(rehearsal, TextStyle());
  EXPECT_NE(text.find("It fails: "), std::string::npos) << text;
  EXPECT_NE(text.find("rolled back"), std::string::npos) << text;
  EXPECT_THROW(rehearse(stack_of(two_service_stack), AccountPicture(), "{nonsense"),
               std::invalid_argument);
}

TEST(Rehearsal, WhatOnlyTheRealAccountHasGetsAStandIn) {
  Stack stack = stack_of(two_service_stack);
  stack.network = NetworkSpec{};
  stack.network.mode = NetworkSpec::Mode::existing;
  stack.network.vpc_id = "vpc-0123";
  stack.instances.image = "ami-00000000000000001";
  stack.instances.type = "x9gd.mega";
  stack.instances.key_name = "mine";
  AccountPicture picture;
  picture.default_vpc = false;
  picture.network_zones = {"us-east-1b", "us-east-1c", "us-east-1b"};
  const Stack other = simulable(stack, picture);
  EXPECT_EQ(other.network.zones, (std::vector<std::string>{"us-east-1b", "us-east-1c"}));
  EXPECT_EQ(other.instances.type, "t4g.small");
  const Rehearsal rehearsal = rehearse(stack, picture, "");
  EXPECT_EQ(rehearsal.result.outcome, Outcome::done)
      << (rehearsal.result.failure ? rehearsal.result.failure->text() : "");
}

TEST(RehearsalText, FitsATerminalAndCountsTheCalls) {
  TextStyle style;
  style.width = 80;
  const std::string text =
      rehearsal_text(rehearse(stack_of(two_service_stack), AccountPicture(), ""), style);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    EXPECT_LE(display_width(line), 80U) << line;
  EXPECT_NE(text.find("ready after "), std::string::npos) << text;
  EXPECT_NE(text.find("RunInstances "), std::string::npos) << text;
}

}  // namespace
}  // namespace albatross::cli
