#include "albatross/orchestrator/graph.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

Node node(std::string name, Inputs inputs = {}) {
  Node out;
  out.name = std::move(name);
  out.kind = "vpc";
  out.inputs = std::move(inputs);
  return out;
}

TEST(Graph, RefsInInputsAndInListsAreDependencies) {
  Graph graph;
  graph.add(node("vpc"));
  graph.add(node("group"));
  Node& subnet = graph.add(node(
      "subnet", {{"vpc_id", Ref{"vpc"}}, {"groups", std::vector<Term>{Ref{"group"}, "sg-1"}}}));
  const auto dependencies = graph.dependencies(subnet);
  ASSERT_EQ(dependencies.size(), 2U);
  EXPECT_EQ(dependencies[0].node, "group");
  EXPECT_EQ(dependencies[1].node, "vpc");
}

TEST(Graph, TheStrongerMilestoneCounts) {
  Graph graph;
  graph.add(node("balancer"));
  Node wanted = node("health", {{"arn", Ref{"balancer"}}});
  wanted.after.push_back({"balancer", Milestone::ready});
  const auto dependencies = graph.dependencies(graph.add(std::move(wanted)));
  ASSERT_EQ(dependencies.size(), 1U);
  EXPECT_EQ(dependencies[0].milestone, Milestone::ready);
}

TEST(Graph, WhatOutlivesANodeIsWhatItNeedsAndWhatItNames) {
  Graph graph;
  graph.add(node("vpc"));
  graph.add(node("gateway"));
  Node instance = node("instance", {{"vpc_id", Ref{"vpc"}}});
  instance.outlived_by.push_back("gateway");
  EXPECT_EQ(graph.outlived_by(graph.add(std::move(instance))),
            (std::vector<std::string>{"gateway", "vpc"}));
}

TEST(Graph, RefusesDuplicatesUnknownNamesAndCycles) {
  Graph twice;
  twice.add(node("a"));
  EXPECT_THROW(twice.add(node("a")), std::logic_error);

  Graph unknown;
  unknown.add(node("a", {{"x", Ref{"b"}}}));
  EXPECT_THROW(unknown.check(), std::logic_error);

  Graph cycle;
  cycle.add(node("a", {{"x", Ref{"b"}}}));
  cycle.add(node("b", {{"x", Ref{"a"}}}));
  EXPECT_THROW(cycle.check(), std::logic_error);
}

TEST(Graph, AHandoverMayWaitForWhatNeedsTheNodeCreatedButNotReady) {
  const auto with_health_after = [](Milestone milestone) {
    Graph graph;
    Node rule = node("rule");
    rule.handover.until.push_back({"health", Milestone::ready});
    graph.add(std::move(rule));
    Node health = node("health");
    health.after.push_back({"rule", milestone});
    graph.add(std::move(health));
    return graph;
  };
  EXPECT_NO_THROW(with_health_after(Milestone::created).check());
  EXPECT_THROW(with_health_after(Milestone::ready).check(), std::logic_error);
}

TEST(Graph, ResolvingPutsValuesInThePlaceOfRefs) {
  const Inputs inputs{{"plain", "text"},
                      {"id", Ref{"vpc"}},
                      {"list", std::vector<Term>{"first", Ref{"subnet", "arn"}}}};
  const Properties resolved =
      resolve(inputs, [](const Ref& ref) { return ref.node + ":" + ref.output; });
  EXPECT_EQ(std::get<std::string>(resolved.at("plain")), "text");
  EXPECT_EQ(std::get<std::string>(resolved.at("id")), "vpc:id");
  EXPECT_EQ(std::get<std::vector<std::string>>(resolved.at("list")),
            (std::vector<std::string>{"first", "subnet:arn"}));
}

}  // namespace
}  // namespace albatross
