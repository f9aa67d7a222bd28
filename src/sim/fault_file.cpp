#include "albatross/sim/faults.hpp"

#include "sim/core/action.hpp"
#include "sim/core/glob.hpp"
#include "sim/fault_members.hpp"
#include "sim/json_places.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace albatross::sim {
namespace {

using Json = nlohmann::json;

/// Reads a plan, and goes on after a mistake to find the others.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), places_("null") {}

  void read();

  std::vector<FaultRule> rules;
  std::optional<FaultRates> rates;
  std::vector<FaultProblem> problems;

 private:
  void wrong(const std::string& path, const std::string& what) {
    add(places_.of_value(path), path, what);
  }
  void add(TextPlace place, const std::string& path, const std::string& what) {
    problems.push_back({place.line, place.column, path.empty() ? what : path + ": " + what});
  }
  bool is_object(const Json& json, const std::string& path);
  void only_known(const Json& object, const std::string& path,
                  const std::vector<std::string_view>& known, const std::string& of_what);
  std::string text(const Json& object, const std::string& path, const char* name,
                   std::string fallback);
  double number(const Json& object, const std::string& path, const char* name, double fallback,
                double least, double most);
  Duration seconds(const Json& object, const std::string& path, const char* name, double least);
  std::size_t count(const Json& object, const std::string& path, const char* name,
                    std::size_t fallback);
  void read_rule(const Json& object, const std::string& path);
  void read_members(const Json& object, const std::string& path, FaultRule& rule);
  void check_target(const FaultRule& rule, const std::string& path);
  void read_rates(const Json& object);

  std::string_view text_;
  JsonPlaces places_;
};

constexpr double any = 1e12;

std::string member(const std::string& path, std::string_view name) {
  return path.empty() ? std::string(name) : path + "." + std::string(name);
}

std::string listed(const std::vector<std::string_view>& names) {
  std::string out;
  for (const auto name : names)
    out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

bool Reader::is_object(const Json& json, const std::string& path) {
  if (!json.is_object()) wrong(path, "expected an object");
  return json.is_object();
}

void Reader::only_known(const Json& object, const std::string& path,
                        const std::vector<std::string_view>& known, const std::string& of_what) {
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string at = member(path, key);
    add(places_.of_key(at), at, of_what + " has no such member; it has " + listed(known));
  }
}

std::string Reader::text(const Json& object, const std::string& path, const char* name,
                         std::string fallback) {
  if (!object.contains(name)) return fallback;
  if (object[name].is_string()) return object[name];
  wrong(member(path, name), "expected text");
  return fallback;
}

double Reader::number(const Json& object, const std::string& path, const char* name,
                      double fallback, double least, double most) {
  if (!object.contains(name)) return fallback;
  const std::string at = member(path, name);
  if (!object[name].is_number()) {
    wrong(at, "expected a number");
    return fallback;
  }
  const double value = object[name];
  if (!std::isfinite(value) || value < least) wrong(at, "too small a number");
  if (value > most) wrong(at, "too large a number");
  return std::clamp(value, least, most);
}

Duration Reader::seconds(const Json& object, const std::string& path, const char* name,
                         double least) {
  const std::chrono::duration<double> value(number(object, path, name, 0, least, 1e8));
  return std::chrono::duration_cast<Duration>(value);
}

std::size_t Reader::count(const Json& object, const std::string& path, const char* name,
                          std::size_t fallback) {
  if (object.contains(name) && object[name] == "forever") return FaultRule::forever;
  const double value = number(object, path, name, static_cast<double>(fallback), 0, any);
  if (value != std::floor(value)) wrong(member(path, name), "expected a whole number");
  return static_cast<std::size_t>(value);
}

void Reader::check_target(const FaultRule& rule, const std::string& path) {
  bool service = false;
  bool action = false;
  for (const auto& [name, actions] : simulated_actions()) {
    if (!glob(rule.service, name)) continue;
    service = true;
    action = action || std::any_of(actions.begin(), actions.end(), [&](const std::string& known) {
               return glob(rule.action, known);
             });
  }
  if (!service) {
    std::vector<std::string_view> names;
    for (const auto& [name, actions] : simulated_actions())
      names.push_back(name);
    wrong(member(path, "service"),
          "'" + rule.service + "' is no service that is simulated; they are " + listed(names));
  } else if (!action) {
    wrong(member(path, "action"), "no action that is simulated is called '" + rule.action + "'");
  }
}

