#include "cli/runs/event_lines.hpp"

#include "cli/json_parts.hpp"
#include "cli/text.hpp"

#include <algorithm>

namespace albatross::cli {
namespace {

std::int64_t to_ms(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

void add_text(Json& line, const char* member, const std::string& text) {
  if (!text.empty()) line[member] = text;
}

void add_dependencies(Json& line, const std::vector<Dependency>& dependencies) {
  if (dependencies.empty()) return;
  Json& list = line["dependencies"] = Json::array();
  for (const Dependency& dependency : dependencies) {
    const bool ready = dependency.milestone == Milestone::ready;
    list.push_back(Json{{"node", dependency.node}, {"milestone", ready ? "ready" : "created"}});
  }
}

void add_plan(Json& line, const Event& event) {
  if (event.type != EventType::plan_ready) return;
  line["count"] = event.count;
  line["known"] = event.known;
  add_text(line, "account", event.account);
  add_text(line, "region", event.region);
  for (std::size_t i = 0; i < event.nodes_by_step.size(); ++i) {
    if (event.nodes_by_step[i] == 0) continue;
    line["steps"][std::string(to_string(static_cast<Step>(i)))] = event.nodes_by_step[i];
  }
}

/// By their names; enumerators without one do not exist.
template <typename Enum>
std::optional<Enum> named(const std::string& name) {
  for (std::uint8_t i = 0;; ++i) {
    const auto value = static_cast<Enum>(i);
    const std::string_view known = to_string(value);
    if (known.empty()) return std::nullopt;
    if (known == name) return value;
  }
}

void read_plan(const Json& line, Event& event) {
  event.count = integer_in(line, "count");
  event.known = integer_in(line, "known");
  event.account = text_in(line, "account");
  event.region = text_in(line, "region");
  const auto steps = line.find("steps");
  if (steps == line.end() || !steps->is_object()) return;
  for (std::size_t i = 0; i < event.nodes_by_step.size(); ++i) {
    const std::string name(to_string(static_cast<Step>(i)));
    event.nodes_by_step[i] = integer_in(*steps, name.c_str());
  }
}

void read_dependencies(const Json& line, Event& event) {
  const auto list = line.find("dependencies");
  if (list == line.end() || !list->is_array()) return;
  for (const Json& entry : *list) {
    const bool ready = text_in(entry, "milestone") == "ready";
    event.dependencies.push_back(
        {text_in(entry, "node"), ready ? Milestone::ready : Milestone::created});
  }
}

std::optional<Failure> failure_in(const Json& line) {
  const auto failure = line.find("failure");
  if (failure == line.end() || !failure->is_object()) return std::nullopt;
  return failure_of(*failure);
}

Event event_of(const Json& line, EventType type, const RunHeader& header) {
  Event event;
  event.type = type;
  event.elapsed = duration_in(line, "t");
  event.at = header.at + std::chrono::duration_cast<WallTime::duration>(event.elapsed);
  event.stack = header.stack;
  event.node = text_in(line, "node");
  event.kind = text_in(line, "kind");
  event.step = named<Step>(text_in(line, "step")).value_or(Step::network);
  event.id = text_in(line, "id");
  event.state = text_in(line, "state");
  event.detail = text_in(line, "detail");
  event.pause = duration_in(line, "pause");
  if (type == EventType::plan_ready) read_plan(line, event);
  read_dependencies(line, event);
  event.failure = failure_in(line);
  event.targets = targets_in(line, "targets");
  return event;
}

RunHeader header_of(const Json& line) {
  RunHeader header;
  header.run = integer_in(line, "run");
  header.stack = text_in(line, "stack");
  header.doing = text_in(line, "doing");
  header.region = text_in(line, "region");
  header.by = text_in(line, "by");
  header.version = text_in(line, "albatross");
  const auto ms = std::chrono::milliseconds{
      static_cast<std::int64_t>(std::clamp(number_in(line, "unix_ms"), 0.0, 4e12))};
  header.at = WallTime{std::chrono::duration_cast<WallTime::duration>(ms)};
  return header;
}

std::vector<std::string> names_in(const Json& line, const char* member) {
  std::vector<std::string> out;
  const auto list = line.find(member);
  if (list == line.end() || !list->is_array()) return out;
  for (const Json& entry : *list) {
    if (entry.is_object()) out.push_back(text_in(entry, "node"));
  }
  return out;
}

std::vector<LeftResource> left_in(const Json& line) {
  std::vector<LeftResource> out;
  const auto list = line.find("left");
  if (list == line.end() || !list->is_array()) return out;
  for (const Json& entry : *list) {
    out.push_back(
        {text_in(entry, "node"), text_in(entry, "id"), failure_in(entry).value_or(Failure{})});
  }
  return out;
}

RunEnding ending_in(const Json& line) {
  RunEnding ending;
  ending.elapsed = duration_in(line, "t");
  ending.outcome = text_in(line, "outcome");
  ending.exit_code = static_cast<ExitCode>(integer_in(line, "exit_code"));
  ending.dns_name = text_in(line, "dns_name");
  const auto urls = line.find("urls");
  if (urls != line.end() && urls->is_object()) {
    for (const auto& [service, list] : urls->items()) {
      for (const Json& url : list) {
        if (url.is_string()) ending.urls.emplace_back(service, url.get<std::string>());
      }
    }
  }
  ending.failure = failure_in(line);
  ending.left = left_in(line);
  ending.removed = names_in(line, "removed");
  ending.resources = names_in(line, "resources");
  const auto receipt = line.find("receipt");
  if (receipt != line.end() && receipt->is_object()) ending.receipt = read_receipt(*receipt);
  ending.warnings = texts_in(line, "warnings");
  return ending;
}

void read_line(std::string_view text, RunRecord& record) {
  const Json line = Json::parse(text, nullptr, false);
  if (!line.is_object()) return;
  const std::string type = text_in(line, "type");
  if (type == "run") {
    record.header = header_of(line);
  } else if (type == "result") {
    record.ending = ending_in(line);
  } else if (const auto known = named<EventType>(type)) {
    record.events.push_back(event_of(line, *known, record.header));
  }
}

Json nodes_json(const std::vector<std::string>& nodes) {
  Json out = Json::array();
  for (const std::string& node : nodes)
    out.push_back(Json{{"node", node}});
  return out;
}

Json left_json(const std::vector<LeftResource>& left) {
  Json out = Json::array();
  for (const LeftResource& item : left) {
    out.push_back(Json{
        {"node", item.node}, {"id", or_null(item.id)}, {"failure", failure_json(item.failure)}});
  }
  return out;
}

}  // namespace

std::string header_line(const RunHeader& header) {
  const std::int64_t ms = to_ms(header.at);
  return json_text(Json{{"type", "run"},
                        {"format", event_format},
                        {"run", header.run == 0 ? Json(nullptr) : Json(header.run)},
                        {"stack", header.stack},
                        {"doing", header.doing},
                        {"region", header.region},
                        {"by", header.by},
                        {"albatross", header.version},
                        {"at", utc_text(ms)},
                        {"unix_ms", ms}});
}

std::string event_line(const Event& event) {
  Json line{{"type", to_string(event.type)},
            {"t", seconds_json(event.elapsed)},
            {"at", utc_text(to_ms(event.at))},
            {"stack", event.stack}};
  if (!event.node.empty()) {
    line["step"] = to_string(event.step);
    line["node"] = event.node;
  }
  add_text(line, "kind", event.kind);
  add_text(line, "id", event.id);
  add_text(line, "state", event.state);
  add_text(line, "detail", event.detail);
  if (event.pause != Duration::zero()) line["pause"] = seconds_json(event.pause);
  add_plan(line, event);
  add_dependencies(line, event.dependencies);
  if (event.failure) line["failure"] = failure_json(*event.failure);
  if (!event.targets.empty()) line["targets"] = targets_json(event.targets);
  return json_text(line);
}

std::string ending_line(const RunEnding& ending, const std::string& stack) {
  Json urls = Json::object();
  for (const auto& [service, url] : ending.urls)
    urls[service].push_back(url);
  return json_text(Json{{"type", "result"},
                        {"format", event_format},
                        {"stack", or_null(stack)},
                        {"t", seconds_json(ending.elapsed)},
                        {"outcome", ending.outcome},
                        {"exit_code", static_cast<int>(ending.exit_code)},
                        {"dns_name", or_null(ending.dns_name)},
                        {"urls", urls},
                        {"failure", ending.failure ? failure_json(*ending.failure) : Json(nullptr)},
                        {"left", left_json(ending.left)},
                        {"removed", nodes_json(ending.removed)},
                        {"resources", nodes_json(ending.resources)},
                        {"receipt", ending.receipt ? receipt_json(*ending.receipt) : Json(nullptr)},
                        {"warnings", ending.warnings}});
}

std::string summary_line(const std::vector<StackEnding>& endings, const std::string& outcome,
                         ExitCode exit_code, Duration elapsed) {
  Json stacks = Json::array();
  for (const StackEnding& ending : endings) {
    stacks.push_back(Json{{"stack", ending.stack},
                          {"outcome", ending.outcome},
                          {"exit_code", static_cast<int>(ending.exit_code)}});
  }
  return json_text(Json{{"type", "summary"},
                        {"format", event_format},
                        {"t", seconds_json(elapsed)},
                        {"outcome", outcome},
                        {"exit_code", static_cast<int>(exit_code)},
                        {"stacks", stacks}});
}

RunRecord read_run(std::string_view text) {
  RunRecord record;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    read_line(text.substr(0, end), record);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return record;
}

RunRecord read_run_summary(std::string_view text) {
  RunRecord record;
  read_line(text.substr(0, text.find('\n')), record);
  while (text.ends_with('\n'))
    text.remove_suffix(1);
  const std::size_t last = text.rfind('\n');
  if (last != std::string_view::npos) read_line(text.substr(last + 1), record);
  return record;
}

}  // namespace albatross::cli
