#include "orchestrator/stack_file_cases.hpp"
#include "support/source_dir.hpp"

#include <algorithm>

/// What a stack file that is right becomes.
namespace albatross {
namespace {

using namespace std::chrono_literals;

constexpr auto two_services =
    "name: x\n"
    "services:\n"
    "  a: {port: 80, route: {paths: [/a]}}\n"
    "  b: {port: 81}\n"
    "load_balancer: true\n";

TEST(StackFile, of_a_name_alone_is_one_instance_with_every_default) {
  const Stack stack = parse("name: x\n");
  EXPECT_EQ(stack.name, "x");
  EXPECT_EQ(stack.tier, 1);
  EXPECT_EQ(stack.region, "");
  EXPECT_EQ(stack.network.mode, NetworkSpec::Mode::default_vpc);
  EXPECT_FALSE(stack.file_system.enabled);
  EXPECT_EQ(stack.instances.count, 1);
  EXPECT_EQ(stack.instances.type, "t3.small");
  EXPECT_TRUE(stack.services.empty());
  EXPECT_FALSE(stack.load_balancer.enabled);
  EXPECT_EQ(stack.timeouts.health, 300s);
  EXPECT_EQ(stack.poll_interval, 5s);
  EXPECT_EQ(stack.on_failure, FailurePolicy::rollback_load_balancer);
}

TEST(StackFile, has_the_promised_health_check_defaults) {
  const auto stack = parse("name: x\nservices: {a: {port: 80}}\n");
  const auto& check = stack.services.at(0).health_check;
  EXPECT_EQ(check.path, "/");
  EXPECT_EQ(check.interval, 30s);
  EXPECT_EQ(check.timeout, 5s);
  EXPECT_EQ(check.healthy_threshold, 2);
  EXPECT_EQ(check.unhealthy_threshold, 3);
  EXPECT_EQ(check.codes, "200");
  EXPECT_EQ(check.port, 0);
}

TEST(StackFile, sets_every_member_of_network_storage_and_instances) {
  const Stack stack = parse(R"(
name: full
region: eu-west-1
tags: {team: ml, cost: 42, on: true}
network: {vpc: create, cidr: 10.7.0.0/20, zones: [eu-west-1b, eu-west-1c]}
storage:
  efs: {mount: /data, encrypted: false, performance_mode: maxIO, throughput_mode: bursting}
instances:
  count: 3
  type: c7i.metal-24xl
  image: ami-0123456789abcdef0
  key_name: my key
  root_volume_gib: 50
  public_ip: false
  ssh_from: [203.0.113.7/32, 10.0.0.0/8]
  user_data: "#!/bin/sh\nexit 0\n"
)");
  EXPECT_EQ(stack.region, "eu-west-1");
  EXPECT_EQ(stack.tags,
            (std::map<std::string, std::string>{{"team", "ml"}, {"cost", "42"}, {"on", "true"}}));
  EXPECT_EQ(stack.network.mode, NetworkSpec::Mode::create);
  EXPECT_EQ(stack.network.cidr, "10.7.0.0/20");
  EXPECT_EQ(stack.network.zones, (std::vector<std::string>{"eu-west-1b", "eu-west-1c"}));
  EXPECT_TRUE(stack.file_system.enabled);
  EXPECT_EQ(stack.file_system.mount_path, "/data");
  EXPECT_FALSE(stack.file_system.encrypted);
  EXPECT_EQ(stack.file_system.performance_mode, "maxIO");
  EXPECT_EQ(stack.file_system.throughput_mode, "bursting");
  EXPECT_EQ(stack.instances.count, 3);
  EXPECT_EQ(stack.instances.type, "c7i.metal-24xl");
  EXPECT_EQ(stack.instances.image, "ami-0123456789abcdef0");
  EXPECT_EQ(stack.instances.key_name, "my key");
  EXPECT_EQ(stack.instances.root_volume_gib, 50);
  EXPECT_FALSE(stack.instances.public_ip);
  EXPECT_EQ(stack.instances.ssh_from, (std::vector<std::string>{"203.0.113.7/32", "10.0.0.0/8"}));
  EXPECT_EQ(stack.instances.user_data.reveal(), "#!/bin/sh\nexit 0\n");
}

TEST(StackFile, sets_every_member_of_services_and_load_balancer) {
  const Stack stack = parse(R"(
name: full
tier: 2
services:
  web:
    port: 8080
    health:
      {path: "/ok?deep=1", port: 9090, interval: 1m, timeout: 20, healthy_threshold: 10,
       unhealthy_threshold: 2, codes: "200,301-302"}
    route: {paths: ["/api/*"], hosts: ["*.example.com"], priority: 50000}
  rest: {port: 81}
load_balancer:
  name: Front-1
  scheme: internal
  allow_from: [10.0.0.0/8]
  listeners:
    - {port: 8443, protocol: HTTPS, default_service: rest, ssl_policy: ELBSecurityPolicy-2016-08,
       certificate: "arn:aws-us-gov:iam::123456789012:server-certificate/x/y"}
)");
  EXPECT_EQ(stack.tier, 2);
  const auto& web = stack.services.at(0);
  EXPECT_EQ(web.name, "web");
  EXPECT_EQ(web.port, 8080);
  EXPECT_EQ(web.health_check.path, "/ok?deep=1");
  EXPECT_EQ(web.health_check.port, 9090);
  EXPECT_EQ(web.health_check.interval, 60s);
  EXPECT_EQ(web.health_check.timeout, 20s);
  EXPECT_EQ(web.health_check.healthy_threshold, 10);
  EXPECT_EQ(web.health_check.unhealthy_threshold, 2);
  EXPECT_EQ(web.health_check.codes, "200,301-302");
  EXPECT_EQ(web.route.paths, std::vector<std::string>{"/api/*"});
  EXPECT_EQ(web.route.hosts, std::vector<std::string>{"*.example.com"});
  EXPECT_EQ(web.route.priority, 50000);
  const auto& balancer = stack.load_balancer;
  EXPECT_EQ(balancer.name, "Front-1");
  EXPECT_EQ(balancer.scheme, "internal");
  EXPECT_EQ(balancer.allow_from, std::vector<std::string>{"10.0.0.0/8"});
  const auto& listener = balancer.listeners.at(0);
  EXPECT_EQ(listener.port, 8443);
  EXPECT_EQ(listener.protocol, "HTTPS");
  EXPECT_EQ(listener.default_service, "rest");
  EXPECT_EQ(listener.ssl_policy, "ELBSecurityPolicy-2016-08");
  EXPECT_EQ(listener.certificates, std::vector<std::string>{"arn:aws-us-gov:iam::123456789012:"
                                                            "server-certificate/x/y"});
}

TEST(StackFile, sets_every_timeout_and_policy) {
  const Stack stack = parse(R"(
name: x
timeouts:
  {network: 1, security_groups: 2s, storage: 3m, instances: 4h, load_balancer: 1h2m3s,
   target_groups: 6, registration: 7, health: 8, destroy: 24h}
poll_interval: 500ms
on_failure: rollback-all
)");
  EXPECT_EQ(stack.timeouts.network, 1s);
  EXPECT_EQ(stack.timeouts.security_groups, 2s);
  EXPECT_EQ(stack.timeouts.storage, 180s);
  EXPECT_EQ(stack.timeouts.instances, 14400s);
  EXPECT_EQ(stack.timeouts.load_balancer, 3723s);
  EXPECT_EQ(stack.timeouts.target_groups, 6s);
  EXPECT_EQ(stack.timeouts.registration, 7s);
  EXPECT_EQ(stack.timeouts.health, 8s);
  EXPECT_EQ(stack.timeouts.destroy, 86400s);
  EXPECT_EQ(stack.poll_interval, 500ms);
  EXPECT_EQ(stack.on_failure, FailurePolicy::rollback_all);
  EXPECT_EQ(parse("name: x\non_failure: keep\n").on_failure, FailurePolicy::keep);
}

TEST(StackFile, keeps_services_in_the_order_of_the_file) {
  const Stack stack = parse("name: x\nservices: {z: {port: 1}, a: {port: 2}, m: {port: 3}}\n");
  std::string order;
  for (const auto& service : stack.services)
    order += service.name;
  EXPECT_EQ(order, "zam");
  EXPECT_EQ(stack.service("m")->port, 3);
  EXPECT_EQ(stack.service("q"), nullptr);
}

TEST(StackFile, is_tier_1_without_and_tier_2_with_a_load_balancer) {
  EXPECT_EQ(parse(two_services).tier, 2);
  EXPECT_EQ(parse("name: x\ntier: 2\n").tier, 1);
  EXPECT_EQ(parse("name: x\ntier: 1\nload_balancer: false\n").tier, 1);
  EXPECT_EQ(parse("name: x\ntier: 1\nload_balancer: {enabled: false}\n").tier, 1);
  EXPECT_EQ(parse("name: x\nload_balancer: {enabled: true}\nservices: {a: {port: 1}}\n").tier, 2);
}

TEST(StackFile, switches_the_file_system_by_word_or_by_member) {
  EXPECT_TRUE(parse("name: x\nstorage: {efs: true}\n").file_system.enabled);
  EXPECT_TRUE(parse("name: x\nstorage: {efs: {}}\n").file_system.enabled);
  EXPECT_FALSE(parse("name: x\nstorage: {efs: false}\n").file_system.enabled);
  EXPECT_FALSE(parse("name: x\nstorage: {efs: {enabled: false}}\n").file_system.enabled);
}

TEST(StackFile, without_listeners_has_one_on_port_80) {
  const auto listeners = parse(two_services).load_balancer.listeners;
  ASSERT_EQ(listeners.size(), 1u);
  EXPECT_EQ(listeners[0].port, 80);
  EXPECT_EQ(listeners[0].protocol, "HTTP");
}

TEST(StackFile, gives_an_https_listener_port_443) {
  const Stack stack = parse(
      "name: x\nservices: {a: {port: 1}}\nload_balancer:\n  listeners:\n    - protocol: HTTPS\n"
      "      certificate: arn:aws:acm:us-east-1:123456789012:certificate/0a-1b\n");
  EXPECT_EQ(stack.load_balancer.listeners.at(0).port, 443);
}

TEST(StackFile, sends_the_rest_to_the_first_service_without_a_route) {
  EXPECT_EQ(parse(two_services).load_balancer.listeners.at(0).default_service, "b");
}

TEST(StackFile, sends_the_rest_to_the_first_service_when_all_have_routes) {
  const Stack stack = parse(
      "name: x\nload_balancer: true\nservices:\n  a: {port: 80, route: {paths: [/a]}}\n"
      "  b: {port: 81, route: {paths: [/b]}}\n");
  EXPECT_EQ(stack.load_balancer.listeners.at(0).default_service, "a");
}

TEST(StackFile, leaves_priorities_that_it_does_not_give_to_the_deployment) {
  const Stack stack = parse(
      "name: x\nservices:\n"
      "  a: {port: 1, route: {paths: [/a]}}\n"
      "  b: {port: 2, route: {paths: [/b], priority: 5}}\n");
  EXPECT_EQ(stack.services.at(0).route.priority, 0);
  EXPECT_EQ(stack.services.at(1).route.priority, 5);
}

TEST(StackFile, names_the_load_balancer_after_the_stack_within_the_limit) {
  const auto name_for = [](const std::string& stack) {
    return parse("name: " + stack + "\nload_balancer: true\nservices: {a: {port: 1}}\n")
        .load_balancer.name;
  };
  EXPECT_EQ(name_for("web"), "web-alb");
  EXPECT_EQ(name_for(std::string(28, 'a')), std::string(28, 'a') + "-alb");
  EXPECT_LE(name_for(std::string(40, 'a')).size(), 32u);
  EXPECT_EQ(name_for("internal-tools"), "lb-internal-tools-alb");
}

TEST(StackFile, takes_the_image_for_the_architecture_of_the_type) {
  const auto image_for = [](const std::string& type) {
    return parse("name: x\ninstances: {type: " + type + "}\n").instances.image;
  };
  for (const auto* arm : {"t4g.small", "m7gd.large", "c6gn.xlarge", "a1.medium", "im4gn.large",
                          "g5g.xlarge", "x2gd.medium", "r8g.metal-24xl"})
    EXPECT_TRUE(image_for(arm).ends_with("arm64")) << arm;
  for (const auto* intel : {"t3.small", "g4dn.xlarge", "m5a.large", "p4d.24xlarge", "g6.xlarge",
                            "u-6tb1.112xlarge", "inf2.xlarge"})
    EXPECT_TRUE(image_for(intel).ends_with("x86_64")) << intel;
}

TEST(StackFile, with_subnets_alone_uses_their_vpc) {
  const Stack stack = parse("name: x\nnetwork: {subnets: [subnet-12345678]}\n");
  EXPECT_EQ(stack.network.mode, NetworkSpec::Mode::existing);
  EXPECT_EQ(stack.network.vpc_id, "");
  const Stack given = parse("name: x\nnetwork: {vpc: vpc-12345678}\n");
  EXPECT_EQ(given.network.mode, NetworkSpec::Mode::existing);
  EXPECT_EQ(given.network.vpc_id, "vpc-12345678");
}

TEST(StackFile, finds_user_data_files_beside_itself) {
  const auto user_data = [](const std::string& name, const std::string& file) {
    const Stack stack = parse("name: x\ninstances: {user_data_file: " + name + "}\n", file);
    return stack.instances.user_data.reveal();
  };
  EXPECT_EQ(user_data("setup.sh", "stack.yaml"), "#!/bin/sh\necho set up\n");
  EXPECT_EQ(user_data("setup.sh", "stacks/a.yaml"), "#!/bin/sh\necho beside\n");
  EXPECT_EQ(user_data("/etc/setup.sh", "stacks/a.yaml"), "#!/bin/sh\necho absolute\n");
}

TEST(StackFile, may_be_json) {
  const Stack stack = parse(
      "{\n\t\"name\": \"x\",\n\t\"services\": {\n\t\t\"a\": {\"port\": 80, \"health\": "
      "{\"path\": \"\\/ok\"}}\n\t},\n\t\"load_balancer\": true\n}\n");
  EXPECT_EQ(stack.services.at(0).health_check.path, "/ok");
  EXPECT_EQ(stack.tier, 2);
}

TEST(StackFile, may_share_values_by_anchors_and_merge_keys) {
  const Stack stack = parse(R"(
name: x
x-checks:
  quick: &quick {interval: 10s, timeout: 3s}
  deep: &deep {path: /deep, timeout: 9s}
services:
  a: {port: 1, health: *quick}
  b: {port: 2, health: {<<: *quick, timeout: 4s}}
  c: {port: 3, health: {<<: [*quick, *deep]}}
)");
  EXPECT_EQ(stack.services.at(0).health_check.interval, 10s);
  EXPECT_EQ(stack.services.at(1).health_check.interval, 10s);
  EXPECT_EQ(stack.services.at(1).health_check.timeout, 4s);
  EXPECT_EQ(stack.services.at(2).health_check.timeout, 3s);
  EXPECT_EQ(stack.services.at(2).health_check.path, "/deep");
}

TEST(StackFile, says_of_a_file_that_cannot_be_read_that_it_cannot) {
  try {
    load_stack("/nowhere/stack.yaml");
    FAIL() << "no complaint";
  } catch (const SpecError& error) {
    EXPECT_STREQ(error.what(), "/nowhere/stack.yaml: cannot be read; expected a stack file");
  }
  EXPECT_THROW(load_stack("/"), SpecError);
}

TEST(StackFile, complaints_never_show_user_data) {
  const auto complaints =
      complaints_about("name: x\ninstances:\n  user_data: |\n    PASSWORD=hunter2 make\n");
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_EQ(complaints[0].find("hunter2"), std::string::npos);
}

class Examples : public testing::TestWithParam<const char*> {};

TEST_P(Examples, are_stacks_without_complaint) {
  const std::string path = test::source_dir() + "/examples/" + GetParam();
  try {
    EXPECT_EQ(load_stack(path).tier, 2);
  } catch (const SpecError& error) {
    FAIL() << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(, Examples, testing::Values("web.yaml", "ai-stack.yaml", "https.yaml"));

TEST(ExampleAiStack, is_what_the_readme_promises) {
  const Stack stack = load_stack(test::source_dir() + "/examples/ai-stack.yaml");
  EXPECT_EQ(stack.instances.count, 2);
  EXPECT_TRUE(stack.file_system.enabled);
  EXPECT_EQ(stack.load_balancer.listeners.at(0).default_service, "n8n");
  const auto service = [&](const char* name, int port, const char* health) {
    const auto* found = stack.service(name);
    return found != nullptr && found->port == port && found->health_check.path == health;
  };
  EXPECT_TRUE(service("n8n", 5678, "/healthz"));
  EXPECT_TRUE(service("ollama", 11434, "/api/version"));
  EXPECT_TRUE(service("qdrant", 6333, "/healthz"));
  EXPECT_TRUE(service("crawl4ai", 11235, "/health"));
}

}  // namespace
}  // namespace albatross
