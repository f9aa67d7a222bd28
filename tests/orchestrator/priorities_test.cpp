#include "orchestrator/priorities.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

using Numbers = std::vector<int>;

TEST(AssignPriorities, CountsInTensAtFirst) {
  EXPECT_EQ(assign_priorities({{}, {}, {}}, {}), (Numbers{10, 20, 30}));
}

TEST(AssignPriorities, LeavesFixedOnesWhereTheyAreAndStepsAround) {
  EXPECT_EQ(assign_priorities({{}, {.fixed = 20}, {}, {.fixed = 5}, {}}, {}),
            (Numbers{10, 20, 30, 5, 40}));
}

TEST(AssignPriorities, MovesNoRuleForANewOneInTheMiddle) {
  const Numbers now = assign_priorities({{0, 10}, {}, {0, 20}}, {});
  EXPECT_EQ(now[0], 10);
  EXPECT_EQ(now[2], 20);
  EXPECT_GT(now[1], 10);
  EXPECT_LT(now[1], 20);
}

TEST(AssignPriorities, PutsANewFirstOneBeforeAllOthers) {
  const Numbers now = assign_priorities({{}, {}, {0, 10}, {0, 20}}, {});
  EXPECT_LT(now[0], now[1]);
  EXPECT_LT(now[1], 10);
  EXPECT_EQ(now[2], 10);
}

TEST(AssignPriorities, KeepsAsManyAsItCanWhenTheOrderChanges) {
  // The last one moves to the front; the others stay.
  const Numbers now = assign_priorities({{0, 30}, {0, 10}, {0, 20}}, {});
  EXPECT_EQ(now[1], 10);
  EXPECT_EQ(now[2], 20);
  EXPECT_LT(now[0], 10);
}

TEST(AssignPriorities, NeverGivesOutANumberThatIsInUse) {
  // Two rules swap: neither may take the other's number while that one still has it.
  const Numbers swapped = assign_priorities({{0, 20}, {0, 10}}, {});
  EXPECT_LT(swapped[0], swapped[1]);
  EXPECT_TRUE(swapped[0] == 20 || swapped[1] == 10);
  EXPECT_TRUE(swapped[0] != 10 && swapped[1] != 20);
  EXPECT_EQ(assign_priorities({{}, {}}, {10, 20}), (Numbers{30, 40}));
}

TEST(AssignPriorities, MakesRoomWhereNoneIs) {
  const Numbers now = assign_priorities({{0, 1}, {}, {0, 2}, {0, 3}}, {});
  EXPECT_EQ(now[0], 1);
  for (std::size_t i = 1; i < now.size(); ++i)
    EXPECT_LT(now[i - 1], now[i]);
}

TEST(AssignPriorities, AHundredAtTheFrontOneByOneStayInOrder) {
  std::vector<PriorityWish> wishes;
  for (int round = 0; round < 100; ++round) {
    wishes.insert(wishes.begin(), PriorityWish{});
    const Numbers now = assign_priorities(wishes, {});
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      ASSERT_GE(now[i], 1);
      ASSERT_LE(now[i], 50000);
      if (i > 0) {
        ASSERT_LT(now[i - 1], now[i]);
      }
      wishes[i].remembered = now[i];
    }
  }
}

TEST(AssignPriorities, ARuleWhoseNumberIsFixedForAnotherGivesWay) {
  const Numbers now = assign_priorities({{0, 10}, {.fixed = 10}}, {});
  EXPECT_NE(now[0], 10);
  EXPECT_EQ(now[1], 10);
}

}  // namespace
}  // namespace albatross
