#include "cli/rehearsal/rehearsal_text.hpp"

#include "albatross/orchestrator/timeline.hpp"

#include "cli/json_parts.hpp"
#include "cli/table.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace albatross::cli {
namespace {

constexpr std::size_t bar_width = 28;

bool reads(const std::string& call) {
  const std::string action = call.substr(call.find(' ') + 1);
  return action.starts_with("Describe") || action.starts_with("Get") ||
         action.starts_with("List") || action.starts_with("DryRun");
}

struct Total {
  std::size_t reads = 0;
  std::size_t changes = 0;
};

Total total_of(const Rehearsal& rehearsal) {
  Total out;
  for (const auto& [call, count] : rehearsal.calls)
    (reads(call) ? out.reads : out.changes) += count;
  return out;
}

struct Span {
  Step step = Step::network;
  std::optional<Duration> from;
  Duration until{};
};

std::array<Span, step_count> spans_of(const std::vector<Event>& events) {
  std::array<Span, step_count> out;
  for (std::size_t i = 0; i < step_count; ++i)
    out[i].step = static_cast<Step>(i);
  for (const Event& event : events) {
    if (event.node.empty()) continue;
    Span& span = out[static_cast<std::size_t>(event.step)];
    if (!span.from) span.from = event.elapsed;
    span.until = event.elapsed;
  }
  return out;
}

std::string bar(const Span& span, Duration total, const TextStyle& style) {
  const auto place = [&](Duration at) {
    const double share = total == Duration::zero()
                             ? 0
                             : static_cast<double>(at.count()) / static_cast<double>(total.count());
    return std::min(bar_width - 1, static_cast<std::size_t>(share * bar_width));
  };
  const std::size_t first = place(*span.from);
  const std::size_t last = place(span.until);
  std::string out(first, ' ');
  for (std::size_t i = first; i <= last; ++i)
    out += style.unicode ? "━" : "=";
  return out;
}

std::string timeline_text(const Rehearsal& rehearsal, const TextStyle& style) {
  Table table;
  for (const Span& span : spans_of(rehearsal.events)) {
    if (!span.from) continue;
    table.add({std::string(title(span.step)), pad_left(elapsed_text(*span.from), 6),
               pad_left(elapsed_text(span.until), 6), bar(span, rehearsal.took, style)});
  }
  return table.text(style, 2);
}

/// Empty for the reads before the first change.
std::string node_of(const Timeline& timeline, const PathPiece& piece) {
  return piece.span ? timeline.spans[*piece.span].node : std::string();
}

std::string path_text(const Timeline& timeline, const TextStyle& style) {
  Table table;
  for (const PathPiece& piece : timeline.critical_path) {
    const std::string node = node_of(timeline, piece);
    table.add({pad_left(elapsed_text(piece.took()), 6), node.empty() ? "looking around" : node,
               std::string(piece.reached)});
  }
  return table.text(style, 2);
}

std::string calls_text(const Rehearsal& rehearsal, const TextStyle& style) {
  std::map<std::string, std::vector<std::string>> by_service;
  for (const auto& [call, count] : rehearsal.calls) {
    const std::size_t blank = call.find(' ');
    std::string words = call.substr(blank + 1);
    if (count > 1) words += " " + std::to_string(count) + "x";
    by_service[call.substr(0, blank)].push_back(std::move(words));
  }
  Table table;
  for (const auto& [service, actions] : by_service)
    table.add({service, join(actions, ", ")});
  return table.text(style, 2);
}

std::string end_text(const Rehearsal& rehearsal) {
  if (rehearsal.result.outcome == Outcome::done) return "ready after ";
  return "fails after ";
}

std::string faults_text(const Rehearsal& rehearsal, const TextStyle& style) {
  std::vector<std::string> parts;
  for (const auto& [kind, count] : rehearsal.faults)
    parts.push_back(kind + " " + std::to_string(count) + "x");
  std::string out;
  if (!parts.empty()) out += "\nInjected: " + join(parts, ", ") + "\n";
  if (!rehearsal.result.failure) return out;
  out +=
      paint(Tone::bad, "\nIt fails: ", style) + one_line(rehearsal.result.failure->text()) + "\n";
  if (!rehearsal.result.failure->hint.empty()) out += rehearsal.result.failure->hint + "\n";
  out += "Then: " + std::string(to_string(rehearsal.result.stack.state)) + ", " +
         counted(rehearsal.result.removed.size(), "resource") + " removed, " +
         counted(rehearsal.result.resources.size(), "resource") + " left.\n";
  return out;
}

double seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

std::string rehearsal_text(const Rehearsal& rehearsal, const TextStyle& style) {
  const Total total = total_of(rehearsal);
  std::string out = "Simulated, with the usual times of AWS: " + end_text(rehearsal) +
                    paint(Tone::strong, elapsed_text(rehearsal.took), style) + "\n\n" +
                    timeline_text(rehearsal, style) + "\nCritical path\n" +
                    path_text(timeline_of(rehearsal.events), style) + "\n" +
                    std::to_string(total.reads + total.changes) + " calls (" +
                    std::to_string(total.changes) + " that change something)\n" +
                    calls_text(rehearsal, style);
  return out + faults_text(rehearsal, style);
}

std::string rehearsal_json(const Rehearsal& rehearsal) {
  Json timeline = Json::array();
  for (const Event& event : rehearsal.events) {
    const bool step = event.type == EventType::waiting || event.node.empty();
    if (step) continue;
    timeline.push_back(Json{{"seconds", seconds(event.elapsed)},
                            {"node", event.node},
                            {"step", std::string(to_string(event.step))},
                            {"event", std::string(to_string(event.type))}});
  }
  Json chain = Json::array();
  const Timeline times = timeline_of(rehearsal.events);
  for (const PathPiece& piece : times.critical_path) {
    const std::string node = node_of(times, piece);
    chain.push_back(Json{{"node", node.empty() ? Json(nullptr) : Json(node)},
                         {"from", seconds(piece.from)},
                         {"seconds", seconds(piece.took())},
                         {"reached", std::string(piece.reached)}});
  }
  const Total total = total_of(rehearsal);
  const auto& failure = rehearsal.result.failure;
  const Json out{{"done", rehearsal.result.outcome == Outcome::done},
                 {"seconds", seconds(rehearsal.took)},
                 {"failure", failure ? failure_json(*failure) : Json(nullptr)},
                 {"state", std::string(to_string(rehearsal.result.stack.state))},
                 {"critical_path", std::move(chain)},
                 {"reads", total.reads},
                 {"changing_calls", total.changes},
                 {"calls", rehearsal.calls},
                 {"faults", rehearsal.faults},
                 {"timeline", std::move(timeline)}};
  return json_text(out, 2);
}

}  // namespace albatross::cli
