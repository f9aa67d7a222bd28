#include "cli/report_text.hpp"

#include "cli/findings_text.hpp"
#include "cli/node_text.hpp"
#include "cli/receipt_text.hpp"
#include "cli/stack_urls.hpp"
#include "cli/table.hpp"
#include "cli/target_lines.hpp"

#include <sstream>
#include <utility>

namespace albatross::cli {
namespace {

std::string heading(std::string_view text, const TextStyle& style) {
  return "\n" + paint(Tone::strong, text, style) + "\n";
}

std::string next_step(const std::string& when, const std::string& command, const TextStyle& style) {
  return when + "\n  " + paint(Tone::strong, command, style) + "\n";
}

std::string whole_story(const ReportContext& context, const TextStyle& style) {
  if (context.report_command.empty()) return {};
  return next_step("To see the whole run as a page:", context.report_command, style);
}

std::string targets_text(const std::vector<TargetState>& targets, const TextStyle& style) {
  Table table({"SERVICE", "INSTANCE", "ID", "PORT", "STATE", "REASON"});
  for (const TargetState& target : targets) {
    std::string why = target.reason;
    if (!target.description.empty()) why += (why.empty() ? "" : ": ") + target.description;
    if (!target.hint.empty()) why += (why.empty() ? "" : ". ") + target.hint;
    table.add({target.service, label(target.instance_node), target.instance_id,
               std::to_string(target.port), target.state, one_line(why)});
  }
  // A table whose names alone fill the line is none: then as in the live view.
  constexpr std::size_t useful_width = 110;
  if (style.width == 0 || style.width >= useful_width) return table.text(style, 2);
  std::string out;
  for (const std::string& line : target_lines(targets, style.width - 2, style))
    out += "  " + line + "\n";
  return out;
}

std::string urls_text(const StackRecord& stack, const TextStyle& style) {
  Table table;
  for (const auto& [service, url] : service_urls(stack))
    table.add({service, url});
  return table.empty() ? std::string{} : "\n" + table.text(style, 2);
}

std::string main_url(const StackRecord& stack) {
  const std::string dns = dns_name(stack);
  return dns.empty() ? std::string{} : "   http://" + dns;
}

std::string names_text(std::string_view title, const std::vector<std::string>& names,
                       const TextStyle& style) {
  if (names.empty()) return {};
  const std::string text = join(names, ", ");
  std::string out = std::string(title) + " (" + std::to_string(names.size()) + ")\n";
  for (const std::string& line : wrap(text, style.width > 4 ? style.width - 4 : 0)) {
    out += "  " + line + "\n";
  }
  return out;
}

std::vector<std::string> nodes_of(const std::vector<ResourceRecord>& records) {
  std::vector<std::string> names;
  for (const ResourceRecord& record : records)
    names.push_back(record.node);
  return names;
}

std::string what_is_left_text(const RunResult& result, const TextStyle& style) {
  std::string out;
  if (!result.removed.empty()) {
    out += "\n" + names_text("Removed again", nodes_of(result.removed), style);
  }
  std::vector<std::string> kept;
  for (const ResourceRecord& record : result.resources) {
    if (record.provenance == Provenance::created) kept.push_back(record.node);
  }
  if (kept.empty() && result.removed.empty()) {
    out += "\nNothing was created.\n";
  } else if (kept.empty()) {
    out += "\nNothing that this stack created is left.\n";
  } else if (result.left.empty()) {
    out += "\n" + names_text("Still there", kept, style);
  }
  return out + receipt_text(receipt_of(result), style);
}

std::string warnings_text(const RunResult& result, const TextStyle& style) {
  std::string out;
  for (const std::string& warning : result.warnings) {
    out += paint(Tone::warn, "Note: ", style) + one_line(warning) + "\n";
  }
  return out;
}

bool owns_anything(const RunResult& result) {
  for (const ResourceRecord& record : result.resources) {
    if (record.provenance == Provenance::created) return true;
  }
  return false;
}

std::string deployed_text(const RunResult& result, const ReportContext& context,
                          const TextStyle& style) {
  std::string line = "Ready in " + elapsed_text(context.elapsed);
  if (context.changes == 0) line += ", nothing to change";
  return paint(Tone::good, line, style) + main_url(result.stack) + "\n" +
         warnings_text(result, style) + urls_text(result.stack, style);
}

/// The sources of credentials that were tried come as lines of their own.
void add_message(Table& table, const Failure& failure) {
  std::istringstream lines(failure.code + ": " + failure.message);
  const char* title = "error";
  for (std::string line; std::getline(lines, line); title = "") {
    table.add({title, with_short_arns(one_line(line))});
  }
}

}  // namespace

std::string failure_text(const Failure& failure, const TextStyle& style,
                         const std::string& stack_file) {
  if (!failure.findings.empty()) {
    return "Found before the first change:\n" + findings_text(failure.findings, stack_file, style);
  }
  Table table;
  if (!failure.doing.empty()) table.add({"while", one_line(failure.doing)});
  const std::string& resource = failure.resource.empty() ? failure.node : failure.resource;
  if (!resource.empty()) table.add({"resource", one_line(short_id(resource))});
  add_message(table, failure);
  if (!failure.request_id.empty()) table.add({"request", failure.request_id});
  if (!failure.hint.empty()) table.add({"hint", one_line(failure.hint)});
  std::string out = table.text(style, 2);
  if (!failure.targets.empty()) {
    out += heading("Targets that are not healthy", style) + targets_text(failure.targets, style);
  }
  return out;
}

namespace {

std::string interrupted_text(const std::string& what, const RunResult& result,
                             const ReportContext& context, const std::string& command,
                             const TextStyle& style) {
  const std::string line = what + " interrupted after " + elapsed_text(context.elapsed);
  std::string out = paint(Tone::warn, line, style) + "\n";
  // What had failed before: that it was interrupted then is not all there is to know.
  if (result.failure) out += failure_text(*result.failure, style, context.stack_file);
  if (result.receipt) {
    out += what_is_left_text(result, style) + "\n";
  } else {
    out +=
        std::to_string(result.resources.size()) + " resources are recorded; nothing is lost.\n\n";
  }
  return out + next_step("To go on:", command, style);
}

}  // namespace

std::string deploy_report(const RunResult& result, const ReportContext& context,
                          const TextStyle& style) {
  if (result.outcome == Outcome::done) return deployed_text(result, context, style);
  if (result.outcome == Outcome::interrupted) {
    std::string out = interrupted_text("Deploying " + result.stack.name, result, context,
                                       context.deploy_command, style);
    return out + next_step("or, to remove it:", context.destroy_command, style);
  }
  std::string out =
      paint(Tone::bad,
            "Deploying " + result.stack.name + " failed after " + elapsed_text(context.elapsed),
            style) +
      "\n";
  if (result.failure) out += failure_text(*result.failure, style, context.stack_file);
  out += warnings_text(result, style);
  out += what_is_left_text(result, style) + "\n";
  out += next_step("To try again:", context.deploy_command, style);
  if (owns_anything(result)) {
    out += next_step("To remove what is there:", context.destroy_command, style);
  }
  return out + whole_story(context, style);
}

std::string destroy_report(const RunResult& result, const ReportContext& context,
                           const TextStyle& style) {
  const std::string after = elapsed_text(context.elapsed);
  if (result.outcome == Outcome::interrupted) {
    return interrupted_text("Destroying " + result.stack.name, result, context,
                            context.destroy_command, style);
  }
  const std::string receipt =
      names_text("Removed", context.removed, style) +
      names_text("Not touched, because not created by this stack", context.kept, style);
  if (result.outcome == Outcome::done) {
    const std::string line =
        "Destroyed " + result.stack.name + " in " + after + "; nothing of it is left";
    return paint(Tone::good, line, style) + "\n" + (receipt.empty() ? "" : "\n" + receipt) +
           receipt_text(receipt_of(result), style);
  }
  std::string out =
      paint(Tone::bad, "Destroying " + result.stack.name + " failed after " + after, style) + "\n";
  if (result.failure) out += failure_text(*result.failure, style);
  if (!receipt.empty()) out += "\n" + receipt;
  out += receipt_text(receipt_of(result), style);
  return out + "\n" + next_step("To try again:", context.destroy_command, style) +
         whole_story(context, style);
}

std::string rollback_report(const RunResult& result, const ReportContext& context,
                            const TextStyle& style) {
  const std::string after = elapsed_text(context.elapsed);
  const std::string& name = result.stack.name;
  if (result.outcome == Outcome::interrupted) {
    return interrupted_text("Rolling back " + name, result, context, context.rollback_command,
                            style);
  }
  const bool done = result.outcome == Outcome::done;
  std::string out =
      done ? paint(Tone::good, "Rolled back " + name + " in " + after, style) + "\n"
           : paint(Tone::bad, "Rolling back " + name + " failed after " + after, style) + "\n";
  if (result.failure) out += failure_text(*result.failure, style);
  if (result.removed.empty() && done) out += "\nThere was nothing to remove.\n";
  if (!result.removed.empty() || !done) out += what_is_left_text(result, style);
  out += "\n";
  if (!done) out += next_step("To try again:", context.rollback_command, style);
  if (owns_anything(result)) {
    out += next_step("To remove what is there:", context.destroy_command, style);
  }
  return out + (done ? std::string() : whole_story(context, style));
}

}  // namespace albatross::cli
