#include "cli/questions.hpp"

#include "cli/recording/session_tap.hpp"
#include "cli/terminal_answer.hpp"
#include "cli/text.hpp"

#include <iostream>
#include <optional>
#include <utility>

namespace albatross::cli {
namespace {

/// Puts the question, and looks whether the answer is recorded.
std::optional<std::string> recorded_answer(App& app, const std::string& question) {
  app.err() << question << std::flush;
  if (app.tap() == nullptr) return std::nullopt;
  std::optional<std::string> answer = app.tap()->answer();
  if (answer) app.err() << one_line(*answer) << "\n";
  return answer;
}

void keep(App& app, const std::string& answer) {
  if (app.tap() != nullptr) app.tap()->answered(answer);
}

}  // namespace

std::string ask_user(App& app, const std::string& question) {
  if (auto recorded = recorded_answer(app, question)) return std::move(*recorded);
  std::string answer;
  std::getline(std::cin, answer);
  keep(app, answer);
  return answer;
}

Task<std::string> ask_user_meanwhile(App& app, std::string question) {
  auto recorded = recorded_answer(app, question);
  if (recorded) co_return std::move(*recorded);
  std::string answer = co_await answer_on_terminal();
  keep(app, answer);
  co_return answer;
}

}  // namespace albatross::cli
