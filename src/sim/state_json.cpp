#include "sim/state_json.hpp"

#include "sim/account_graph.hpp"
#include "sim/core/clock_text.hpp"
#include "sim/elbv2/target_health.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>

namespace albatross::sim {
namespace {

using Json = nlohmann::ordered_json;

double seconds_of(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

Json item_json(const Item& item) {
  Json tags = Json::object();
  for (const auto& [key, value] : item.tags)
    tags[key] = value;
  return {{"type", item.type},
          {"id", item.id},
          {"name", item.name},
          {"state", item.state},
          {"tags", tags}};
}

/// In milliseconds; null when it is not known.
Json took_json(std::optional<Duration> took) {
  return took ? Json(seconds_of(*took) * 1000) : Json();
}

Json call_json(const CallRecord& call, std::optional<Duration> took) {
  return {
      {"number", call.number},    {"time", iso_time(call.wall)},    {"service", call.service},
      {"action", call.action},    {"parameters", call.parameters},  {"status", call.status},
      {"error", call.error_code}, {"message", call.error_message},  {"request_id", call.request_id},
      {"fault", call.fault},      {"milliseconds", took_json(took)}};
}

Json targets_json(const World& world, TimePoint now) {
  Json targets = Json::array();
  for (const auto& [arn, group] : world.target_groups) {
    for (const auto& [key, target] : group.targets) {
      const HealthReport health = health_of(world, group, target, now);
      targets.push_back({{"target_group", group.name},
                         {"target", target.id},
                         {"port", target.port},
                         {"zone", target.zone},
                         {"state", health.state},
                         {"reason", health.reason},
                         {"description", health.description}});
    }
  }
  return targets;
}

Json graph_json(const World& world, TimePoint now) {
  const AccountGraph graph = account_graph(world, now);
  Json nodes = Json::array();
  for (const GraphNode& node : graph.nodes) {
    nodes.push_back({{"id", node.id},
                     {"type", node.type},
                     {"label", node.label},
                     {"detail", node.detail},
                     {"state", node.state}});
  }
  Json links = Json::array();
  for (const GraphLink& link : graph.links) {
    links.push_back(
        {{"from", link.from}, {"to", link.to}, {"state", link.state}, {"reason", link.reason}});
  }
  return {{"nodes", nodes}, {"links", links}};
}

Json endpoints_json(const DataPlane* plane) {
  Json endpoints = Json::array();
  if (plane == nullptr) return endpoints;
  for (const Front& front : plane->fronts()) {
    endpoints.push_back(
        {{"load_balancer", front.load_balancer}, {"listener", front.listener}, {"url", front.url}});
  }
  return endpoints;
}

Json ports_json(const DataPlane* plane) {
  Json ports = Json::array();
  if (plane == nullptr) return ports;
  for (const OpenPort& open : plane->instance_ports()) {
    ports.push_back(
        {{"instance", open.instance},
         {"port", open.port},
         {"url", "http://" + open.address + ":" + std::to_string(open.local_port) + "/"}});
  }
  return ports;
}

Json rules_json(const FaultPlan& plan) {
  Json rules = Json::array();
  for (std::size_t i = 0; i < plan.rules().size(); ++i) {
    Json rule = Json::parse(to_json(plan.rules()[i]));
    rule["hits"] = plan.hits(i);
    rules.push_back(std::move(rule));
  }
  return rules;
}

Json injected_json(const FaultPlan& plan) {
  Json injected = Json::object();
  for (const auto& [kind, count] : plan.injected())
    injected[std::string(to_string(kind))] = count;
  return injected;
}

Json items_json(const ControlContext& context) {
  Json items = Json::array();
  for (const Item& item : context.cloud.inventory(context.now))
    items.push_back(item_json(item));
  return items;
}

Json calls_json(const ControlContext& context) {
  constexpr std::size_t told = CallDurations::kept;
  Json calls = Json::array();
  const auto& history = context.cloud.calls();
  const auto first = history.size() > told ? history.size() - told : 0;
  for (std::size_t i = first; i < history.size(); ++i)
    calls.push_back(call_json(history[i], context.durations.of(history[i].number)));
  return calls;
}

/// Whatever clients have sent, it can be shown.
std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string faults_json(const FaultPlan& plan) {
  return text_of({{"fault_rules", plan.rules().size()},
                  {"rules", rules_json(plan)},
                  {"at_random", plan.at_random()},
                  {"injected", injected_json(plan)}});
}

std::string time_json(const ControlContext& context) {
  return text_of({{"advanced", seconds_of(context.advance)}, {"scale", context.scale}});
}

std::string state_json(const ControlContext& context) {
  // First, because it brings health up to now.
  Json items = items_json(context);
  const auto& options = context.cloud.options();
  const FaultPlan& plan = context.cloud.faults();
  const World& world = context.cloud.world();
  return text_of({{"region", options.region},
                  {"account", options.account},
                  {"time_scale", context.scale},
                  {"total_calls", context.cloud.total_calls()},
                  {"fault_rules", plan.rules().size()},
                  {"faults_injected", injected_json(plan)},
                  {"faults", rules_json(plan)},
                  {"endpoints", endpoints_json(context.plane)},
                  {"instance_ports", ports_json(context.plane)},
                  {"targets", targets_json(world, context.now)},
                  {"graph", graph_json(world, context.now)},
                  {"items", std::move(items)},
                  {"calls", calls_json(context)}});
}

}  // namespace albatross::sim