void Reader::read_rule(const Json& object, const std::string& path) {
  if (!is_object(object, path)) return;
  const std::string kind = text(object, path, "kind", "");
  const auto known = parse_fault_kind(kind);
  if (!known) {
    const std::string at = object.contains("kind") ? member(path, "kind") : path;
    return wrong(at, (kind.empty() ? "needs a kind" : "'" + kind + "' is no kind of fault") +
                         std::string("; kinds are ") + listed(fault_kind_names()));
  }
  FaultRule rule;
  rule.kind = *known;
  only_known(object, path, members_of(rule.kind), "a fault of kind " + kind);
  read_members(object, path, rule);
  check_target(rule, path);
  rules.push_back(std::move(rule));
}

void Reader::read_members(const Json& object, const std::string& path, FaultRule& rule) {
  rule.service = text(object, path, "service", "*");
  rule.action = text(object, path, "action", "*");
  rule.match = text(object, path, "match", "*");
  rule.code = text(object, path, "code", "");
  rule.message = text(object, path, "message", "");
  rule.skip = count(object, path, "skip", 0);
  rule.times = count(object, path, "times", 1);
  rule.status = static_cast<int>(number(object, path, "status", 0, 400, 599));
  rule.delay = seconds(object, path, "delay", 0);
  rule.skew = seconds(object, path, "skew", -1e8);
  for (const char* needed : {"delay", "skew"}) {
    const auto& own = members_of(rule.kind);
    const bool takes = std::find(own.begin(), own.end(), needed) != own.end();
    if (takes && !object.contains(needed)) {
      wrong(path, "needs " + std::string(needed) + ", in seconds");
    }
  }
}

void Reader::read_rates(const Json& object) {
  const std::string path = "rates";
  if (!is_object(object, path)) return;
  only_known(object, path,
             {"seed", "throttle", "internal_error", "unavailable", "reset_before", "lost_answer",
              "delay", "truncated_body", "malformed_body", "longest_delay"},
             "rates");
  const auto rate = [&](const char* name) { return number(object, path, name, 0, 0, 1); };
  FaultRates read;
  read.seed = static_cast<std::uint64_t>(number(object, path, "seed", 1, 0, any));
  read.throttle = rate("throttle");
  read.internal_error = rate("internal_error");
  read.unavailable = rate("unavailable");
  read.reset_before = rate("reset_before");
  read.lost_answer = rate("lost_answer");
  read.delay = rate("delay");
  read.truncated_body = rate("truncated_body");
  read.malformed_body = rate("malformed_body");
  read.longest_delay = seconds(object, path, "longest_delay", 0);
  rates = read;
}

void Reader::read() {
  Json plan;
  try {
    plan = Json::parse(text_);
  } catch (const Json::parse_error& error) {
    const std::string words = error.what();
    const auto start = words.find("syntax error");
    const std::size_t offset = error.byte == 0 ? 0 : error.byte - 1;
    return add(place_in(text_, offset), "",
               "not JSON: " + (start == std::string::npos ? words : words.substr(start)));
  }
  places_ = JsonPlaces(text_);
  if (!is_object(plan, "")) return;
  for (const std::string& path : places_.repeated())
    add(places_.of_key(path), path, "given twice");
  only_known(plan, "", {"rules", "rates"}, "a fault plan");
  const Json given = plan.value("rules", Json::array());
  if (!given.is_array()) wrong("rules", "expected a list");
  for (std::size_t i = 0; given.is_array() && i < given.size(); ++i)
    read_rule(given[i], "rules[" + std::to_string(i) + "]");
  if (plan.contains("rates")) read_rates(plan["rates"]);
}

std::string summary(const std::vector<FaultProblem>& problems) {
  std::string out = "fault plan";
  for (const FaultProblem& problem : problems) {
    out += (problems.size() > 1 ? "\n  " : " ") + std::to_string(problem.line) + ":" +
           std::to_string(problem.column) + ": " + problem.message;
  }
  return out;
}

}  // namespace

FaultPlanError::FaultPlanError(std::vector<FaultProblem> problems)
    : std::invalid_argument(summary(problems)), problems_(std::move(problems)) {}

void FaultPlan::load_json(std::string_view content) {
  Reader reader(content);
  reader.read();
  if (!reader.problems.empty()) {
    std::stable_sort(reader.problems.begin(), reader.problems.end(),
                     [](const FaultProblem& a, const FaultProblem& b) {
                       return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                     });
    throw FaultPlanError(std::move(reader.problems));
  }
  for (FaultRule& rule : reader.rules)
    add(std::move(rule));
  if (reader.rates) set_rates(*reader.rates);
}

}  // namespace albatross::sim
