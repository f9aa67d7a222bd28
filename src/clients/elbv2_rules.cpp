#include "clients/elbv2_shapes.hpp"

namespace albatross::elbv2 {

/// The four kinds of condition that are a list of values.
template <class Config>
concept ValuesConfig = std::is_same_v<Config, HostHeaderConditionConfig> ||
    std::is_same_v<Config, PathPatternConditionConfig> ||
    std::is_same_v<Config, HttpRequestMethodConditionConfig> ||
    std::is_same_v<Config, SourceIpConditionConfig>;

template <ValuesConfig Config>
static void write(QueryWriter& out, const Config& config) {
  out.member("Values", config.values);
}

template <ValuesConfig Config>
static void read(XmlReader& in, Config& config) {
  in.member("Values", config.values);
}

static void write(QueryWriter& out, const HttpHeaderConditionConfig& config) {
  out.member("HttpHeaderName", config.http_header_name);
  out.member("Values", config.values);
}

static void read(XmlReader& in, HttpHeaderConditionConfig& config) {
  in.member("HttpHeaderName", config.http_header_name);
  in.member("Values", config.values);
}

static void write(QueryWriter& out, const QueryStringKeyValuePair& pair) {
  out.member("Key", pair.key);
  out.member("Value", pair.value);
}

static void read(XmlReader& in, QueryStringKeyValuePair& pair) {
  in.member("Key", pair.key);
  in.member("Value", pair.value);
}

static void write(QueryWriter& out, const QueryStringConditionConfig& config) {
  out.member("Values", config.values);
}

static void read(XmlReader& in, QueryStringConditionConfig& config) {
  in.member("Values", config.values);
}

static void write(QueryWriter& out, const RuleCondition& condition) {
  out.member("Field", condition.field);
  out.member("Values", condition.values);
  out.member("HostHeaderConfig", condition.host_header_config);
  out.member("PathPatternConfig", condition.path_pattern_config);
  out.member("HttpHeaderConfig", condition.http_header_config);
  out.member("QueryStringConfig", condition.query_string_config);
  out.member("HttpRequestMethodConfig", condition.http_request_method_config);
  out.member("SourceIpConfig", condition.source_ip_config);
}

static void read(XmlReader& in, RuleCondition& condition) {
  in.member("Field", condition.field);
  in.member("Values", condition.values);
  in.member("HostHeaderConfig", condition.host_header_config);
  in.member("PathPatternConfig", condition.path_pattern_config);
  in.member("HttpHeaderConfig", condition.http_header_config);
  in.member("QueryStringConfig", condition.query_string_config);
  in.member("HttpRequestMethodConfig", condition.http_request_method_config);
  in.member("SourceIpConfig", condition.source_ip_config);
}

static void read(XmlReader& in, Rule& rule) {
  in.member("RuleArn", rule.rule_arn);
  in.member("Priority", rule.priority);
  in.member("Conditions", rule.conditions);
  in.member("Actions", rule.actions);
  in.member("IsDefault", rule.is_default);
}

static void write(QueryWriter& out, const DescribeRulesRequest& request) {
  out.member("ListenerArn", request.listener_arn);
  out.member("RuleArns", request.rule_arns);
  write_page(out, request);
}

static void read(XmlReader& in, DescribeRulesResponse& response) {
  in.member("Rules", response.rules);
  in.member("NextMarker", response.next_marker);
}

static void write(QueryWriter& out, const CreateRuleRequest& request) {
  out.member("ListenerArn", request.listener_arn);
  out.member("Conditions", request.conditions);
  out.member("Priority", request.priority);
  out.member("Actions", request.actions);
  out.member("Tags", request.tags);
}

static void read(XmlReader& in, CreateRuleResponse& response) {
  in.member("Rules", response.rules);
}

static void write(QueryWriter& out, const ModifyRuleRequest& request) {
  out.member("RuleArn", request.rule_arn);
  out.member("Conditions", request.conditions);
  out.member("Actions", request.actions);
}

static void read(XmlReader& in, ModifyRuleResponse& response) {
  in.member("Rules", response.rules);
}

static void write(QueryWriter& out, const RulePriorityPair& pair) {
  out.member("RuleArn", pair.rule_arn);
  out.member("Priority", pair.priority);
}

static void write(QueryWriter& out, const SetRulePrioritiesRequest& request) {
  out.member("RulePriorities", request.rule_priorities);
}

static void read(XmlReader& in, SetRulePrioritiesResponse& response) {
  in.member("Rules", response.rules);
}

static void write(QueryWriter& out, const DeleteRuleRequest& request) {
  out.member("RuleArn", request.rule_arn);
}

static constexpr std::tuple operations{
    Elbv2Operation<DescribeRulesRequest, DescribeRulesResponse>{"DescribeRules", Repeat::read},
    Elbv2Operation<CreateRuleRequest, CreateRuleResponse>{"CreateRule", Repeat::never},
    Elbv2Operation<ModifyRuleRequest, ModifyRuleResponse>{"ModifyRule", Repeat::harmless},
    Elbv2Operation<SetRulePrioritiesRequest, SetRulePrioritiesResponse>{"SetRulePriorities",
                                                                        Repeat::harmless},
    Elbv2Operation<DeleteRuleRequest, DeleteRuleResponse>{"DeleteRule", Repeat::harmless},
};

std::vector<OperationInfo> rule_operations() {
  return describe_all(operations);
}

Task<DescribeRulesResponse> Client::describe_rules(DescribeRulesRequest request,
                                                   CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateRuleResponse> Client::create_rule(CreateRuleRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ModifyRuleResponse> Client::modify_rule(ModifyRuleRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<SetRulePrioritiesResponse> Client::set_rule_priorities(SetRulePrioritiesRequest request,
                                                            CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteRuleResponse> Client::delete_rule(DeleteRuleRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<Rule>> Client::all_rules(DescribeRulesRequest request, CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request), &DescribeRulesResponse::rules,
                      std::move(options));
}

}  // namespace albatross::elbv2
