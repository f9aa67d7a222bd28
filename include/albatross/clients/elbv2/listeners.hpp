#pragma once

#include "albatross/clients/elbv2/load_balancers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::elbv2 {

struct Certificate {
  std::string certificate_arn;
  /// Told by DescribeListenerCertificates only.
  bool is_default = false;
};

struct TargetGroupTuple {
  std::string target_group_arn;
  /// 0 to 999.
  std::optional<int> weight;
};

struct TargetGroupStickinessConfig {
  std::optional<bool> enabled;
  std::optional<int> duration_seconds;
};

struct ForwardActionConfig {
  std::vector<TargetGroupTuple> target_groups;
  std::optional<TargetGroupStickinessConfig> target_group_stickiness_config;
};

struct RedirectActionConfig {
  std::string protocol;
  std::string port;
  std::string host;
  std::string path;
  std::string query;
  /// HTTP_301 | HTTP_302.
  std::string status_code;
};

struct FixedResponseActionConfig {
  std::string status_code;
  std::string content_type;
  std::string message_body;
};

/// A forward to one group is echoed with both target_group_arn and forward_config.
struct Action {
  /// forward | redirect | fixed-response.
  std::string type;
  std::optional<int> order;
  std::string target_group_arn;
  std::optional<ForwardActionConfig> forward_config;
  std::optional<RedirectActionConfig> redirect_config;
  std::optional<FixedResponseActionConfig> fixed_response_config;
};

struct Listener {
  std::string listener_arn;
  std::string load_balancer_arn;
  int port = 0;
  std::string protocol;
  std::string ssl_policy;
  std::vector<Certificate> certificates;
  std::vector<Action> default_actions;
};

struct DescribeListenersRequest {
  std::string load_balancer_arn;
  std::vector<std::string> listener_arns;
  std::optional<int> page_size;
  std::string marker;
};
struct DescribeListenersResponse {
  std::vector<Listener> listeners;
  std::string next_marker;
};

/// Same settings on the same port again: answers with the existing listener.
struct CreateListenerRequest {
  std::string load_balancer_arn;
  std::string protocol;
  std::optional<int> port;
  std::string ssl_policy;
  std::vector<Certificate> certificates;
  std::vector<Action> default_actions;
  std::vector<Tag> tags;
};
struct CreateListenerResponse {
  std::vector<Listener> listeners;
};

struct ModifyListenerRequest {
  std::string listener_arn;
  std::string protocol;
  std::optional<int> port;
  std::string ssl_policy;
  std::vector<Certificate> certificates;
  /// Replaces the list.
  std::vector<Action> default_actions;
};
struct ModifyListenerResponse {
  std::vector<Listener> listeners;
};

/// Its rules go with it.
struct DeleteListenerRequest {
  std::string listener_arn;
};
using DeleteListenerResponse = Done;

/// The default certificate and those for SNI; one that is both is listed twice.
struct DescribeListenerCertificatesRequest {
  std::string listener_arn;
  std::optional<int> page_size;
  std::string marker;
};
struct DescribeListenerCertificatesResponse {
  std::vector<Certificate> certificates;
  std::string next_marker;
};

/// Certificates for SNI; those that are there already stay.
struct AddListenerCertificatesRequest {
  std::string listener_arn;
  std::vector<Certificate> certificates;
};
struct AddListenerCertificatesResponse {
  std::vector<Certificate> certificates;
};

/// OperationNotPermitted for the default certificate.
struct RemoveListenerCertificatesRequest {
  std::string listener_arn;
  std::vector<Certificate> certificates;
};
using RemoveListenerCertificatesResponse = Done;

struct HostHeaderConditionConfig {
  std::vector<std::string> values;
};

struct PathPatternConditionConfig {
  std::vector<std::string> values;
};

struct HttpRequestMethodConditionConfig {
  std::vector<std::string> values;
};

struct SourceIpConditionConfig {
  std::vector<std::string> values;
};

struct HttpHeaderConditionConfig {
  std::string http_header_name;
  std::vector<std::string> values;
};

struct QueryStringKeyValuePair {
  std::string key;
  std::string value;
};

struct QueryStringConditionConfig {
  std::vector<QueryStringKeyValuePair> values;
};

/// Host and path conditions are echoed with both values and their config.
struct RuleCondition {
  /// host-header | path-pattern | http-request-method | source-ip | http-header | query-string.
  std::string field;
  std::vector<std::string> values;
  std::optional<HostHeaderConditionConfig> host_header_config;
  std::optional<PathPatternConditionConfig> path_pattern_config;
  std::optional<HttpHeaderConditionConfig> http_header_config;
  std::optional<QueryStringConditionConfig> query_string_config;
  std::optional<HttpRequestMethodConditionConfig> http_request_method_config;
  std::optional<SourceIpConditionConfig> source_ip_config;
};

struct Rule {
  std::string rule_arn;
  /// A number as text, or "default".
  std::string priority;
  std::vector<RuleCondition> conditions;
  std::vector<Action> actions;
  bool is_default = false;
};

struct DescribeRulesRequest {
  std::string listener_arn;
  std::vector<std::string> rule_arns;
  std::optional<int> page_size;
  std::string marker;
};
struct DescribeRulesResponse {
  std::vector<Rule> rules;
  std::string next_marker;
};

/// Not idempotent; a repetition fails with PriorityInUse.
struct CreateRuleRequest {
  std::string listener_arn;
  std::vector<RuleCondition> conditions;
  /// 1 to 50000.
  int priority = 0;
  std::vector<Action> actions;
  std::vector<Tag> tags;
};
struct CreateRuleResponse {
  std::vector<Rule> rules;
};

struct ModifyRuleRequest {
  std::string rule_arn;
  std::vector<RuleCondition> conditions;
  std::vector<Action> actions;
};
struct ModifyRuleResponse {
  std::vector<Rule> rules;
};

struct RulePriorityPair {
  std::string rule_arn;
  int priority = 0;
};

/// All in one step.
struct SetRulePrioritiesRequest {
  std::vector<RulePriorityPair> rule_priorities;
};
struct SetRulePrioritiesResponse {
  std::vector<Rule> rules;
};

struct DeleteRuleRequest {
  std::string rule_arn;
};
using DeleteRuleResponse = Done;

struct Cipher {
  std::string name;
  int priority = 0;
};

struct SslPolicy {
  std::string name;
  std::vector<std::string> ssl_protocols;
  std::vector<Cipher> ciphers;
  std::vector<std::string> supported_load_balancer_types;
};

struct DescribeSSLPoliciesRequest {
  std::vector<std::string> names;
  std::string load_balancer_type;
  std::optional<int> page_size;
  std::string marker;
};
struct DescribeSSLPoliciesResponse {
  std::vector<SslPolicy> ssl_policies;
  std::string next_marker;
};

}  // namespace albatross::elbv2
