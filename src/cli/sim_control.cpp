#include "cli/sim_control.hpp"

#include "cli/table.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace albatross::cli {
namespace {

using Json = nlohmann::json;

std::string number_text(const Json& number) {
  return number.is_null() ? "all" : number.dump();
}

std::string pace_words(double scale) {
  if (scale == 0) return "time stands still";
  if (scale == 1) return "time passes as it does here";
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "time passes %g times as fast as here", scale);
  return text.data();
}

std::string word(const Json& object, const char* name) {
  return one_line(object.at(name).get<std::string>());
}

std::string section(const char* title, const Table& table, const TextStyle& style) {
  if (table.empty()) return {};
  return "\n" + paint(Tone::strong, title, style) + "\n" + table.text(style, 2);
}

std::string state_text(const Json& state, const TextStyle& style) {
  Table reachable;
  for (const Json& endpoint : state.at("endpoints"))
    reachable.add({word(endpoint, "load_balancer"), word(endpoint, "url")});
  for (const Json& port : state.at("instance_ports"))
    reachable.add({word(port, "instance") + ":" + number_text(port.at("port")), word(port, "url")});
  Table targets;
  for (const Json& target : state.at("targets")) {
    targets.add({word(target, "target_group"),
                 word(target, "target") + ":" + number_text(target.at("port")),
                 word(target, "state"), word(target, "reason"), word(target, "description")});
  }
  Table items;
  for (const Json& item : state.at("items"))
    items.add({word(item, "type"), word(item, "id"), word(item, "name"), word(item, "state")});
  return "Region " + word(state, "region") + ", account " + word(state, "account") + ", " +
         counted(state.at("total_calls"), "call") + ", " +
         counted(state.at("fault_rules"), "fault rule") + "; " +
         pace_words(state.at("time_scale")) + ".\n" +
         section("Answers on this machine", reachable, style) + section("Targets", targets, style) +
         section("Resources", items, style);
}

std::string rule_words(Json rule) {
  rule.erase("hits");
  rule.erase("kind");
  std::vector<std::string> parts;
  for (const auto& [name, value] : rule.items()) {
    parts.push_back(name + " " +
                    (value.is_string() ? one_line(value.get<std::string>()) : value.dump()));
  }
  return join(parts, ", ");
}

std::string faults_text(const Json& faults, const TextStyle& style) {
  Table rules;
  for (const Json& rule : faults.at("rules"))
    rules.add({word(rule, "kind"), "hit " + counted(rule.at("hits"), "time"), rule_words(rule)});
  std::string out = rules.empty() ? "No fault rules.\n" : rules.text(style);
  if (faults.at("at_random")) out += "Faults at random are on.\n";
  return out;
}

std::string time_text(const Json& time) {
  std::string out;
  const double advanced = time.at("advanced");
  if (advanced > 0) {
    const std::chrono::duration<double> by(advanced);
    out = "It is " + elapsed_text(std::chrono::duration_cast<Duration>(by)) + " later; ";
  }
  out += pace_words(time.at("scale")) + ".\n";
  if (out.front() == 't') out.front() = 'T';
  return out;
}

std::string service_text(const Json& service) {
  const std::string who =
      word(service, "instance") +
      (service.at("port").is_null() ? ", all ports" : ":" + number_text(service.at("port")));
  if (!service.at("listening")) return who + " refuses connections.\n";
  if (service.at("hangs")) return who + " takes connections and does not answer.\n";
  return who + " answers " + number_text(service.at("status")) + ".\n";
}

std::string service_body(const SimControlOptions& options) {
  Json body = {{"instance", options.instance},
               {"listening", options.service != ServiceChange::stop},
               {"hangs", options.service == ServiceChange::hang}};
  if (options.port != 0) body["port"] = options.port;
  if (options.status != 0) body["status"] = options.status;
  return body.dump();
}

std::string time_body(const SimControlOptions& options) {
  Json body = Json::object();
  if (options.advance_seconds > 0) body["advance"] = options.advance_seconds;
  if (options.speed) body["scale"] = *options.speed;
  return body.dump();
}

void ask_faults(const SimControlOptions& options, const std::string& faults,
                http::Request& request) {
  request.target = "/_albatross/faults";
  if (options.clear) request.method = "DELETE";
  if (options.faults_file.empty()) return;
  request.method = options.add ? "POST" : "PUT";
  request.body = faults;
}

}  // namespace

http::Request control_request(const SimControlOptions& options, const std::string& faults) {
  http::Request request;
  request.headers.add("Content-Type", "application/json");
  switch (options.what) {
    case SimControl::state:
      request.target = "/_albatross/state";
      break;
    case SimControl::faults:
      ask_faults(options, faults, request);
      break;
    case SimControl::time:
      request.method = "POST";
      request.target = "/_albatross/time";
      request.body = time_body(options);
      break;
    case SimControl::service:
      request.method = "POST";
      request.target = "/_albatross/service";
      request.body = service_body(options);
      break;
    case SimControl::reset:
      request.method = "POST";
      request.target = "/_albatross/reset";
      break;
  }
  return request;
}

std::string control_text(const SimControlOptions& options, const std::string& answer,
                         const TextStyle& style) {
  try {
    const Json json = Json::parse(answer);
    switch (options.what) {
      case SimControl::state:
        return state_text(json, style);
      case SimControl::faults:
        return faults_text(json, style);
      case SimControl::time:
        return time_text(json);
      case SimControl::service:
        return service_text(json);
      case SimControl::reset:
        return "The account is as at the start.\n";
    }
  } catch (const Json::exception&) {
    throw std::invalid_argument("this is no answer of a simulator's control endpoint");
  }
  return {};
}

std::string control_refusal(const std::string& answer) {
  const Json json = Json::parse(answer, nullptr, false);
  if (!json.is_object() || !json.contains("error") || !json["error"].is_string()) {
    return "this is no simulator's control endpoint";
  }
  return json["error"];
}

}  // namespace albatross::cli
