#include "orchestrator/attributes.hpp"

#include <array>
#include <utility>

namespace albatross {
namespace {

std::string text(bool value) {
  return value ? "true" : "false";
}
std::string text(std::chrono::seconds value) {
  return std::to_string(value.count());
}
std::string text(const std::string& value) {
  return value;
}

template <class T>
void set(Attributes& out, const char* key, const std::optional<T>& value) {
  if (value) out[key] = text(*value);
}

void set_logs(Attributes& out, const std::string& kind, const LogsSpec& logs) {
  if (logs.bucket.empty()) return;
  out[kind + ".s3.enabled"] = "true";
  out[kind + ".s3.bucket"] = logs.bucket;
  out[kind + ".s3.prefix"] = logs.prefix;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> defaults{{
    {"access_logs.s3.enabled", "false"},
    {"client_keep_alive.seconds", "3600"},
    {"connection_logs.s3.enabled", "false"},
    {"deletion_protection.enabled", "false"},
    {"deregistration_delay.timeout_seconds", "300"},
    {"idle_timeout.timeout_seconds", "60"},
    {"load_balancing.algorithm.anomaly_mitigation", "off"},
    {"load_balancing.algorithm.type", "round_robin"},
    {"load_balancing.cross_zone.enabled", "use_load_balancer_configuration"},
    {"routing.http.desync_mitigation_mode", "defensive"},
    {"routing.http.drop_invalid_header_fields.enabled", "false"},
    {"routing.http.preserve_host_header.enabled", "false"},
    {"routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false"},
    {"routing.http.xff_client_port.enabled", "false"},
    {"routing.http.xff_header_processing.mode", "append"},
    {"routing.http2.enabled", "true"},
    {"slow_start.duration_seconds", "0"},
    {"stickiness.app_cookie.duration_seconds", "86400"},
    {"stickiness.enabled", "false"},
    {"stickiness.lb_cookie.duration_seconds", "86400"},
    {"stickiness.type", "lb_cookie"},
    {"waf.fail_open.enabled", "false"},
}};

}  // namespace

Attributes attributes_of(const LoadBalancerAttributesSpec& spec) {
  Attributes out;
  set(out, "idle_timeout.timeout_seconds", spec.idle_timeout);
  set(out, "client_keep_alive.seconds", spec.client_keep_alive);
  set(out, "deletion_protection.enabled", spec.deletion_protection);
  set_logs(out, "access_logs", spec.access_logs);
  set_logs(out, "connection_logs", spec.connection_logs);
  set(out, "routing.http.desync_mitigation_mode", spec.desync_mitigation_mode);
  set(out, "routing.http.drop_invalid_header_fields.enabled", spec.drop_invalid_header_fields);
  set(out, "routing.http2.enabled", spec.http2);
  set(out, "routing.http.preserve_host_header.enabled", spec.preserve_host_header);
  set(out, "routing.http.xff_client_port.enabled", spec.xff_client_port);
  set(out, "routing.http.xff_header_processing.mode", spec.xff_header_processing);
  set(out, "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
      spec.tls_version_and_cipher_headers);
  set(out, "waf.fail_open.enabled", spec.waf_fail_open);
  return out;
}

Attributes attributes_of(const TargetGroupAttributesSpec& spec) {
  Attributes out;
  const StickinessSpec& stickiness = spec.stickiness;
  if (!stickiness.type.empty()) {
    out["stickiness.enabled"] = "true";
    out["stickiness.type"] = stickiness.type;
    out["stickiness." + stickiness.type + ".duration_seconds"] = text(stickiness.duration);
  }
  if (!stickiness.cookie_name.empty())
    out["stickiness.app_cookie.cookie_name"] = stickiness.cookie_name;
  set(out, "slow_start.duration_seconds", spec.slow_start);
  set(out, "deregistration_delay.timeout_seconds", spec.deregistration_delay);
  set(out, "load_balancing.algorithm.type", spec.algorithm);
  set(out, "load_balancing.cross_zone.enabled", spec.cross_zone);
  if (spec.anomaly_mitigation)
    out["load_balancing.algorithm.anomaly_mitigation"] = *spec.anomaly_mitigation ? "on" : "off";
  return out;
}

std::optional<std::string> default_attribute(std::string_view key) {
  for (const auto& [name, value] : defaults) {
    if (name == key) return std::string(value);
  }
  return std::nullopt;
}

}  // namespace albatross
