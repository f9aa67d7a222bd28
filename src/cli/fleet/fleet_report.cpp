#include "cli/fleet/fleet_report.hpp"

#include "cli/runs/event_lines.hpp"
#include "cli/runs/event_output.hpp"
#include "cli/table.hpp"

#include <algorithm>
#include <ostream>

namespace albatross::cli {
namespace {

std::string story_of(const MemberEnd& end, const TextStyle& style) {
  if (!end.result) {
    if (!end.error) return {};
    return paint(Tone::bad, end.stack, style) + ": " + error_text(*end.error);
  }
  const auto report = end.doing == "deploy"    ? deploy_report
                      : end.doing == "destroy" ? destroy_report
                                               : rollback_report;
  return report(*end.result, end.context, style);
}

std::string table_of(const std::vector<MemberEnd>& ends, const TextStyle& style) {
  const bool deploys = ends.front().doing == "deploy";
  Table table({"STACK", "STATE", "TIME", deploys ? "DNS NAME" : ""});
  for (const MemberEnd& end : ends) {
    table.add({end.stack, state_name(end), elapsed_text(end.context.elapsed), dns_name_of(end)});
  }
  return table.text(style);
}

std::string closing_line(const std::vector<MemberEnd>& ends, Duration elapsed,
                         const TextStyle& style) {
  const auto done =
      static_cast<std::size_t>(std::count_if(ends.begin(), ends.end(), [](const MemberEnd& end) {
        return end.exit_code == ExitCode::done;
      }));
  const std::string& doing = ends.front().doing;
  const std::string word = doing == "deploy"    ? "ready"
                           : doing == "destroy" ? "destroyed"
                                                : "rolled back";
  const bool all = done == ends.size();
  const std::string text = (all ? "All " + std::to_string(done)
                                : std::to_string(done) + " of " + std::to_string(ends.size())) +
                           " " + word + " in " + elapsed_text(elapsed);
  return paint(all ? Tone::good : Tone::bad, text, style) + "\n";
}

}  // namespace

std::string fleet_report(const std::vector<MemberEnd>& ends, const FleetContext& context,
                         const TextStyle& style) {
  std::string out;
  for (const MemberEnd& end : ends) {
    if (end.exit_code == ExitCode::done) continue;
    const std::string story = story_of(end, style);
    if (!story.empty()) out += story + "\n";
  }
  out += table_of(ends, style) + "\n" + closing_line(ends, context.elapsed, style);
  if (!context.next_command.empty()) {
    out += "To go on with what is not done:\n  " +
           paint(Tone::strong, context.next_command, style) + "\n";
  }
  return out;
}

ExitCode finish_fleet(App& app, const std::string& command, const std::vector<MemberEnd>& ends,
                      const FleetContext& context) {
  const ExitCode code = worst_of(ends);
  const bool done = code == ExitCode::done;
  if (app.event_output() != nullptr) {
    std::vector<StackEnding> endings;
    for (const MemberEnd& end : ends)
      endings.push_back({end.stack, std::string(outcome_name(end.exit_code)), end.exit_code});
    app.event_output()->write(
        summary_line(endings, std::string(outcome_name(code)), code, context.elapsed));
  }
  if (app.wants_json()) app.out() << fleet_json(command, ends, context) << std::flush;
  if (done && app.wants_json()) return code;
  const Channel& channel = done && !app.wants_document() ? app.console().out : app.console().err;
  TextStyle style = channel.style;
  if (channel.terminal) style.width = terminal_size(channel.descriptor).columns;
  if (!app.global().quiet) *channel.stream << "\n";
  *channel.stream << fleet_report(ends, context, style) << std::flush;
  return code;
}

}  // namespace albatross::cli
