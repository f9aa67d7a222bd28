#include "orchestrator/stack_file_cases.hpp"

/// Listeners, rules, target groups, attributes and reuse: what a file becomes, and what is refused.
namespace albatross {
namespace {

using namespace std::chrono_literals;

constexpr auto certificate_a = "arn:aws:acm:us-east-1:123456789012:certificate/a";
constexpr auto certificate_b = "arn:aws:acm:us-east-1:123456789012:certificate/b";

TEST(StackFileBalancing, reads_short_forms) {
  const Stack stack = parse(R"(
name: x
storage: {efs: fs-12345678}
services:
  web: {port: 80, stickiness: 1h}
  api: {port: 81}
load_balancer:
  listeners:
    - redirect: https
    - protocol: HTTPS
      port: 8443
      certificate: [arn:aws:acm:us-east-1:123456789012:certificate/a,
                    arn:aws:acm:us-east-1:123456789012:certificate/b]
      fixed_response: 404
  rules:
    all: {paths: ["/*"], forward: web}
    canary: {headers: {X-Canary: "1"}, query: {v: [2, 3]}, forward: {web: 9, api: 1}, stickiness: 5m}
  attributes: {access_logs: my-logs}
)");
  EXPECT_TRUE(stack.file_system.enabled);
  EXPECT_EQ(stack.file_system.existing_id, "fs-12345678");
  const auto& sticky = stack.services.at(0).attributes.stickiness;
  EXPECT_EQ(sticky.type, "lb_cookie");
  EXPECT_EQ(sticky.duration, 3600s);
  const auto& http = stack.load_balancer.listeners.at(0);
  EXPECT_EQ(http.port, 80);
  EXPECT_EQ(http.default_action.type, ActionSpec::Type::redirect);
  EXPECT_EQ(http.default_action.redirect.protocol, "HTTPS");
  EXPECT_EQ(http.default_action.redirect.port, "8443") << "where HTTPS is";
  EXPECT_EQ(http.default_action.redirect.status, 301);
  EXPECT_FALSE(http.takes_rules());
  const auto& https = stack.load_balancer.listeners.at(1);
  EXPECT_EQ(https.certificates, (std::vector<std::string>{certificate_a, certificate_b}));
  EXPECT_EQ(https.default_action.type, ActionSpec::Type::fixed_response);
  EXPECT_EQ(https.default_action.fixed_response.status, 404);
  EXPECT_EQ(https.default_service, "");
  const auto& rules = stack.load_balancer.rules;
  EXPECT_EQ(rules.at(0).action.forward.at(0).service, "web");
  EXPECT_EQ(rules.at(1).route.headers.at("X-Canary"), std::vector<std::string>{"1"});
  EXPECT_EQ(rules.at(1).route.query.at("v"), (std::vector<std::string>{"2", "3"}));
  EXPECT_TRUE(rules.at(1).action.leads_to("api"));
  EXPECT_EQ(rules.at(1).action.stickiness, 300s);
  EXPECT_EQ(stack.load_balancer.attributes.access_logs.bucket, "my-logs");
}

TEST(StackFileBalancing, reads_long_forms) {
  const Stack stack = parse(R"(
name: x
services:
  grpc: {port: 80, protocol_version: GRPC}
  web: {port: 81, protocol: HTTPS, stickiness: {cookie_name: sid}, route: {methods: [GET, POST]}}
load_balancer:
  listeners:
    - protocol: HTTPS
      certificate: arn:aws:acm:us-east-1:123456789012:certificate/a
      default_service: grpc
  rules:
    moved:
      hosts: [old.example.com]
      redirect: {protocol: HTTP, host: new.example.com, path: "/v2/#{path}", status: 302}
      listeners: [443]
    closed:
      source_ips: ["2001:db8::/32"]
      fixed_response: {status: 503, content_type: text/html, body: "<p>closed</p>"}
)");
  const auto& check = stack.services.at(0).health_check;
  EXPECT_EQ(check.path, "/AWS.ALB/healthcheck");
  EXPECT_EQ(check.codes, "12");
  EXPECT_EQ(check.protocol, "HTTP");
  EXPECT_EQ(stack.services.at(1).health_check.protocol, "HTTPS");
  EXPECT_EQ(stack.services.at(1).attributes.stickiness.type, "app_cookie");
  const auto& moved = stack.load_balancer.rules.at(0);
  EXPECT_EQ(moved.action.redirect.port, "80");
  EXPECT_EQ(moved.action.redirect.host, "new.example.com");
  EXPECT_EQ(moved.action.redirect.query, "#{query}");
  EXPECT_EQ(moved.action.redirect.status, 302);
  EXPECT_TRUE(moved.is_for(stack.load_balancer.listeners.at(0)));
  EXPECT_EQ(stack.load_balancer.rules.at(1).action.fixed_response.body, "<p>closed</p>");
}

TEST(StackFileBalancing, lets_everybody_in_over_both_protocols) {
  const Stack stack = parse(
      "name: x\nnetwork: {subnets: [subnet-12345678, subnet-23456789]}\n"
      "services: {a: {port: 80}}\nload_balancer: {ip_address_type: dualstack}\n");
  EXPECT_EQ(stack.load_balancer.allow_from, (std::vector<std::string>{"0.0.0.0/0", "::/0"}));
}

TEST(StackFileBalancing, knows_existing_instances_by_id_and_by_tag) {
  const auto instances = [](const std::string& how) {
    return parse("name: x\ninstances: {existing: " + how + "}\n").instances;
  };
  EXPECT_EQ(instances("i-12345678").existing_ids, std::vector<std::string>{"i-12345678"});
  EXPECT_EQ(instances("[i-12345678, i-23456789]").existing_ids.size(), 2u);
  EXPECT_EQ(instances("{Role: web}").existing_tags.at("Role"), "web");
}

class StackFileBalancingChecks : public testing::TestWithParam<ComplaintCase> {};

TEST_P(StackFileBalancingChecks, are_refused_with_place_and_reason) {
  EXPECT_EQ(complaints_about(GetParam().text), GetParam().complaints);
}

const std::vector<ComplaintCase> cases = {
    {"two actions of a listener",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {listeners: [{default_service: a, fixed_response: 404}]}\n",
     {"3:66: load_balancer.listeners[0].fixed_response stands beside default_service; expected one "
      "of them"}},
    {"a rule without an action",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {rules: {r: {paths: [/a]}}}\n",
     {"3:25: load_balancer.rules.r does nothing; expected forward, redirect or fixed_response"}},
    {"a rule for every request",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {rules: {r: {forward: a}}}\n",
     {"3:25: load_balancer.rules.r names no request; expected paths, hosts, methods, headers, "
      "query or source_ips"}},
    {"a rule named like a service",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {rules: {a: {paths: [/a], forward: a}}}\n",
     {"3:25: load_balancer.rules.a has the name of a service; expected a name of its own"}},
    {"a weight for a service that is not there",
     "name: x\n"
     "services: {web: {port: 80}}\n"
     "load_balancer: {rules: {r: {paths: [/a], forward: {web: 1, wep: 1}}}}\n",
     {"3:65: load_balancer.rules.r.forward.wep is 'wep'; expected one of the services: web; did "
      "you mean 'web'?"}},
    {"weights of nothing",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {rules: {r: {paths: [/a], forward: {a: 0}}}}\n",
     {"3:51: load_balancer.rules.r.forward sends nothing anywhere; expected a service with a "
      "weight above 0"}},
    {"a weight of 1000",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {listeners: [{forward: {a: 1000}}]}\n",
     {"3:43: load_balancer.listeners[0].forward.a is 1000; expected a weight, 0 to 999"}},
    {"stickiness of one",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {rules: {r: {paths: [/a], forward: a, stickiness: 1h}}}\n",
     {"3:66: load_balancer.rules.r.stickiness is for forward to several services; expected forward "
      "with the weight of each"}},
    {"a redirect to where one is",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {rules: {r: {paths: [/a], redirect: {status: 302}}}}\n",
     {"3:52: load_balancer.rules.r.redirect leads back to where the request was; expected another "
      "protocol, port, host or path"}},
    {"a redirect to HTTPS that nobody speaks",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {listeners: [{redirect: https}, {port: 81, default_service: a}]}\n",
     {"3:40: load_balancer.listeners[0].redirect is 'https', but no listener speaks it; expected "
      "one with protocol: HTTPS and a certificate"}},
    {"a redirect with status 307",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {rules: {r: {paths: [/a], redirect: {path: /b, status: 307}}}}\n",
     {"3:71: load_balancer.rules.r.redirect.status is 307; expected 301 or 302"}},
    {"a fixed response that redirects",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {rules: {r: {paths: [/a], fixed_response: {status: 301}}}}\n",
     {"3:67: load_balancer.rules.r.fixed_response.status is 301; expected a status code: 2xx, 4xx "
      "or 5xx"}},
    {"a rule on a port without a listener",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {rules: {r: {paths: [/a], forward: a, listeners: [443]}}}\n",
     {"3:66: load_balancer.rules.r.listeners[0] is 443, but no listener has that port"}},
    {"six values over all conditions",
     "name: x\n"
     "services:\n"
     "  a: {port: 80, route: {paths: [/a], methods: [GET, PUT], headers: {A: [x, y]}, query: {k: "
     "v}}}\n",
     {"3:24: services.a.route has 6 values in its conditions; expected at most 5 in all, * and ? "
      "can stand for several"}},
    {"a condition on the Host header",
     "name: x\n"
     "services: {a: {port: 80, route: {headers: {Host: a.b}}}}\n",
     {"2:44: key 'Host' in services.a.route.headers: hosts is the condition on the Host header; "
      "expected a header's name, without wildcards, at most 40 characters"}},
    {"a condition that names no header",
     "name: x\n"
     "services: {a: {port: 80, route: {headers: {}}}}\n",
     {"2:43: services.a.route.headers is empty; expected at least one name"}},
    {"a method in small letters",
     "name: x\n"
     "services: {a: {port: 80, route: {methods: [GET, put]}}}\n",
     {"2:43: services.a.route.methods is a list: 'put' is in it; expected a method such as GET, in "
      "capitals, at most 40 characters, or a list of such"}},
    {"a priority of a service and a rule",
     "name: x\n"
     "services: {a: {port: 80, route: {paths: [/a], priority: 7}}}\n"
     "load_balancer: {rules: {r: {paths: [/b], forward: a, priority: 7}}}\n",
     {"3:64: load_balancer.rules.r.priority is 7, which service 'a' has; expected a priority of "
      "its "
      "own"}},
    {"routes where everything is redirected",
     "name: x\n"
     "services: {a: {port: 80, route: {paths: [/a]}}}\n"
     "load_balancer: {listeners: [{redirect: {host: b.c}}]}\n",
     {"3:28: every listener redirects everything, so no request gets to services.a.route; expected "
      "another listener"}},
    {"a certificate twice",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer:\n"
     "  listeners:\n"
     "    - protocol: HTTPS\n"
     "      certificate: [arn:aws:acm:us-east-1:123456789012:certificate/a, "
     "arn:aws:acm:us-east-1:123456789012:certificate/a]\n",
     {"6:20: load_balancer.listeners[0].certificate has "
      "arn:aws:acm:us-east-1:123456789012:certificate/a twice"}},
    {"gRPC over a listener without TLS",
     "name: x\n"
     "services: {a: {port: 80, protocol_version: GRPC}}\n"
     "load_balancer: true\n",
     {"2:44: services.a.protocol_version is 'GRPC', which needs HTTPS, but the listener on port 80 "
      "speaks HTTP; expected HTTPS listeners only"}},
    {"gRPC's codes without gRPC",
     "name: x\n"
     "services: {a: {port: 80, health: {grpc_codes: 0}}}\n",
     {"2:47: services.a.health.grpc_codes are for protocol_version: GRPC; expected codes"}},
    {"a slow start of 10 s",
     "name: x\n"
     "services: {a: {port: 80, slow_start: 10s}}\n",
     {"2:38: services.a.slow_start is 10s; expected 0s or 30s to 15m"}},
    {"a slow start with least outstanding requests",
     "name: x\n"
     "services: {a: {port: 80, slow_start: 30s, algorithm: least_outstanding_requests}}\n",
     {"2:38: services.a.slow_start does not go with least_outstanding_requests; expected "
      "algorithm: "
      "round_robin with it"}},
    {"an application cookie without a name",
     "name: x\n"
     "services: {a: {port: 80, stickiness: {type: app_cookie}}}\n",
     {"2:38: services.a.stickiness.cookie_name is missing; app_cookie expects the name of a "
      "cookie"}},
    {"a cookie that is the load balancer's",
     "name: x\n"
     "services: {a: {port: 80, stickiness: {cookie_name: AWSALB}}}\n",
     {"2:52: services.a.stickiness.cookie_name is 'AWSALB': such names are the load balancer's "
      "own; "
      "expected a cookie's name, at most 256 characters",
      "2:52: services.a.stickiness.cookie_name is for app_cookie; the load balancer names its "
      "own"}},
    {"an idle timeout beyond AWS's",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {attributes: {idle_timeout: 2h}}\n",
     {"3:44: load_balancer.attributes.idle_timeout is '2h'; expected a duration such as 90, 30s, "
      "5m "
      "or 1h30m, 1s to 1h6m40s"}},
    {"both protocols in a created VPC",
     "name: x\n"
     "network: {vpc: create}\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {ip_address_type: dualstack}\n",
     {"4:34: load_balancer.ip_address_type is 'dualstack', but a VPC that is created has IPv4 "
      "only; "
      "expected existing subnets with IPv6 in network.subnets"}},
    {"IPv6 clients of an IPv4 load balancer",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {allow_from: [\"2001:db8::/32\"]}\n",
     {"3:30: load_balancer.allow_from[0] is IPv6, but the load balancer has IPv4 only; expected "
      "ip_address_type: dualstack with it"}},
    {"an IPv6 block with host bits",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {ip_address_type: dualstack, allow_from: [\"2001:db8::1/32\"]}\n",
     {"3:58: load_balancer.allow_from[0] is '2001:db8::1/32'; expected an IPv4 or IPv6 block such "
      "as 203.0.113.0/24 or 2001:db8::/32, its host bits zero"}},
    {"settings of instances that exist",
     "name: x\n"
     "instances: {existing: i-12345678, count: 2}\n",
     {"2:42: instances.count has no effect on instances that exist"}},
    {"settings of a load balancer that exists",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {existing: shared, scheme: internal, listeners: [{port: 81}]}\n",
     {"3:43: load_balancer.scheme has no effect on a load balancer that exists"}},
    {"a load balancer that exists without listeners",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {existing: shared}\n",
     {"3:27: load_balancer.listeners is missing; a load balancer that exists expects the listeners "
      "to add, or existing ones to add rules to"}},
    {"an existing listener of a new load balancer",
     "name: x\n"
     "services: {a: {port: 80}}\n"
     "load_balancer: {listeners: [{default_service: a}, {port: 81, existing: true}]}\n",
     {"3:72: load_balancer.listeners[1].existing is true, but the load balancer is made; expected "
      "load_balancer.existing"}},
    {"existing groups in a created VPC",
     "name: x\n"
     "network: {vpc: create}\n"
     "instances: {security_groups: [sg-12345678]}\n",
     {"3:30: instances.security_groups exists already, so it cannot be in the VPC that network.vpc "
      "creates; expected the id of its VPC there, or nothing"}},
    {"SSH beside existing groups",
     "name: x\n"
     "instances: {security_groups: [sg-12345678], ssh_from: [10.0.0.0/8]}\n",
     {"2:55: instances.ssh_from has no effect beside groups that exist: their rules stay as they "
      "are"}},
    {"encryption of a file system that exists",
     "name: x\n"
     "storage: {efs: {existing: fs-12345678, encrypted: true}}\n",
     {"2:51: storage.efs.encrypted has no effect on a file system that exists"}},
};

INSTANTIATE_TEST_SUITE_P(, StackFileBalancingChecks, testing::ValuesIn(cases),
                         test_name<ComplaintCase>);

}  // namespace
}  // namespace albatross
