#include "orchestrator/placement.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

std::vector<ChosenSubnet> subnets() {
  return {{"a", "subnet-a", "us-east-1a", ""},
          {"b", "subnet-b", "us-east-1b", ""},
          {"c", "subnet-c", "us-east-1c", ""}};
}

ResourceRecord instance(int index, const std::string& subnet) {
  ResourceRecord record;
  record.node = "instance.app." + std::to_string(index);
  record.kind = "instance";
  record.properties["subnet_id"] = subnet;
  return record;
}

using Indices = std::vector<std::size_t>;

TEST(PlaceInstances, NewOnesGoRound) {
  EXPECT_EQ(place_instances(5, subnets(), {}), (Indices{0, 1, 2, 0, 1}));
}

TEST(PlaceInstances, RecordedOnesStayAndTheOthersEvenOut) {
  const std::vector<ResourceRecord> known{instance(0, "subnet-b"), instance(1, "subnet-b")};
  EXPECT_EQ(place_instances(4, subnets(), known), (Indices{1, 1, 0, 2}));
}

TEST(PlaceInstances, ASubnetThatIsMadeIsKnownByItsRecord) {
  ResourceRecord subnet;
  subnet.node = "subnet.b";
  subnet.kind = "subnet";
  subnet.id = "subnet-made";
  const std::vector<ChosenSubnet> made{{"a", "", "us-east-1a", "10.0.0.0/20"},
                                       {"b", "", "us-east-1b", "10.0.16.0/20"}};
  EXPECT_EQ(place_instances(2, made, {subnet, instance(0, "subnet-made")}), (Indices{1, 0}));
}

TEST(PlaceInstances, ARecordOfASubnetThatIsNotChosenCountsForNothing) {
  EXPECT_EQ(place_instances(1, subnets(), {instance(0, "subnet-gone")}), Indices{0});
}

Properties in(const std::string& subnet) {
  return {{"subnet_id", subnet}};
}

TEST(NextPlace, IsTheEmptiestThatWasNotTried) {
  const std::vector<Properties> places{in("a"), in("b"), in("c")};
  const Properties other = in("b");
  EXPECT_EQ(next_place(places, {0}, {&other}), 2U);
  EXPECT_EQ(next_place(places, {0, 2}, {&other}), 1U);
  EXPECT_EQ(next_place(places, {0, 1, 2}, {&other}), std::nullopt);
  EXPECT_EQ(next_place(places, {0}, {}), 1U) << "the first of equals";
}

TEST(Places, AreLeftOneByOneAndNeverTakenTwice) {
  Places places({"a", "b"}, {in("a"), in("b")});
  ASSERT_TRUE(places.move_on(in("a"), {}));
  EXPECT_EQ(places.from(), "a");
  EXPECT_EQ(places.to(), "b");
  EXPECT_EQ(places.properties(), in("b"));
  EXPECT_FALSE(places.move_on(in("b"), {}));
}

TEST(Places, WithoutAnyThereIsNowhereToGo) {
  Places places({}, {});
  EXPECT_FALSE(places.move_on(in("a"), {}));
}

}  // namespace
}  // namespace albatross
