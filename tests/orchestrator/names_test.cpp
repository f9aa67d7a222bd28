#include "albatross/orchestrator/names.hpp"

#include <gtest/gtest.h>

#include <set>

namespace albatross {
namespace {

TEST(FitName, leaves_a_name_that_fits) {
  EXPECT_EQ(fit_name("ai-stack-alb", 32), "ai-stack-alb");
  EXPECT_EQ(fit_name(std::string(32, 'a'), 32), std::string(32, 'a'));
  EXPECT_EQ(fit_name("", 32), "");
}

TEST(FitName, shortens_to_the_limit_with_digits_of_the_whole) {
  const std::string name = fit_name(std::string(33, 'a'), 32);
  EXPECT_EQ(name.size(), 32u);
  EXPECT_TRUE(name.starts_with(std::string(23, 'a') + "-"));
  EXPECT_EQ(name.find_first_not_of("0123456789abcdef", 24), std::string::npos);
}

// These values are what deployed resources are called: they may never change.
TEST(FitName, gives_the_same_name_for_ever) {
  EXPECT_EQ(fit_name("a-stack-with-a-rather-long-name-alb", 32),
            "a-stack-with-a-rather-l-11ce0922");
  EXPECT_EQ(fit_name("my.stack", 32), "my-stack-ca7131b4");
}

TEST(FitName, tells_texts_apart_that_a_cut_would_make_equal) {
  std::set<std::string> names;
  for (int i = 0; i < 1000; ++i)
    names.insert(fit_name("a-stack-with-a-rather-long-name-" + std::to_string(i), 32));
  EXPECT_EQ(names.size(), 1000u);
}

TEST(FitName, tells_texts_apart_that_cleaning_would_make_equal) {
  EXPECT_NE(fit_name("a.b", 32), fit_name("a-b", 32));
  EXPECT_NE(fit_name("a.b", 32), fit_name("a_b", 32));
}

TEST(FitName, neither_doubles_nor_ends_in_a_hyphen_at_the_cut) {
  const std::string name = fit_name("abcdefghijklmnopqrstu--vwxyz0123456789", 32);
  EXPECT_EQ(name.find("--"), std::string::npos);
  EXPECT_LE(name.size(), 32u);
  EXPECT_TRUE(name.starts_with("abcdefghijklmnopqrstu-"));
}

TEST(FitName, keeps_to_limits_that_leave_room_for_digits_only) {
  for (std::size_t limit = 1; limit < 12; ++limit)
    EXPECT_LE(fit_name("a-long-name-that-never-fits", limit).size(), limit);
}

}  // namespace
}  // namespace albatross
