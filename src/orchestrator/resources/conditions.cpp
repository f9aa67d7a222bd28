#include "orchestrator/resources/conditions.hpp"

#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

using Texts = std::vector<std::string>;

constexpr std::string_view header_prefix = "header.";
constexpr std::string_view query_prefix = "query.";

elbv2::RuleCondition header(const std::string& name, Texts values) {
  elbv2::RuleCondition out;
  out.field = "http-header";
  out.http_header_config.emplace();
  out.http_header_config->http_header_name = name;
  out.http_header_config->values = std::move(values);
  return out;
}

elbv2::RuleCondition query(const std::string& key, const Texts& values) {
  elbv2::RuleCondition out;
  out.field = "query-string";
  out.query_string_config.emplace();
  for (const std::string& value : values)
    out.query_string_config->values.push_back({key, value});
  return out;
}

/// The conditions that a rule has once at most.
template <class Config>
void add_single(std::vector<elbv2::RuleCondition>& out, const ResourceRecord& record,
                const char* property, const char* field,
                std::optional<Config> elbv2::RuleCondition::*config) {
  Texts values = record.property_list(property);
  if (values.empty()) return;
  elbv2::RuleCondition& condition = out.emplace_back();
  condition.field = field;
  (condition.*config).emplace();
  (condition.*config)->values = std::move(values);
}

/// Properties by name that a condition stands for; none for a condition that is not of this kind.
std::map<std::string, Texts> read(const elbv2::RuleCondition& condition) {
  std::map<std::string, Texts> out;
  if (condition.path_pattern_config) out["paths"] = condition.path_pattern_config->values;
  if (condition.host_header_config) out["hosts"] = condition.host_header_config->values;
  if (condition.http_request_method_config)
    out["methods"] = condition.http_request_method_config->values;
  if (condition.source_ip_config) out["source_ips"] = condition.source_ip_config->values;
  if (condition.http_header_config)
    out[std::string(header_prefix) + condition.http_header_config->http_header_name] =
        condition.http_header_config->values;
  if (condition.query_string_config) {
    for (const auto& pair : condition.query_string_config->values)
      out[std::string(query_prefix) + pair.key].push_back(pair.value);
  }
  return out;
}

bool is_condition(const std::string& name) {
  return name == "methods" || name == "source_ips" || name.starts_with(header_prefix) ||
         name.starts_with(query_prefix);
}

}  // namespace

std::vector<elbv2::RuleCondition> conditions_of(const ResourceRecord& record) {
  using Condition = elbv2::RuleCondition;
  std::vector<Condition> out;
  add_single(out, record, "paths", "path-pattern", &Condition::path_pattern_config);
  add_single(out, record, "hosts", "host-header", &Condition::host_header_config);
  add_single(out, record, "methods", "http-request-method", &Condition::http_request_method_config);
  add_single(out, record, "source_ips", "source-ip", &Condition::source_ip_config);
  for (const auto& [name, value] : record.properties) {
    if (name.starts_with(header_prefix))
      out.push_back(header(name.substr(header_prefix.size()), record.property_list(name)));
    if (name.starts_with(query_prefix))
      out.push_back(query(name.substr(query_prefix.size()), record.property_list(name)));
  }
  return out;
}

void observe_conditions(const std::vector<elbv2::RuleCondition>& conditions,
                        const ResourceRecord& record, Properties& actual) {
  actual["paths"] = Texts();
  actual["hosts"] = Texts();
  std::string added;
  for (const elbv2::RuleCondition& condition : conditions) {
    for (const auto& [name, values] : read(condition)) {
      if (is_condition(name) && !record.properties.contains(name)) added = name;
      actual[name] = in_wanted_order(values, record.property_list(name));
    }
  }
  // A condition that nobody asked for must show as a difference, too.
  if (!added.empty()) actual["paths"] = "with an added condition " + added;
  for (const auto& [name, value] : record.properties) {
    if (is_condition(name)) actual.try_emplace(name, Texts());
  }
}

}  // namespace albatross::resources
