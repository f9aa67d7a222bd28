#include "cli/findings_text.hpp"

#include "albatross/orchestrator/stack_file.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

namespace albatross::cli {
namespace {

std::string text_of_file(const std::string& path) {
  if (path.empty()) return {};
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string sign_of(const Finding& finding, const TextStyle& style) {
  const bool error = finding.severity == Finding::Severity::error;
  return paint(error ? Tone::bad : Tone::warn, error ? "error: " : "warning: ", style);
}

void add_wrapped(std::string& out, const std::string& text, const TextStyle& style) {
  if (text.empty()) return;
  constexpr std::size_t indent = 4;
  const std::size_t room = style.width > indent + 20 ? style.width - indent : 0;
  for (const std::string& line : wrap(one_line(text), room))
    out += std::string(indent, ' ') + line + "\n";
}

/// "stack.yaml:5:9: " and the line below it, where there is a place.
struct Place {
  std::string where;
  std::string lines;
};

Place place_of(const Finding& finding, const std::string& file, const std::string& text) {
  if (finding.member.empty() || text.empty()) return {};
  const SpecProblem problem = problem_at(text, file, finding.member, "");
  std::istringstream rendered(render_problem(problem, text));
  Place out;
  std::getline(rendered, out.where);
  for (std::string line; std::getline(rendered, line);)
    out.lines += "  " + line + "\n";
  return out;
}

}  // namespace

std::string findings_text(const std::vector<Finding>& findings, const std::string& stack_file,
                          const TextStyle& style) {
  const std::string text = text_of_file(stack_file);
  std::string out;
  for (const Finding& finding : findings) {
    const Place place = place_of(finding, stack_file, text);
    const std::string head = place.where + finding.message;
    const std::size_t room = style.width > 30 ? style.width - 2 : 0;
    bool first = true;
    for (const std::string& line : wrap(one_line(head), room)) {
      out += "  " + (first ? sign_of(finding, style) : std::string("  ")) + line + "\n";
      first = false;
    }
    out += place.lines;
    add_wrapped(out, finding.hint, style);
    if (!finding.request_id.empty()) add_wrapped(out, "request " + finding.request_id, style);
  }
  return out;
}

}  // namespace albatross::cli
