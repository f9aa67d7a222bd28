#include "cli/plan_text.hpp"

#include "cli/findings_text.hpp"
#include "cli/node_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace albatross::cli {
namespace {

std::string_view heading(Step step) {
  static constexpr std::array<std::string_view, step_count> headings{
      "Network",       "Security groups", "Storage",       "Instances",
      "Load balancer", "Target groups",   "Registrations", "Health"};
  return headings[static_cast<std::size_t>(step)];
}

struct Mark {
  std::string_view sign;
  Tone tone;
  std::string_view words;
};

Mark mark_of(PlanAction action) {
  switch (action) {
    case PlanAction::create:
      return {"+", Tone::good, "create"};
    case PlanAction::update:
      return {"~", Tone::warn, "change in place"};
    case PlanAction::replace:
      return {"*", Tone::warn, "replace"};
    case PlanAction::remove:
      return {"-", Tone::bad, "delete"};
    case PlanAction::forget:
      return {"-", Tone::dim, "no longer used; it stays"};
    case PlanAction::reuse:
      return {"=", Tone::dim, "used as it is"};
    case PlanAction::refuse:
      return {"!", Tone::bad, "cannot be changed"};
    case PlanAction::keep:
      return {" ", Tone::plain, "stays"};
  }
  return {" ", Tone::plain, ""};
}

/// What tells one new thing from another at a glance.
std::string gist(const PlanNode& node) {
  for (const char* property :
       {"type", "cidr", "name", "priority", "port", "ports", "instance_nodes", "destination"}) {
    for (const PlanChange& change : node.changes) {
      if (change.property == property && !change.after.empty()) return change.after;
    }
  }
  return "";
}

std::string about(const PlanNode& node) {
  std::string out{mark_of(node.action).words};
  const bool creates = node.action == PlanAction::create;
  const std::string what = one_line(creates ? gist(node) : short_id(node.id));
  // Two blanks, as between columns; one_line() would make one of them.
  if (!what.empty()) out += "  " + what;
  if (!node.why.empty()) out += " (" + one_line(node.why) + ")";
  return out;
}

std::string shown(const std::string& text) {
  return text.empty() ? "(none)" : with_short_arns(one_line(text));
}

std::string change_text(const PlanChange& change, const TextStyle& style) {
  if (change.property == "state") return "it is " + shown(change.before);
  return change.property + ": " + shown(change.before) + (style.unicode ? " → " : " -> ") +
         shown(change.after) + (change.outside ? "  (changed outside)" : "");
}

void add_lines(std::string& out, const std::string& text, std::size_t indent, Tone tone,
               const TextStyle& style) {
  const std::size_t width = style.width > indent + 20 ? style.width - indent : 0;
  for (const std::string& line : wrap(text, width))
    out += std::string(indent, ' ') + paint(tone, line, style) + "\n";
}

std::string node_text(const PlanNode& node, std::size_t name_width, const TextStyle& style) {
  const Mark mark = mark_of(node.action);
  std::string line = "  " + paint(mark.tone, mark.sign, style) + " " +
                     pad_right(node.node, name_width) + "  " + about(node);
  if (style.width != 0) line = clip(line, style.width, style);
  std::string out = line + "\n";
  if (node.action == PlanAction::create) return out;
  for (const PlanChange& change : node.changes)
    add_lines(out, change_text(change, style), 6, Tone::plain, style);
  return out;
}

bool is_shown(const PlanNode& node) {
  return node.action != PlanAction::keep;
}

std::string steps_text(const Plan& plan, const TextStyle& style) {
  std::size_t widest = 0;
  for (const PlanNode& node : plan.nodes) {
    if (is_shown(node)) widest = std::max(widest, node.node.size());
  }
  std::string out;
  std::string_view last;
  for (const PlanNode& node : plan.nodes) {
    if (!is_shown(node)) continue;
    if (heading(node.step) != last) {
      last = heading(node.step);
      out += paint(Tone::strong, last, style) + "\n";
    }
    out += node_text(node, widest, style);
  }
  return out;
}

}  // namespace

std::string plan_summary(const Plan& plan) {
  static constexpr std::array<std::pair<PlanAction, std::string_view>, 6> parts{{
      {PlanAction::create, "to create"},
      {PlanAction::update, "to change"},
      {PlanAction::replace, "to replace"},
      {PlanAction::remove, "to delete"},
      {PlanAction::forget, "no longer used"},
      {PlanAction::refuse, "that cannot be changed"},
  }};
  std::string out;
  for (const auto& [action, words] : parts) {
    const std::size_t count = plan.count(action);
    if (count == 0) continue;
    out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(words);
  }
  if (out.empty()) out = "Nothing to do";
  const std::size_t kept = plan.count(PlanAction::keep);
  const std::size_t reused = plan.count(PlanAction::reuse);
  if (kept != 0) out += "; " + std::to_string(kept) + (kept == 1 ? " stays" : " stay") + " as is";
  if (reused != 0) out += "; " + std::to_string(reused) + " reused";
  return out + ".";
}

std::string plan_text(const Plan& plan, const TextStyle& style) {
  std::string out = "Plan for " + paint(Tone::strong, plan.stack, style) + " in " + plan.region;
  if (!plan.account.empty()) out += " (account " + plan.account + ")";
  out += plan.exists ? "\n\n" : ", which is not deployed yet\n\n";
  const std::string steps = steps_text(plan, style);
  if (!steps.empty()) out += steps + "\n";
  add_lines(out, plan_summary(plan), 0, Tone::strong, style);
  if (!plan.findings.empty()) out += "\n" + findings_text(plan.findings, "", style);
  return out;
}

}  // namespace albatross::cli
