#include "orchestrator/stack_file_cases.hpp"

namespace albatross {
namespace {

SpecProblem at(int line, int column) {
  return {"f.yaml", line, column, "wrong"};
}

TEST(RenderProblem, shows_the_line_and_a_caret_under_the_place) {
  EXPECT_EQ(render_problem(at(2, 7), "name: x\ntier: gpu\n"),
            "f.yaml:2:7: wrong\n"
            " 2 | tier: gpu\n"
            "   |       ^\n");
}

TEST(RenderProblem, aligns_under_long_line_numbers) {
  EXPECT_EQ(render_problem(at(12, 1), std::string(11, '\n') + "abc"),
            "f.yaml:12:1: wrong\n"
            " 12 | abc\n"
            "    | ^\n");
}

TEST(RenderProblem, counts_characters_not_bytes_and_keeps_tabs) {
  EXPECT_EQ(render_problem(at(1, 7), "\t\"ä\": x\n"),
            "f.yaml:1:7: wrong\n"
            " 1 | \t\"ä\": x\n"
            "   | \t    ^\n");
}

TEST(RenderProblem, points_behind_the_end_of_a_line) {
  EXPECT_EQ(render_problem(at(1, 4), "abc\r\n"), "f.yaml:1:4: wrong\n 1 | abc\n   |    ^\n");
}

TEST(RenderProblem, shows_no_line_where_there_is_none) {
  EXPECT_EQ(render_problem(at(9, 1), "abc\n"), "f.yaml:9:1: wrong\n");
  EXPECT_EQ(render_problem(at(0, 0), "abc\n"), "f.yaml: wrong\n");
}

TEST(RenderProblem, cuts_long_lines_between_characters) {
  const std::string shown =
      render_problem(at(1, 1), "a" + std::string(60, ' ') + std::string(300, 'x'));
  EXPECT_LT(shown.size(), 140u);
  const std::string umlauts = render_problem(
      at(1, 1), "a" + [] {
        std::string text;
        for (int i = 0; i < 100; ++i)
          text += "ä";
        return text;
      }());
  EXPECT_NE(umlauts.find("ä…\n"), std::string::npos);
}

TEST(RenderProblem, does_not_show_user_data_that_stands_on_the_line) {
  EXPECT_EQ(render_problem(at(1, 14), "  user_data: \"PASSWORD=hunter2\"\n"),
            "f.yaml:1:14: wrong\n 1 |   user_data: …\n   |              ^\n");
  EXPECT_EQ(render_problem(at(1, 14), "  user_data: |2-\n"),
            "f.yaml:1:14: wrong\n 1 |   user_data: |2-\n   |              ^\n");
}

}  // namespace
}  // namespace albatross
