#include "orchestrator/stack_file_cases.hpp"

/// Members that do not go together.
namespace albatross {
namespace {

class StackFileChecks : public testing::TestWithParam<ComplaintCase> {};

TEST_P(StackFileChecks, are_refused_with_place_and_reason) {
  EXPECT_EQ(complaints_about(GetParam().text), GetParam().complaints);
}

const std::vector<ComplaintCase> cases = {
    {"tier 1 with a load balancer",
     "name: x\n"
     "tier: 1\n"
     "load_balancer: true\n"
     "services: {a: {port: 80}}\n",
     {"2:7: tier is 1, but the file has a load_balancer, which is Tier 2; expected 2, or no "
      "load_balancer, or load_balancer.enabled: false"}},
    {"a created VPC with given subnets",
     "name: x\n"
     "network: {vpc: create, subnets: [subnet-12345678, subnet-23456789]}\n",
     {"2:33: network.subnets name existing subnets, but vpc: create makes new ones; expected "
      "network.zones, or the id of the subnets' VPC"}},
    {"a block without a created VPC",
     "name: x\n"
     "network: {cidr: 10.0.0.0/16}\n",
     {"2:17: network.cidr is for a VPC that is created; expected vpc: create with it"}},
    {"zones beside subnets",
     "name: x\n"
     "network: {subnets: [subnet-12345678], zones: [us-east-1a]}\n",
     {"2:46: network.zones has no effect beside network.subnets; expected one of them"}},
    {"a subnet twice",
     "name: x\n"
     "network: {subnets: [subnet-12345678, subnet-12345678]}\n",
     {"2:38: network.subnets has subnet-12345678 twice"}},
    {"a zone twice",
     "name: x\n"
     "network: {zones: [us-east-1a, us-east-1a]}\n",
     {"2:31: network.zones has us-east-1a twice"}},
    {"a zone of another region",
     "name: x\n"
     "region: eu-west-1\n"
     "network: {zones: [us-east-1a]}\n",
     {"3:19: network.zones[0] is 'us-east-1a'; expected a zone of the region eu-west-1"}},
    {"one subnet for a load balancer",
     "name: x\n"
     "network: {subnets: [subnet-12345678]}\n"
     "load_balancer: true\n"
     "services: {a: {port: 80}}\n",
     {"2:20: network.subnets has 1 item; expected at least two subnets, in different zones, for "
      "the load balancer"}},
    {"one zone for a load balancer",
     "name: x\n"
     "network: {zones: [us-east-1a]}\n"
     "load_balancer: true\n"
     "services: {a: {port: 80}}\n",
     {"2:18: network.zones has 1 item; expected at least two zones, for the load balancer"}},
    {"maxIO with elastic throughput",
     "name: x\n"
     "storage: {efs: {performance_mode: maxIO}}\n",
     {"2:35: storage.efs.performance_mode is 'maxIO', which elastic throughput does not have; "
      "expected generalPurpose, or throughput_mode: bursting with it"}},
    {"an Intel image on an Arm type",
     "name: x\n"
     "instances:\n"
     "  type: t4g.small\n"
     "  image: resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64\n",
     {"4:10: instances.image is for x86_64, but t4g.small is arm64; expected an image of that "
      "architecture"}},
    {"an Arm image on an Intel type",
     "name: x\n"
     "instances:\n"
     "  image: resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64\n",
     {"3:10: instances.image is for arm64, but t3.small is x86_64; expected an image of that "
      "architecture"}},
    {"user data twice",
     "name: x\n"
     "instances:\n"
     "  user_data: '#!/bin/sh'\n"
     "  user_data_file: setup.sh\n",
     {"4:19: instances.user_data_file and instances.user_data exclude each other; expected one of "
      "them"}},
    {"a user data file that is not there",
     "name: x\n"
     "instances: {user_data_file: gone.sh}\n",
     {"2:29: instances.user_data_file is 'gone.sh'; cannot read gone.sh"}},
    {"a user data file with Windows line ends",
     "name: x\n"
     "instances: {user_data_file: crlf.sh}\n",
     {"2:29: instances.user_data_file has Windows line ends, which no interpreter finds; expected "
      "Unix ones"}},
    {"user data that says no interpreter",
     "name: x\n"
     "instances:\n"
     "  user_data: |\n"
     "    dnf -y install nginx\n",
     {"3:14: instances.user_data would be ignored by the instance: its first line says no kind; "
      "expected an interpreter such as #!/bin/bash, or #cloud-config"}},
    {"user data that cannot be joined with the mount",
     "name: x\n"
     "storage: {efs: true}\n"
     "instances: {user_data_file: mime}\n",
     {"3:29: instances.user_data_file is multi-part, compressed or binary and cannot be joined "
      "with the mount of the file system; expected a script, or #cloud-config"}},
    {"a port for two services",
     "name: x\n"
     "services:\n"
     "  a: {port: 80}\n"
     "  b: {port: 80}\n",
     {"4:13: services.b.port is 80, which service 'a' has; expected a port of its own"}},
    {"a timeout as long as the interval",
     "name: x\n"
     "services:\n"
     "  a: {port: 80, health: {interval: 10s, timeout: 10s}}\n",
     {"3:50: services.a.health.timeout is 10s; expected less than the interval, which is 10s"}},
    {"an interval as short as the default timeout",
     "name: x\n"
     "services:\n"
     "  a: {port: 80, health: {interval: 5s}}\n",
     {"3:36: services.a.health.timeout is 5s by default; expected less than the interval, which is "
      "5s"}},
    {"a route that names no request",
     "name: x\n"
     "services:\n"
     "  a: {port: 80, route: {priority: 5}}\n",
     {"3:24: services.a.route names no request; expected paths, hosts, methods, headers, query or "
      "source_ips"}},
    {"six condition values",
     "name: x\n"
     "services:\n"
     "  a: {port: 80, route: {paths: [/a, /b, /c, /d], hosts: [a.com, b.com]}}\n",
     {"3:24: services.a.route has 6 values in its conditions; expected at most 5 in all, * and ? "
      "can stand for several"}},
    {"seven wildcards",
     "name: x\n"
     "services:\n"
     "  a: {port: 80, route: {paths: ['/***', '/?*?*']}}\n",
     {"3:24: services.a.route has 7 wildcards; expected at most 6 in all"}},
    {"a priority twice",
     "name: x\n"
     "services:\n"
     "  a: {port: 80, route: {paths: [/a], priority: 7}}\n"
     "  b: {port: 81, route: {paths: [/b], priority: 7}}\n",
     {"4:48: services.b.route.priority is 7, which service 'a' has; expected a priority of its "
      "own"}},
    {"a path of an earlier service",
     "name: x\n"
     "services:\n"
     "  a: {port: 80, route: {paths: [/a]}}\n"
     "  b: {port: 81, route: {paths: [/b, /a]}}\n",
     {"4:37: services.b.route.paths[1] is '/a', which leads to service 'a' already; expected a "
      "path of its own"}},
    {"a load balancer without services",
     "name: x\n"
     "load_balancer: true\n",
     {"2:16: the load balancer has no service to send requests to; expected at least one under "
      "services"}},
    {"a load balancer with an empty services",
     "name: x\n"
     "load_balancer: true\n"
     "services: {}\n",
     {"3:11: the load balancer has no service to send requests to; expected at least one under "
      "services"}},
    {"a service that nothing leads to",
     "name: x\n"
     "load_balancer: true\n"
     "services:\n"
     "  a: {port: 80}\n"
     "  b: {port: 81}\n",
     {"5:3: services.b gets no request from the load balancer; expected route.paths or "
      "route.hosts, or a listener whose default_service it is"}},
    {"a default service that is not there",
     "name: x\n"
     "load_balancer: {listeners: [{default_service: webb}]}\n"
     "services:\n"
     "  web: {port: 80}\n"
     "  api: {port: 81}\n",
     {"2:47: load_balancer.listeners[0].default_service is 'webb'; expected one of the services: "
      "web or api; did you mean 'web'?"}},
    {"a listener's port twice",
     "name: x\n"
     "load_balancer: {listeners: [{port: 80}, {port: 80}]}\n"
     "services: {a: {port: 80}}\n",
     {"2:48: load_balancer.listeners[1].port is 80, which another listener has; expected a port of "
      "its own"}},
    {"two listeners on the default port",
     "name: x\n"
     "load_balancer: {listeners: [{}, {default_service: a}]}\n"
     "services: {a: {port: 80}}\n",
     {"2:33: load_balancer.listeners[1].port is 80, which another listener has; expected a port of "
      "its own"}},
    {"HTTPS without a certificate",
     "name: x\n"
     "load_balancer: {listeners: [{port: 443, protocol: HTTPS}]}\n"
     "services: {a: {port: 80}}\n",
     {"2:51: load_balancer.listeners[0].certificate is missing; HTTPS expects a certificate's "
      "ARN"}},
    {"a certificate on HTTP",
     "name: x\n"
     "load_balancer:\n"
     "  listeners:\n"
     "    - certificate: arn:aws:acm:us-east-1:123456789012:certificate/abc\n"
     "services: {a: {port: 80}}\n",
     {"4:20: load_balancer.listeners[0].certificate is for HTTPS, but this listener's protocol is "
      "HTTP; expected protocol: HTTPS with it"}},
    {"a policy on HTTP",
     "name: x\n"
     "load_balancer: {listeners: [{ssl_policy: ELBSecurityPolicy-2016-08}]}\n"
     "services: {a: {port: 80}}\n",
     {"2:42: load_balancer.listeners[0].ssl_policy is for HTTPS, but this listener's protocol is "
      "HTTP; expected protocol: HTTPS with it"}},
    {"a certificate of another region",
     "name: x\n"
     "region: eu-west-1\n"
     "load_balancer:\n"
     "  listeners:\n"
     "    - protocol: HTTPS\n"
     "      certificate: arn:aws:acm:us-east-1:123456789012:certificate/abc\n"
     "services: {a: {port: 80}}\n",
     {"6:20: load_balancer.listeners[0].certificate is of us-east-1; expected one of the stack's "
      "region, eu-west-1"}},
};

INSTANTIATE_TEST_SUITE_P(, StackFileChecks, testing::ValuesIn(cases), test_name<ComplaintCase>);

}  // namespace
}  // namespace albatross
