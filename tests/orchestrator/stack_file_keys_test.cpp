#include "orchestrator/stack_file_cases.hpp"

/// Unknown and missing members, and values of the wrong type.
namespace albatross {
namespace {

class StackFileKeys : public testing::TestWithParam<ComplaintCase> {};

TEST_P(StackFileKeys, are_refused_with_place_and_reason) {
  EXPECT_EQ(complaints_about(GetParam().text), GetParam().complaints);
}

const std::vector<ComplaintCase> cases = {
    {"a missing name",
     "region: us-east-1\n",
     {"1:1: name is missing; expected lower-case letters, digits and single hyphens, a letter "
      "first, at most 40 characters"}},
    {"a missing port, at the service",
     "name: x\n"
     "services:\n"
     "  web:\n"
     "    health: {path: /}\n",
     {"3:3: services.web.port is missing; expected a port, 1 to 65535"}},
    {"a misspelt key at the top",
     "name: x\n"
     "regoin: us-east-1\n",
     {"2:1: unknown key 'regoin'; did you mean 'region'?"}},
    {"a misspelt key two levels down",
     "name: x\n"
     "services:\n"
     "  web: {port: 80, health: {pth: /}}\n",
     {"3:28: unknown key 'pth' in services.web.health; did you mean 'path'?"}},
    {"a key with its letters swapped",
     "name: x\n"
     "instances: {cuont: 2}\n",
     {"2:13: unknown key 'cuont' in instances; did you mean 'count'?"}},
    {"a key of which only the start is there",
     "name: x\n"
     "instances: {public: true}\n",
     {"2:13: unknown key 'public' in instances; did you mean 'public_ip'?"}},
    {"a key that belongs elsewhere",
     "name: x\n"
     "count: 2\n",
     {"2:1: unknown key 'count'; it belongs in instances"}},
    {"a key that belongs in several places",
     "name: x\n"
     "port: 80\n",
     {"2:1: unknown key 'port'; it belongs in services.<name>, services.<name>.health, "
      "load_balancer.listeners[], load_balancer.listeners[].redirect or "
      "load_balancer.rules.<name>.redirect"}},
    {"a key like no other",
     "name: x\n"
     "storage: {zebra: 1}\n",
     {"2:11: unknown key 'zebra' in storage; expected efs"}},
    {"an extension key below the top",
     "name: x\n"
     "storage: {x-note: 1}\n",
     {"2:11: unknown key 'x-note' in storage; expected efs"}},
    {"a section without a value",
     "name: x\n"
     "instances:\n",
     {"2:1: instances is empty; expected a mapping with the keys count, type, image, key_name, "
      "root_volume_gib, public_ip, ssh_from, security_groups, existing, user_data or "
      "user_data_file"}},
    {"a member without a value",
     "name: x\n"
     "instances:\n"
     "  type:\n",
     {"3:3: instances.type is empty; expected an instance type such as t3.small"}},
    {"a mapping where text should be",
     "name: x\n"
     "region: {a: b}\n",
     {"2:9: region is a mapping; expected a region such as us-east-1"}},
    {"a list where a mapping should be",
     "name: x\n"
     "instances: [1]\n",
     {"2:12: instances is a list; expected a mapping with the keys count, type, image, key_name, "
      "root_volume_gib, public_ip, ssh_from, security_groups, existing, user_data or "
      "user_data_file"}},
    {"text where a list should be",
     "name: x\n"
     "instances: {ssh_from: 10.0.0.0/8}\n",
     {"2:23: instances.ssh_from is '10.0.0.0/8'; expected a list"}},
    {"text where a truth value should be",
     "name: x\n"
     "instances: {public_ip: maybe}\n",
     {"2:24: instances.public_ip is 'maybe'; expected true or false"}},
    {"a truth value of YAML 1.1",
     "name: x\n"
     "instances: {public_ip: yes}\n",
     {"2:24: instances.public_ip is 'yes': YAML 1.2 takes that for text; expected true or false"}},
    {"a number where text should be",
     "name: x\n"
     "instances: {key_name: 12}\n",
     {"2:23: instances.key_name is 12: it is a number unless it stands in quotes; expected the "
      "name of an EC2 key pair, at most 255 characters"}},
    {"a quoted number",
     "name: x\n"
     "instances: {count: \"2\"}\n",
     {"2:20: instances.count is '2': it is text, because it stands in quotes; expected a number of "
      "instances, 1 to 100"}},
    {"a fraction where a whole number should be",
     "name: x\n"
     "instances: {count: 1.5}\n",
     {"2:20: instances.count is 1.5; expected a number of instances, 1 to 100"}},
    {"a number beyond all bounds",
     "name: x\n"
     "instances: {count: 99999999999999999999}\n",
     {"2:20: instances.count is 99999999999999999999; expected a number of instances, 1 to 100"}},
    {"an empty list where one item is needed",
     "name: x\n"
     "load_balancer: {allow_from: []}\n"
     "services: {a: {port: 1}}\n",
     {"2:29: load_balancer.allow_from is an empty list; expected at least one item"}},
    {"a switch that is neither on nor off",
     "name: x\n"
     "storage: {efs: on}\n",
     {"2:16: storage.efs is 'on'; expected a file system's id: fs- and 8 or 17 hexadecimal digits, "
      "true, false or a mapping with the keys enabled, existing, mount, encrypted, "
      "performance_mode or throughput_mode"}},
    {"a word with the wrong case",
     "name: x\n"
     "load_balancer: {listeners: [{protocol: http}]}\n"
     "services: {a: {port: 1}}\n",
     {"2:40: load_balancer.listeners[0].protocol is 'http'; expected HTTP or HTTPS; did you mean "
      "'HTTP'?"}},
    {"a misspelt word",
     "name: x\n"
     "on_failure: rollback-al\n",
     {"2:13: on_failure is 'rollback-al'; expected rollback-alb, rollback-all or keep; did you "
      "mean 'rollback-alb'?"}},
    {"all mistakes at once, in file order",
     "nam: x\n"
     "instances: {count: 0, typ: t3.small}\n"
     "services: {web: {prt: 80}}\n",
     {"1:1: unknown key 'nam'; did you mean 'name'?",
      "1:1: name is missing; expected lower-case letters, digits and single hyphens, a letter "
      "first, at most 40 characters",
      "2:20: instances.count is 0; expected a number of instances, 1 to 100",
      "2:23: unknown key 'typ' in instances; did you mean 'type'?",
      "3:12: services.web.port is missing; expected a port, 1 to 65535",
      "3:18: unknown key 'prt' in services.web; did you mean 'port'?"}},
};

INSTANTIATE_TEST_SUITE_P(, StackFileKeys, testing::ValuesIn(cases), test_name<ComplaintCase>);

}  // namespace
}  // namespace albatross
