#include "cli/step_summary.hpp"

#include "cli/node_text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace albatross::cli {
namespace {

enum class Shown : std::uint8_t {
  each,     ///< by name and id
  by_name,  ///< by name only: the id says nothing more
  counted,  ///< only how many
  never,    ///< only while it is waited for
};

struct KindText {
  std::string_view kind;
  Shown shown;
  std::string_view singular;
};

constexpr std::array<KindText, 13> kinds{{
    {"vpc", Shown::each, "VPC"},
    {"subnet", Shown::counted, "subnet"},
    {"security_group", Shown::each, "security group"},
    {"file_system", Shown::each, "file system"},
    {"mount_target", Shown::counted, "mount target"},
    {"instance", Shown::each, "instance"},
    {"load_balancer", Shown::each, "load balancer"},
    {"listener", Shown::counted, "listener"},
    {"listener_certificate", Shown::counted, "certificate"},
    {"rule", Shown::counted, "rule"},
    {"target_group", Shown::by_name, "target group"},
    {"registration", Shown::by_name, "registration"},
    {"target_health", Shown::by_name, "target group"},
}};

KindText text_of(std::string_view kind) {
  const auto same = [kind](const KindText& known) { return known.kind == kind; };
  const auto* found = std::find_if(kinds.begin(), kinds.end(), same);
  return found == kinds.end() ? KindText{kind, Shown::never, kind} : *found;
}

/// How much is said of each.
enum class Form : std::uint8_t { full_ids, short_ids, names };

void append_word(std::string& line, const std::string& word) {
  if (word.empty()) return;
  if (!line.empty()) line += ' ';
  line += word;
}

std::string node_item(const NodeProgress& node, Shown shown, bool show_state, Form form,
                      bool unicode) {
  std::string item = label(node.node);
  if (shown == Shown::each && (form != Form::names || item.empty())) {
    const std::string id = short_id(node.id);
    append_word(item, form == Form::full_ids ? id : abbreviated(id, unicode));
  }
  if (item.empty() || shown == Shown::never) item = node.node;
  if (show_state) append_word(item, one_line(node.state));
  return item;
}

/// "running", when that is what AWS says of all that is shown.
std::string common_state(const StepProgress& step) {
  std::string state;
  for (const NodeProgress& node : step.nodes) {
    if (text_of(node.kind).shown != Shown::each) continue;
    if (node.phase != NodePhase::ready) return {};
    if (node.state.empty() || (!state.empty() && node.state != state)) return {};
    state = node.state;
  }
  return one_line(state);
}

std::string count_item(const StepProgress& step, const KindText& kind) {
  std::size_t all = 0;
  std::size_t settled = 0;
  for (const NodeProgress& node : step.nodes) {
    if (node.kind != kind.kind) continue;
    ++all;
    settled += node.settled() ? 1U : 0U;
  }
  std::string item = counted(all, kind.singular);
  if (settled < all) item = std::to_string(settled) + " of " + item;
  return item;
}

/// Single things first, then what is only counted.
std::vector<std::string> items_of(const StepProgress& step, Form form, bool unicode) {
  std::vector<std::string> items;
  std::vector<std::string> counts;
  std::set<std::string_view> counted_kinds;
  const bool done = step.phase() == StepPhase::done;
  for (const NodeProgress& node : step.nodes) {
    const KindText kind = text_of(node.kind);
    if (kind.shown == Shown::counted) {
      if (counted_kinds.insert(kind.kind).second) counts.push_back(count_item(step, kind));
      continue;
    }
    if (kind.shown == Shown::never && node.settled() && node.phase != NodePhase::failed) continue;
    const bool show_state = !done && !node.settled();
    items.push_back(node_item(node, kind.shown, show_state, form, unicode));
  }
  items.insert(items.end(), counts.begin(), counts.end());
  return items;
}

std::string fit_items(const std::vector<std::string>& items, std::size_t width) {
  std::string line;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string more = ", +" + std::to_string(items.size() - i);
    const bool last = i + 1 == items.size();
    const std::string next = line.empty() ? items[i] : line + ", " + items[i];
    if (!line.empty() && display_width(next) + (last ? 0 : more.size()) > width) return line + more;
    line = next;
  }
  return line;
}

std::string with_state(std::string text, const std::string& state) {
  append_word(text, state);
  return text;
}

// As the orchestrator calls what waits for a service's answer.
constexpr std::string_view answer_kind = "answer";

std::string unheard(const NodeProgress& node) {
  const std::string what = "asking for " + label(node.node);
  return node.state.empty() ? what : what + ": " + one_line(node.state);
}

/// Each service with its healthy targets, as soon as AWS has told of them.
std::string health_summary(const StepProgress& step, const std::vector<TargetState>& targets,
                           std::size_t width, const TextStyle& style) {
  std::vector<std::string> services = health_by_service(targets);
  for (const NodeProgress& node : step.nodes) {
    if (node.kind == answer_kind) {
      if (!node.settled()) services.push_back(unheard(node));
      continue;
    }
    const std::string service = label(node.node);
    const auto told = [&service](const TargetState& target) { return target.service == service; };
    if (std::none_of(targets.begin(), targets.end(), told)) services.push_back(service);
  }
  return clip(join(services, style.unicode ? " · " : ", "), width, style);
}

}  // namespace

std::string summarise(const StepProgress& step, const std::vector<TargetState>& targets,
                      std::size_t width, const TextStyle& style) {
  if (step.step == Step::health) return health_summary(step, targets, width, style);
  const std::string state = step.phase() == StepPhase::done ? common_state(step) : "";
  for (const Form form : {Form::full_ids, Form::short_ids, Form::names}) {
    const std::string all = with_state(join(items_of(step, form, style.unicode), ", "), state);
    if (display_width(all) <= width) return all;
  }
  return clip(fit_items(items_of(step, Form::names, style.unicode), width), width, style);
}

}  // namespace albatross::cli
