#include "cli/doctor/checkup.hpp"

#include "cli/findings_text.hpp"
#include "cli/json_parts.hpp"

#include <algorithm>
#include <sstream>

namespace albatross::cli {
namespace {

bool is_error(const Finding& finding) {
  return finding.severity == Finding::Severity::error;
}

std::string sign_of(Grade grade, const TextStyle& style) {
  switch (grade) {
    case Grade::good:
      return paint(Tone::good, style.unicode ? "✔" : "ok", style);
    case Grade::warning:
      return paint(Tone::warn, style.unicode ? "!" : "! ", style);
    case Grade::bad:
      return paint(Tone::bad, style.unicode ? "✘" : "x ", style);
  }
  return {};
}

void add_lines(std::string& out, const std::string& text, std::size_t indent, std::size_t width) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t room = width > indent + 20 ? width - indent : 0;
    for (const std::string& part : wrap(one_line(line), room))
      out += std::string(indent, ' ') + part + "\n";
  }
}

std::string check_text(const Check& check, std::size_t names, const TextStyle& style) {
  const std::size_t sign_width = style.unicode ? 1 : 2;
  const std::size_t indent = 2 + sign_width + 1;
  std::string head = "  " + sign_of(check.grade, style) + " " + pad_right(check.name, names) + "  ";
  const bool short_detail =
      check.detail.find('\n') == std::string::npos &&
      (style.width == 0 || indent + names + 2 + display_width(check.detail) <= style.width);
  std::string out = head + (short_detail ? one_line(check.detail) : std::string());
  while (out.ends_with(' '))
    out.pop_back();
  out += "\n";
  if (!short_detail) add_lines(out, check.detail, indent + 2, style.width);
  add_lines(out, check.hint, indent + 2, style.width);
  return out;
}

std::string verdict_of(const Checkup& checkup, const TextStyle& style) {
  const std::size_t problems = checkup.count(Grade::bad);
  const std::size_t warnings = checkup.count(Grade::warning);
  std::string out = problems == 0
                        ? paint(Tone::good, "No problems found", style)
                        : paint(Tone::bad, counted(problems, "problem") + " found", style);
  if (warnings != 0) out += ", " + counted(warnings, "warning");
  return out + ".\n";
}

}  // namespace

std::string_view to_string(Grade grade) {
  switch (grade) {
    case Grade::good:
      return "ok";
    case Grade::warning:
      return "warning";
    case Grade::bad:
      return "problem";
  }
  return "";
}

std::size_t Checkup::count(Grade grade) const {
  const auto of_checks = std::count_if(
      checks.begin(), checks.end(), [grade](const Check& check) { return check.grade == grade; });
  const auto of_findings =
      std::count_if(findings.begin(), findings.end(), [grade](const Finding& finding) {
        return grade != Grade::good && is_error(finding) == (grade == Grade::bad);
      });
  return static_cast<std::size_t>(of_checks + of_findings);
}

ExitCode Checkup::exit_code() const {
  if (count(Grade::bad) == 0) return ExitCode::done;
  const bool access =
      std::any_of(checks.begin(), checks.end(),
                  [](const Check& check) { return check.grade == Grade::bad && check.access; }) ||
      std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return is_error(finding) && finding.access_denied;
      });
  return access ? ExitCode::access : ExitCode::failed;
}

std::string checkup_text(const Checkup& checkup, const std::string& stack_file,
                         const TextStyle& style) {
  std::string out;
  std::string section;
  for (const Check& check : checkup.checks) {
    if (check.section != section) {
      section = check.section;
      out += (out.empty() ? "" : "\n") + paint(Tone::strong, section, style) + "\n";
    }
    std::size_t names = 0;
    for (const Check& other : checkup.checks) {
      if (other.section == section) names = std::max(names, display_width(other.name));
    }
    out += check_text(check, std::min<std::size_t>(names, 48), style);
  }
  if (!checkup.findings.empty()) {
    out += "\n" + paint(Tone::strong, "Stack file", style) + "\n" +
           findings_text(checkup.findings, stack_file, style);
  }
  return out + "\n" + verdict_of(checkup, style);
}

std::string checkup_json(const Checkup& checkup) {
  Json checks = Json::array();
  for (const Check& check : checkup.checks) {
    checks.push_back(Json{{"section", check.section},
                          {"name", check.name},
                          {"status", to_string(check.grade)},
                          {"detail", or_null(check.detail)},
                          {"hint", or_null(check.hint)}});
  }
  const ExitCode code = checkup.exit_code();
  const Json out{{"format", 1},
                 {"command", "doctor"},
                 {"outcome", code == ExitCode::done ? "done" : "failed"},
                 {"exit_code", static_cast<int>(code)},
                 {"account", or_null(checkup.account)},
                 {"problems", checkup.count(Grade::bad)},
                 {"warnings", checkup.count(Grade::warning)},
                 {"checks", std::move(checks)},
                 {"findings", findings_json(checkup.findings)}};
  return json_text(out, 2);
}

}  // namespace albatross::cli
