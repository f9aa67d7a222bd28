#include "cli/text.hpp"

#include "cli/table.hpp"

#include <gtest/gtest.h>

namespace albatross::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const TextStyle unicode{false, true, 80};
const TextStyle ascii{false, false, 80};

TEST(Text, ElapsedTimeIsShortAndNeverRoundsUpToSixtySeconds) {
  EXPECT_EQ(elapsed_text(milliseconds{0}), "0.0s");
  EXPECT_EQ(elapsed_text(milliseconds{1149}), "1.1s");
  EXPECT_EQ(elapsed_text(milliseconds{59999}), "59.9s");
  EXPECT_EQ(elapsed_text(seconds{60}), "1m00s");
  EXPECT_EQ(elapsed_text(seconds{174}), "2m54s");
  EXPECT_EQ(elapsed_text(seconds{3720}), "1h02m");
}

TEST(Text, AgeUsesOneUnitAndIsNeverNegative) {
  const WallTime now{seconds{1'000'000}};
  EXPECT_EQ(age_text(1'000'005'000, now), "0s");
  EXPECT_EQ(age_text(999'900'000, now), "100s");
  EXPECT_EQ(age_text(999'700'000, now), "5m");
  EXPECT_EQ(age_text(990'000'000, now), "2h");
  EXPECT_EQ(age_text(100'000'000, now), "10d");
}

TEST(Text, WidthCountsColumnsAndNotBytesOrEscapes) {
  EXPECT_EQ(display_width("◐ ALB…"), 6U);
  EXPECT_EQ(display_width(paint(Tone::bad, "abc", TextStyle{true, true, 0})), 3U);
  EXPECT_EQ(pad_right("✔", 3), "✔  ");
  EXPECT_EQ(pad_left("1s", 4), "  1s");
}

TEST(Text, ClippingKeepsWholeCharactersAndSaysThatItClipped) {
  EXPECT_EQ(clip("exact", 5, unicode), "exact");
  EXPECT_EQ(clip("ünïcödé text", 8, unicode), "ünïcödé…");
  EXPECT_EQ(clip("plain text", 8, ascii), "plain..");
  EXPECT_EQ(clip("plain", 1, ascii), ".");
  EXPECT_EQ(clip("plain", 0, ascii), "");
}

TEST(Text, ClippingPaintedTextCountsNoEscapesAndEndsTheColor) {
  const TextStyle color{true, true, 0};
  const std::string painted = "ab" + paint(Tone::good, "cdefgh", color);
  EXPECT_EQ(clip_painted(painted, 8, color), painted);
  EXPECT_EQ(clip_painted(painted, 5, color), "ab\x1b[32mcd…\x1b[0m");
  EXPECT_EQ(clip_painted("ünïcödé", 4, unicode), "ünï…");
}

TEST(Text, ControlCharactersOfOthersNeverReachTheTerminal) {
  EXPECT_EQ(one_line("a\x1b[2Jb\r\nc\t d "), "a [2Jb c d");
}

TEST(Text, WrappingBreaksAtBlanksOnly) {
  const std::vector<std::string> expected{"one two", "three", "a-very-long-word", "x"};
  EXPECT_EQ(wrap("one two three a-very-long-word x", 8), expected);
  EXPECT_EQ(wrap("", 8).size(), 1U);
}

TEST(Text, WordsForTheShellAreQuotedOnlyWhereNeeded) {
  EXPECT_EQ(shell_word("examples/ai-stack.yaml"), "examples/ai-stack.yaml");
  EXPECT_EQ(shell_word("my stack"), "'my stack'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(Table, ColumnsAreAsWideAsTheirContentAndLinesEndWithoutBlanks) {
  Table table({"A", "LONG"});
  table.add({"wider", "1"});
  table.add({"b", ""});
  EXPECT_EQ(table.text(TextStyle{}, 2), "  A      LONG\n  wider  1\n  b\n");
}

TEST(Table, TheLastColumnNeverLeavesTheTerminalToWrapIt) {
  Table table;
  table.add({"subnet.a", "available", "not created by this stack"});
  EXPECT_EQ(table.text({false, false, 36}),
            "subnet.a  available  not created by\n"
            "                     this stack\n");
  EXPECT_EQ(table.text({false, false, 30}),
            "subnet.a  available\n"
            "    not created by this stack\n");
  EXPECT_EQ(table.text({false, false, 24}),
            "subnet.a  available\n"
            "    not created by this\n"
            "    stack\n");
}

TEST(Table, TheLastColumnWrapsBeneathItself) {
  Table table;
  table.add({"error", "one two three four five six"});
  EXPECT_EQ(table.text(TextStyle{false, false, 28}),
            "error  one two three four\n"
            "       five six\n");
}

}  // namespace
}  // namespace albatross::cli
