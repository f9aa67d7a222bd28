#include "orchestrator/resources/actions.hpp"

#include "orchestrator/resources/support.hpp"

#include <algorithm>
#include <sstream>

namespace albatross::resources {
namespace {

using Texts = std::vector<std::string>;

elbv2::Action weighted_forward(const ResourceRecord& record) {
  elbv2::Action action;
  action.type = "forward";
  elbv2::ForwardActionConfig& config = action.forward_config.emplace();
  const Texts groups = record.property_list("target_groups");
  std::istringstream weights(record.property("weights"));
  for (const std::string& group : groups) {
    std::string weight;
    std::getline(weights, weight, ',');
    config.target_groups.push_back({group, number(weight)});
  }
  elbv2::TargetGroupStickinessConfig& stickiness = config.target_group_stickiness_config.emplace();
  const std::string& seconds = record.property("stickiness");
  stickiness.enabled = !seconds.empty();
  if (!seconds.empty()) stickiness.duration_seconds = number(seconds);
  return action;
}

elbv2::Action redirect(const ResourceRecord& record) {
  elbv2::Action action;
  action.type = "redirect";
  elbv2::RedirectActionConfig& config = action.redirect_config.emplace();
  config.protocol = record.property("redirect.protocol");
  config.port = record.property("redirect.port");
  config.host = record.property("redirect.host");
  config.path = record.property("redirect.path");
  config.query = record.property("redirect.query");
  config.status_code = record.property("redirect.status_code");
  return action;
}

elbv2::Action fixed_response(const ResourceRecord& record) {
  elbv2::Action action;
  action.type = "fixed-response";
  elbv2::FixedResponseActionConfig& config = action.fixed_response_config.emplace();
  config.status_code = record.property("fixed_response.status_code");
  config.content_type = record.property("fixed_response.content_type");
  config.message_body = record.property("fixed_response.message_body");
  return action;
}

bool is_sticky(const elbv2::ForwardActionConfig& config) {
  const auto& stickiness = config.target_group_stickiness_config;
  return stickiness && stickiness->enabled.value_or(false);
}

/// The group of an action that leads to that one only; empty for any other.
std::string only_group(const elbv2::Action& action) {
  if (action.type != "forward") return {};
  if (!action.forward_config) return action.target_group_arn;
  const auto& groups = action.forward_config->target_groups;
  if (groups.size() != 1 || is_sticky(*action.forward_config)) return {};
  return groups.front().target_group_arn;
}

/// In the order of the record when they are the same groups.
void observe_forward(const elbv2::ForwardActionConfig& config, const ResourceRecord& record,
                     Properties& actual) {
  Texts groups;
  for (const auto& group : config.target_groups)
    groups.push_back(group.target_group_arn);
  groups = in_wanted_order(std::move(groups), record.property_list("target_groups"));
  std::string weights;
  for (const std::string& arn : groups) {
    const auto& all = config.target_groups;
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const auto& group) { return group.target_group_arn == arn; });
    weights += (weights.empty() ? "" : ",") + std::to_string(found->weight.value_or(1));
  }
  actual["target_groups"] = std::move(groups);
  actual["weights"] = std::move(weights);
  const bool sticky = is_sticky(config);
  const auto& stickiness = config.target_group_stickiness_config;
  actual["stickiness"] = sticky ? std::to_string(stickiness->duration_seconds.value_or(0)) : "";
}

void observe_redirect(const elbv2::RedirectActionConfig& config, Properties& actual) {
  actual["redirect.protocol"] = config.protocol;
  actual["redirect.port"] = config.port;
  actual["redirect.host"] = config.host;
  actual["redirect.path"] = config.path;
  actual["redirect.query"] = config.query;
  actual["redirect.status_code"] = config.status_code;
}

void observe_response(const elbv2::FixedResponseActionConfig& config, Properties& actual) {
  actual["fixed_response.status_code"] = config.status_code;
  actual["fixed_response.content_type"] = config.content_type;
  actual["fixed_response.message_body"] = config.message_body;
}

bool is_of_action(const std::string& name, const std::string& group_property) {
  return name == group_property || name == "target_groups" || name == "weights" ||
         name == "stickiness" || name.starts_with("redirect.") ||
         name.starts_with("fixed_response.");
}

}  // namespace

std::vector<elbv2::Action> actions_of(const ResourceRecord& record,
                                      const std::string& group_property) {
  std::vector<elbv2::Action> out(1);
  if (record.properties.contains("redirect.status_code")) {
    out[0] = redirect(record);
  } else if (record.properties.contains("fixed_response.status_code")) {
    out[0] = fixed_response(record);
  } else if (record.properties.contains("target_groups")) {
    out[0] = weighted_forward(record);
  } else {
    out[0].type = "forward";
    out[0].target_group_arn = record.property(group_property);
  }
  return out;
}

void observe_actions(const std::vector<elbv2::Action>& actions, const ResourceRecord& record,
                     const std::string& group_property, Properties& actual) {
  if (actions.size() == 1) {
    const elbv2::Action& action = actions.front();
    const std::string group = only_group(action);
    if (!group.empty()) actual[group_property] = group;
    if (group.empty() && action.forward_config)
      observe_forward(*action.forward_config, record, actual);
    if (action.redirect_config) observe_redirect(*action.redirect_config, actual);
    if (action.fixed_response_config) observe_response(*action.fixed_response_config, actual);
  }
  for (const auto& [name, value] : record.properties) {
    if (is_of_action(name, group_property)) actual.try_emplace(name, std::string());
  }
}

}  // namespace albatross::resources
