#include "orchestrator/spec/aws_formats.hpp"
#include "orchestrator/spec/balancing_tables.hpp"
#include "orchestrator/spec/formats.hpp"
#include "orchestrator/spec/shorthand.hpp"

namespace albatross::spec {
namespace {

using std::chrono::seconds;

void set_grpc_codes(HealthCheckSpec& check, std::string codes) {
  check.codes = std::move(codes);
}

void stick_for(TargetGroupAttributesSpec& attributes, seconds duration) {
  attributes.stickiness.type = "lb_cookie";
  attributes.stickiness.duration = duration;
}

const Section<HealthCheckSpec>& health_table() {
  using H = HealthCheckSpec;
  static const Section<H> table = {
      defaulting_to("the service's", member("protocol", &H::protocol, word({"HTTP", "HTTPS"}),
                                            "How the load balancer asks.")),
      defaulting_to(
          "/, for gRPC /AWS.ALB/healthcheck",
          member("path", &H::path, health_check_path(), "What the load balancer asks for.")),
      defaulting_to("the service's port", member("port", &H::port, port_number(),
                                                 "Where it asks, if not on the service's port.")),
      member("interval", &H::interval, seconds_between(seconds{5}, seconds{300}),
             "Time from one check to the next."),
      member("timeout", &H::timeout, seconds_between(seconds{2}, seconds{120}),
             "How long an answer may take; less than the interval."),
      member("healthy_threshold", &H::healthy_threshold,
             number_between(2, 10, "a number of checks"),
             "Good answers in a row that make a target healthy."),
      member("unhealthy_threshold", &H::unhealthy_threshold,
             number_between(2, 10, "a number of checks"),
             "Bad answers in a row that make it unhealthy."),
      member("codes", &H::codes, status_codes(), "The status codes that count as good."),
      member("grpc_codes", set_grpc_codes, grpc_codes(), "The same for gRPC, in gRPC's own codes.",
             "12"),
  };
  return table;
}

const Section<StickinessSpec>& stickiness_table() {
  using S = StickinessSpec;
  static const Section<S> table = {
      defaulting_to("app_cookie with a cookie_name, else lb_cookie",
                    member("type", &S::type, word({"lb_cookie", "app_cookie"}),
                           "Whose cookie binds a client: the load balancer's or the "
                           "application's.")),
      defaulting_to("none", member("cookie_name", &S::cookie_name, cookie_name(),
                                   "The application's cookie.")),
      member("duration", &S::duration, seconds_between(seconds{1}, seconds{604800}),
             "For how long."),
  };
  return table;
}

const Section<TargetGroupAttributesSpec>& attributes_table() {
  using A = TargetGroupAttributesSpec;
  static const Section<A> table = {
      defaulting_to("off", or_short(stick_for, seconds_between(seconds{1}, seconds{604800}),
                                    section("stickiness", &A::stickiness, stickiness_table(),
                                            "Whether a client stays on one instance: for how long, "
                                            "or more."))),
      optional_member("slow_start", &A::slow_start, seconds_between(seconds{0}, seconds{900}),
                      "How long the load on a new instance grows until it is its full share: 0, or "
                      "30s to 15m.",
                      "0s"),
      optional_member("deregistration_delay", &A::deregistration_delay,
                      seconds_between(seconds{0}, seconds{3600}),
                      "How long requests under way may go on when an instance leaves.", "5m"),
      optional_member("algorithm", &A::algorithm,
                      word({"round_robin", "least_outstanding_requests", "weighted_random"}),
                      "Which instance gets the next request.", "round_robin"),
      optional_member("anomaly_mitigation", &A::anomaly_mitigation, flag(),
                      "Send less to instances that err more than the others; with "
                      "weighted_random.",
                      "false"),
      optional_member("cross_zone", &A::cross_zone, flag(),
                      "Whether every zone's share goes to the instances of all zones.", "true"),
  };
  return table;
}

}  // namespace

const Section<ServiceSpec>& service_table() {
  using S = ServiceSpec;
  static const Section<S> table =
      Section<S>{
          required(member("port", &S::port, port_number(),
                          "The port that it listens on, on every instance.")),
          member("protocol", &S::protocol, word({"HTTP", "HTTPS"}),
                 "How the load balancer speaks to it; its certificate is not checked."),
          member("protocol_version", &S::protocol_version, word({"HTTP1", "HTTP2", "GRPC"}),
                 "HTTP2 and GRPC need HTTPS listeners."),
          section("health", &S::health_check, health_table(),
                  "How the load balancer finds out whether it works."),
          section("route", &S::route, route_table(),
                  "Which requests go to it: those that meet all of these conditions. Without one "
                  "only a listener's default or a rule leads there."),
      } +
      inside(&S::attributes, attributes_table());
  return table;
}

}  // namespace albatross::spec
