#include "albatross/orchestrator/stack_file.hpp"

#include "orchestrator/spec/lines.hpp"

#include <string>
#include <string_view>

namespace albatross {
namespace {

constexpr std::size_t shown_width = 100;
constexpr std::string_view secret_key = "user_data:";

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// The line cut to a width that a terminal has, and without what may be secret.
std::string shown_line(std::string_view line) {
  const auto secret = line.find(secret_key);
  if (secret != std::string_view::npos) {
    const auto rest = line.substr(secret + secret_key.size());
    if (rest.find_first_not_of(" |>+-0123456789") != std::string_view::npos)
      return std::string(line.substr(0, secret + secret_key.size())) + " …";
  }
  if (line.size() <= shown_width) return std::string(line);
  std::size_t cut = shown_width;
  while (cut > 0 && continues_character(line[cut]))
    --cut;
  return std::string(line.substr(0, cut)) + "…";
}

/// Blanks as wide as the text before the caret: a tab stays a tab, a character counts once.
std::string blanks_for(std::string_view before) {
  std::string out;
  for (const char c : before)
    if (!continues_character(c)) out += c == '\t' ? '\t' : ' ';
  return out;
}

}  // namespace

std::string render_problem(const SpecProblem& problem, std::string_view text) {
  std::string out = problem.text() + "\n";
  const auto line = problem.line > 0 ? spec::line_of(text, problem.line) : std::string_view();
  if (line.empty()) return out;
  const std::string number = std::to_string(problem.line);
  const std::string margin(number.size() + 1, ' ');
  const std::string shown = shown_line(line);
  out += " " + number + " | " + shown + "\n";
  const auto column = static_cast<std::size_t>(problem.column > 0 ? problem.column - 1 : 0);
  if (column < shown.size() || column == line.size())
    out += margin + " | " + blanks_for(line.substr(0, column)) + "^\n";
  return out;
}

}  // namespace albatross
