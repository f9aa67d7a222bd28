#include "sim/acm.hpp"
#include "sim/core/quotas.hpp"
#include "sim/elbv2/common.hpp"
#include "sim/elbv2/ssl_policies.hpp"

#include <algorithm>

namespace albatross::sim::elbv2 {
namespace {

constexpr const char* default_ssl_policy = "ELBSecurityPolicy-2016-08";

const Tags& default_attributes() {
  static const Tags attributes = {
      {"routing.http.response.access_control_allow_credentials.header_value", ""},
      {"routing.http.response.access_control_allow_headers.header_value", ""},
      {"routing.http.response.access_control_allow_methods.header_value", ""},
      {"routing.http.response.access_control_allow_origin.header_value", ""},
      {"routing.http.response.access_control_expose_headers.header_value", ""},
      {"routing.http.response.access_control_max_age.header_value", ""},
      {"routing.http.response.content_security_policy.header_value", ""},
      {"routing.http.response.server.enabled", "true"},
      {"routing.http.response.strict_transport_security.header_value", ""},
      {"routing.http.response.x_content_type_options.header_value", ""},
      {"routing.http.response.x_frame_options.header_value", ""},
  };
  return attributes;
}

void write_listener(Call& call, const Listener& listener) {
  Xml& out = call.out;
  out.leaf("ListenerArn", listener.arn);
  out.leaf("LoadBalancerArn", listener.load_balancer);
  out.leaf("Port", listener.port);
  out.leaf("Protocol", listener.protocol);
  if (!listener.certificates.empty()) {
    out.in("Certificates", [&] {
      out.in("member", [&] { out.leaf("CertificateArn", listener.certificates.front()); });
    });
    out.leaf("SslPolicy", listener.ssl_policy);
    out.in("MutualAuthentication", [&] { out.leaf("Mode", "off"); });
  }
  write_actions(call, "DefaultActions", listener.actions);
}

void answer(Call& call, const Listener& listener) {
  call.out.in("Listeners", [&] { call.out.in("member", [&] { write_listener(call, listener); }); });
}

/// Port, protocol, certificates and policy of the call, over what the listener has.
void read_settings(Call& call, Listener& listener, const LoadBalancer& lb) {
  const Param p = call.params;
  if (const Param port = p["Port"]) listener.port = static_cast<int>(port.number_or(0));
  listener.protocol = p["Protocol"].text_or(listener.protocol);
  const bool application = lb.type == "application";
  const bool http = listener.protocol == "HTTP" || listener.protocol == "HTTPS";
  if (application != http) {
    refuse("ValidationError", cat("Listener protocol '", listener.protocol, "' must be one of '",
                                  application ? "HTTP, HTTPS" : "UDP, TCP, TLS, TCP_UDP", "'"));
  }
  const auto certificates = p["Certificates"].items();
  if (certificates.size() > 1) {
    refuse("TooManyCertificates", "Exactly one default certificate must be specified");
  }
  if (!certificates.empty()) {
    const auto arn = certificates.front()["CertificateArn"].text();
    check_certificate(call, arn);
    if (listener.certificates.empty()) listener.certificates.emplace_back();
    listener.certificates.front() = arn;
  }
  if (const Param policy = p["SslPolicy"]) {
    if (!is_ssl_policy(policy.text())) {
      refuse("SSLPolicyNotFound", cat("SSL policy '", policy.text(), "' not found"));
    }
    listener.ssl_policy = policy.str();
  }
  const bool secure = listener.protocol == "HTTPS" || listener.protocol == "TLS";
  if (secure && listener.certificates.empty()) {
    refuse("ValidationError",
           cat("A certificate must be specified for ", listener.protocol, " listeners"));
  }
  if (secure && listener.ssl_policy.empty()) listener.ssl_policy = default_ssl_policy;
  if (!secure && (!certificates.empty() || p["SslPolicy"])) {
    refuse("InvalidConfigurationRequest",
           cat("Certificates cannot be specified for ", listener.protocol, " listeners"));
  }
  if (!secure) {
    listener.certificates.clear();
    listener.ssl_policy.clear();
  }
}

const Listener* on_port(const World& world, const std::string& lb, int port,
                        std::string_view except) {
  for (const auto& [arn, listener] : world.listeners) {
    if (listener.load_balancer == lb && listener.port == port && arn != except) return &listener;
  }
  return nullptr;
}

[[noreturn]] void duplicate() {
  refuse("DuplicateListener", "A listener already exists on this port for this load balancer");
}

void make_default_rule(Call& call, Listener& listener) {
  ListenerRule rule;
  rule.arn = rule_arn(call.world, listener.arn);
  rule.listener = listener.arn;
  rule.actions = listener.actions;
  listener.default_rule = rule.arn;
  call.world.rules.emplace(rule.arn, std::move(rule));
}

void create(Call& call) {
  World& world = call.world;
  const LoadBalancer& lb = load_balancer_of(call, call.params["LoadBalancerArn"].text());
  Listener listener;
  listener.load_balancer = lb.arn;
  if (!call.params["Port"]) refuse("ValidationError", "A port must be specified");
  if (!call.params["Protocol"]) refuse("ValidationError", "A protocol must be specified");
  read_settings(call, listener, lb);
  listener.actions = read_actions(call, call.params["DefaultActions"], lb.arn);
  listener.tags = read_tags(call.params["Tags"]);
  if (const Listener* other = on_port(world, lb.arn, listener.port, "")) {
    const bool same = other->protocol == listener.protocol && other->actions == listener.actions &&
                      other->certificates == listener.certificates;
    if (!same) duplicate();
    return answer(call, *other);
  }
  const auto count = std::count_if(world.listeners.begin(), world.listeners.end(),
                                   [&](const auto& e) { return e.second.load_balancer == lb.arn; });
  if (static_cast<double>(count) >= world.quota(quota::listeners_of_load_balancer)) {
    refuse("TooManyListeners", "The maximum number of listeners has been reached");
  }
  listener.arn =
      world.arn("elasticloadbalancing", cat("listener/", lb.suffix, "/", world.ids.hex(16)));
  listener.attributes = default_attributes();
  world.created(listener.arn, call.now);
  Listener& made = world.listeners.emplace(listener.arn, std::move(listener)).first->second;
  make_default_rule(call, made);
  world.refresh_forwarding(call.now);
  answer(call, made);
}

void describe(Call& call) {
  const auto arns = call.params["ListenerArns"].texts();
  const Param lb = call.params["LoadBalancerArn"];
  if (static_cast<bool>(lb) != arns.empty()) {
    refuse("ValidationError", "You must specify either listener ARNs or a load balancer ARN");
  }
  if (lb) load_balancer_of(call, lb.text());
  for (const auto arn : arns)
    listener_of(call, arn);
  const auto wanted = [&](const Listener& listener) {
    if (lb) return listener.load_balancer == lb.text();
    return std::find(arns.begin(), arns.end(), listener.arn) != arns.end();
  };
  page(call, call.world.listeners, "Listeners", wanted,
       [&](const Listener& listener) { write_listener(call, listener); });
}

void modify(Call& call) {
  Listener& listener = listener_of(call, call.params["ListenerArn"].text());
  const LoadBalancer& lb = call.world.load_balancers.at(listener.load_balancer);
  Listener changed = listener;
  read_settings(call, changed, lb);
  if (call.params["DefaultActions"]) {
    changed.actions = read_actions(call, call.params["DefaultActions"], lb.arn);
  }
  if (on_port(call.world, lb.arn, changed.port, listener.arn) != nullptr) duplicate();
  listener = std::move(changed);
  call.world.rules.at(listener.default_rule).actions = listener.actions;
  call.world.refresh_forwarding(call.now);
  answer(call, listener);
}

void remove(Call& call) {
  const std::string arn = listener_of(call, call.params["ListenerArn"].text()).arn;
  remove_listener(call.world, arn);
  call.world.refresh_forwarding(call.now);
}

void describe_attributes(Call& call) {
  write_attributes(call, listener_of(call, call.params["ListenerArn"].text()).attributes);
}

void modify_listener_attributes(Call& call) {
  modify_attributes(call, listener_of(call, call.params["ListenerArn"].text()).attributes);
}

constexpr Action actions[] = {
    {"CreateListener", create, true},
    {"DescribeListeners", describe},
    {"ModifyListener", modify, true},
    {"DeleteListener", remove, true},
    {"DescribeListenerAttributes", describe_attributes},
    {"ModifyListenerAttributes", modify_listener_attributes},
};

}  // namespace

std::span<const Action> listener_actions() {
  return actions;
}

}  // namespace albatross::sim::elbv2
