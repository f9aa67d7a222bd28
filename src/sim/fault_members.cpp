#include "sim/fault_members.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <map>

namespace albatross::sim {
namespace {

using Names = std::vector<std::string_view>;

Names of_call(const Names& own) {
  Names all = {"kind", "service", "action", "skip", "times"};
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

Names of_resource(const Names& own) {
  Names all = {"kind", "match", "skip", "times"};
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

double seconds_of(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

const std::vector<std::string_view>& members_of(FaultKind kind) {
  static const std::map<FaultKind, Names> members = {
      {FaultKind::api_error, of_call({"status", "code", "message"})},
      {FaultKind::throttle, of_call({})},
      {FaultKind::http_error, of_call({"status"})},
      {FaultKind::credentials_expired, of_call({"match"})},
      {FaultKind::clock_skew, of_call({"skew"})},
      {FaultKind::reset_before, of_call({})},
      {FaultKind::lost_answer, of_call({})},
      {FaultKind::delay, of_call({"delay"})},
      {FaultKind::stall, of_call({})},
      {FaultKind::truncated_body, of_call({})},
      {FaultKind::malformed_body, of_call({})},
      {FaultKind::capacity, of_resource({"message"})},
      {FaultKind::load_balancer_failed, of_resource({"message"})},
      {FaultKind::never_healthy, of_resource({"code", "message"})},
      {FaultKind::instance_terminates, of_resource({"code", "message"})},
  };
  return members.at(kind);
}

std::vector<std::string_view> fault_kind_names() {
  Names names;
  for (int kind = 0; kind <= static_cast<int>(FaultKind::instance_terminates); ++kind)
    names.push_back(to_string(static_cast<FaultKind>(kind)));
  return names;
}

std::string to_json(const FaultRule& rule) {
  const FaultRule usual;
  nlohmann::ordered_json json = {{"kind", to_string(rule.kind)}};
  const auto add = [&](const char* name, const std::string& value, const std::string& otherwise) {
    if (value != otherwise) json[name] = value;
  };
  add("service", rule.service, usual.service);
  add("action", rule.action, usual.action);
  add("match", rule.match, usual.match);
  add("code", rule.code, usual.code);
  add("message", rule.message, usual.message);
  if (rule.skip > 0) json["skip"] = rule.skip;
  if (rule.times == FaultRule::forever) {
    json["times"] = "forever";
  } else if (rule.times != 1) {
    json["times"] = rule.times;
  }
  if (rule.status != 0) json["status"] = rule.status;
  if (rule.delay != Duration::zero()) json["delay"] = seconds_of(rule.delay);
  if (rule.skew != Duration::zero()) json["skew"] = seconds_of(rule.skew);
  return json.dump();
}

}  // namespace albatross::sim
