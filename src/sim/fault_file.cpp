#include "albatross/sim/faults.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <stdexcept>

namespace albatross::sim {
namespace {

using Json = nlohmann::json;

[[noreturn]] void wrong(const std::string& where, const std::string& what) {
  throw std::invalid_argument("fault plan: " + where + ": " + what);
}

void only_known(const Json& object, const std::string& where,
                std::initializer_list<std::string_view> names) {
  if (!object.is_object()) wrong(where, "expected an object");
  for (const auto& [key, value] : object.items()) {
    bool known = false;
    for (const auto name : names)
      known = known || name == key;
    if (!known) wrong(where, "unknown member '" + key + "'");
  }
}

std::string text(const Json& object, const std::string& where, const char* name,
                 std::string fallback) {
  if (!object.contains(name)) return fallback;
  if (!object[name].is_string()) wrong(where + "." + name, "expected text");
  return object[name];
}

double number(const Json& object, const std::string& where, const char* name, double fallback) {
  if (!object.contains(name)) return fallback;
  if (!object[name].is_number()) wrong(where + "." + name, "expected a number");
  const double value = object[name];
  if (!(value >= 0) || !std::isfinite(value)) wrong(where + "." + name, "must not be negative");
  return value;
}

Duration seconds(const Json& object, const std::string& where, const char* name) {
  const std::chrono::duration<double> value(number(object, where, name, 0));
  return std::chrono::duration_cast<Duration>(value);
}

std::size_t times_of(const Json& object, const std::string& where) {
  if (!object.contains("times")) return 1;
  if (object["times"] == "forever") return FaultRule::forever;
  return static_cast<std::size_t>(number(object, where, "times", 1));
}

FaultRule rule_from(const Json& object, const std::string& where) {
  only_known(object, where,
             {"kind", "service", "action", "match", "skip", "times", "status", "code", "message",
              "delay"});
  FaultRule rule;
  const std::string kind = text(object, where, "kind", "");
  const auto known = parse_fault_kind(kind);
  if (!known) wrong(where + ".kind", "'" + kind + "' is no kind of fault");
  rule.kind = *known;
  rule.service = text(object, where, "service", "*");
  rule.action = text(object, where, "action", "*");
  rule.match = text(object, where, "match", "*");
  rule.code = text(object, where, "code", "");
  rule.message = text(object, where, "message", "");
  rule.skip = static_cast<std::size_t>(number(object, where, "skip", 0));
  rule.times = times_of(object, where);
  rule.status = static_cast<int>(number(object, where, "status", 0));
  rule.delay = seconds(object, where, "delay");
  return rule;
}

FaultRates rates_from(const Json& object) {
  const std::string where = "rates";
  only_known(object, where,
             {"seed", "throttle", "internal_error", "unavailable", "reset_before", "lost_answer",
              "delay", "truncated_body", "malformed_body", "longest_delay"});
  FaultRates rates;
  rates.seed = static_cast<std::uint64_t>(number(object, where, "seed", 1));
  const auto rate = [&](const char* name) {
    const double value = number(object, where, name, 0);
    if (value > 1) wrong(where + "." + name, "a probability is at most 1");
    return value;
  };
  rates.throttle = rate("throttle");
  rates.internal_error = rate("internal_error");
  rates.unavailable = rate("unavailable");
  rates.reset_before = rate("reset_before");
  rates.lost_answer = rate("lost_answer");
  rates.delay = rate("delay");
  rates.truncated_body = rate("truncated_body");
  rates.malformed_body = rate("malformed_body");
  rates.longest_delay = seconds(object, where, "longest_delay");
  return rates;
}

}  // namespace

void FaultPlan::load_json(std::string_view content) {
  const Json plan = Json::parse(content, nullptr, false);
  if (plan.is_discarded()) wrong("file", "not JSON");
  only_known(plan, "file", {"rules", "rates"});
  std::vector<FaultRule> read;
  const Json rules = plan.value("rules", Json::array());
  if (!rules.is_array()) wrong("rules", "expected a list");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    read.push_back(rule_from(rules[i], "rules[" + std::to_string(i) + "]"));
  }
  const bool has_rates = plan.contains("rates");
  const FaultRates rates = has_rates ? rates_from(plan["rates"]) : FaultRates{};
  for (FaultRule& rule : read)
    add(std::move(rule));
  if (has_rates) set_rates(rates);
}

}  // namespace albatross::sim
