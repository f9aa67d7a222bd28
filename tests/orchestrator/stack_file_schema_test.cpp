#include "orchestrator/json_schema.hpp"
#include "orchestrator/stack_file_cases.hpp"
#include "support/source_dir.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>

/// Schema, reference and parser are made from one table; here they are held against each other.
namespace albatross {
namespace {

using Json = nlohmann::json;

const Json& schema() {
  static const Json parsed = Json::parse(stack_schema());
  return parsed;
}

/// The complaints that are about one value or key, which a schema can know of.
bool parser_accepts(const Json& stack) {
  return complaints_about(stack.dump()).empty();
}

Json full_stack() {
  return Json::parse(R"({
    "name": "x", "region": "us-east-1", "tier": 2, "tags": {"a": "b"},
    "network": {"vpc": "create", "cidr": "10.0.0.0/16", "zones": ["us-east-1a", "us-east-1b"]},
    "storage": {"efs": {"enabled": true, "mount": "/m", "encrypted": true,
      "performance_mode": "generalPurpose", "throughput_mode": "elastic"}},
    "instances": {"count": 1, "type": "t3.small", "image": "ami-12345678", "key_name": "k",
      "root_volume_gib": 8, "public_ip": true, "ssh_from": ["10.0.0.0/8"],
      "user_data": "#!/bin/sh\n"},
    "services": {"a": {"port": 80, "protocol": "HTTPS", "protocol_version": "HTTP1",
      "health": {"protocol": "HTTP", "path": "/", "port": 81, "interval": "30s", "timeout": 5,
        "healthy_threshold": 2, "unhealthy_threshold": 3, "codes": "200"},
      "route": {"paths": ["/a"], "hosts": ["a.b"], "methods": "GET",
        "headers": {"X-A": ["1", "2"]}, "priority": 1},
      "stickiness": {"type": "app_cookie", "cookie_name": "c", "duration": 5},
      "slow_start": "30s", "deregistration_delay": 0, "algorithm": "round_robin",
      "anomaly_mitigation": false, "cross_zone": true}},
    "load_balancer": {"enabled": true, "name": "n", "scheme": "internal",
      "allow_from": ["10.0.0.0/8"], "ip_address_type": "ipv4", "probe": true,
      "rules": {"b": {"query": {"k": "v"}, "source_ips": ["10.0.0.0/8", "2001:db8::/32"],
        "priority": 2, "forward": {"a": 1}, "listeners": [443]}},
      "attributes": {"idle_timeout": 60, "client_keep_alive": "1h", "deletion_protection": false,
        "access_logs": {"bucket": "b-1", "prefix": "p"}, "connection_logs": {"bucket": "b-1",
        "prefix": "p"}, "desync_mitigation_mode": "monitor", "drop_invalid_header_fields": true,
        "http2": true, "preserve_host_header": true, "xff_client_port": true,
        "xff_header_processing": "append", "tls_version_and_cipher_headers": true,
        "waf_fail_open": true},
      "listeners": [{"port": 443, "protocol": "HTTPS", "default_service": "a",
        "certificate": "arn:aws:acm:us-east-1:123456789012:certificate/a",
        "ssl_policy": "ELBSecurityPolicy-2016-08"}]},
    "timeouts": {"network": 1, "security_groups": 1, "storage": 1, "instances": 1,
      "load_balancer": 1, "target_groups": 1, "registration": 1, "health": 1, "answer": 1, "destroy": 1,
      "run": 1},
    "poll_interval": "5s", "on_failure": "keep"})");
}

/// Members that exclude one of full_stack's.
const std::vector<std::string> exclusive = {"/network/subnets",
                                            "/instances/user_data_file",
                                            "/instances/security_groups",
                                            "/instances/existing",
                                            "/storage/efs/existing",
                                            "/services/a/health/grpc_codes",
                                            "/services/a/route/query",
                                            "/services/a/route/source_ips",
                                            "/load_balancer/existing",
                                            "/load_balancer/security_groups",
                                            "/load_balancer/listeners/0/existing",
                                            "/load_balancer/listeners/0/forward",
                                            "/load_balancer/listeners/0/stickiness",
                                            "/load_balancer/listeners/0/redirect",
                                            "/load_balancer/listeners/0/fixed_response",
                                            "/load_balancer/rules/b/paths",
                                            "/load_balancer/rules/b/hosts",
                                            "/load_balancer/rules/b/methods",
                                            "/load_balancer/rules/b/headers",
                                            "/load_balancer/rules/b/stickiness",
                                            "/load_balancer/rules/b/redirect",
                                            "/load_balancer/rules/b/fixed_response"};

bool is_exclusive(const Json::json_pointer& member) {
  return std::any_of(exclusive.begin(), exclusive.end(), [&](const std::string& one) {
    return member.to_string() == one || member.to_string().starts_with(one + "/");
  });
}

/// A name that the full stack has in the mapping of names.
std::string name_in(const Json::json_pointer& at) {
  const Json stack = full_stack();
  const bool there = stack.contains(at) && !stack[at].empty() && stack[at].is_object();
  return there ? stack[at].begin().key() : "a";
}

/// Calls `each(pointer to the member)` for everything that the schema describes.
void walk(const Json& part, const Json::json_pointer& at,
          const std::function<void(const Json::json_pointer&)>& each) {
  if (part.contains("anyOf"))
    for (const auto& one : part["anyOf"])
      walk(one, at, each);
  if (part.contains("items")) walk(part["items"], at / 0, each);
  if (part.contains("propertyNames")) walk(part["additionalProperties"], at / name_in(at), each);
  const Json properties = part.value("properties", Json::object());
  for (const auto& [name, member] : properties.items()) {
    each(at / name);
    walk(member, at / name, each);
  }
}

TEST(StackSchema, and_parser_accept_a_stack_with_every_member) {
  EXPECT_TRUE(accepts(schema(), full_stack()));
  EXPECT_EQ(complaints_about(full_stack().dump()), std::vector<std::string>{});
}

TEST(StackSchema, has_no_member_that_the_full_stack_lacks) {
  walk(schema(), Json::json_pointer(), [](const Json::json_pointer& member) {
    EXPECT_TRUE(is_exclusive(member) || full_stack().contains(member)) << member;
  });
}

TEST(StackSchema, and_parser_refuse_each_member_when_misspelt) {
  int members = 0;
  walk(schema(), Json::json_pointer(), [&](const Json::json_pointer& member) {
    Json stack = full_stack();
    if (!stack.contains(member)) return;
    stack[member.parent_pointer()]["no_" + member.back()] = stack[member];
    EXPECT_FALSE(accepts(schema(), stack)) << member;
    EXPECT_FALSE(parser_accepts(stack)) << member;
    ++members;
  });
  EXPECT_GT(members, 60);
}

TEST(StackSchema, and_parser_require_the_same_members) {
  walk(schema(), Json::json_pointer(), [&](const Json::json_pointer& member) {
    Json stack = full_stack();
    // Alone in the file, so that nothing else depends on it.
    stack["load_balancer"]["listeners"][0].erase("default_service");
    if (!stack.contains(member)) return;
    const std::set<std::string> needed = {"services", "certificate", "protocol",
                                          "forward",  "listeners",   "cookie_name"};
    const bool needed_by_rule =
        needed.contains(member.back()) || member.to_string() == "/network/vpc";
    stack[member.parent_pointer()].erase(member.back());
    if (needed_by_rule) return;
    EXPECT_EQ(accepts(schema(), stack), parser_accepts(stack)) << member;
  });
}

/// Values of every type, right and wrong, tried on every member.
const std::vector<Json> samples = {nullptr,
                                   true,
                                   0,
                                   1,
                                   2,
                                   3,
                                   10,
                                   80,
                                   301,
                                   16385,
                                   65535,
                                   65536,
                                   -1,
                                   1.5,
                                   "",
                                   "x",
                                   "X",
                                   "80",
                                   "30s",
                                   "1h30m",
                                   "30 s",
                                   "200",
                                   "200-299",
                                   "2xx",
                                   "/",
                                   "/a b",
                                   "HTTP",
                                   "http",
                                   "keep",
                                   "elastic",
                                   "maxIO",
                                   "default",
                                   "a.b",
                                   "create",
                                   "a",
                                   "A-1",
                                   "10.0.0.0/8",
                                   "10.0.0.0",
                                   "t3.micro",
                                   "t3.x",
                                   "ami-1",
                                   "gpu",
                                   "t4g.nano",
                                   Json::array(),
                                   Json::array({"/a"}),
                                   Json::array({"10.0.0.0/16"}),
                                   Json::array({7}),
                                   Json::object(),
                                   Json::object({{"port", 80}}),
                                   Json::array({Json::object()}),
                                   "subnet-12345678",
                                   "vpc-12345678",
                                   "us-east-1",
                                   "us-east-1a",
                                   "internal-x",
                                   "-x",
                                   "internet-facing",
                                   "ELBSecurityPolicy-X",
                                   "arn:aws:acm:us-east-1:123456789012:certificate/b",
                                   "resolve:ssm:/a"};

TEST(StackSchema, refuses_nothing_that_the_parser_accepts) {
  int accepted = 0;
  walk(schema(), Json::json_pointer(), [&](const Json::json_pointer& member) {
    for (const auto& sample : samples) {
      Json stack = full_stack();
      if (!stack.contains(member)) continue;
      stack[member] = sample;
      if (!parser_accepts(stack)) continue;
      EXPECT_TRUE(accepts(schema(), stack)) << member << " = " << sample;
      ++accepted;
    }
  });
  EXPECT_GT(accepted, 200);
}

TEST(StackSchema, gives_defaults_that_it_accepts_itself) {
  int defaults = 0;
  std::function<void(const Json&)> check = [&](const Json& part) {
    if (part.is_object() && part.contains("default") && part.contains("description")) {
      EXPECT_TRUE(accepts(part, part["default"])) << part;
      ++defaults;
    }
    if (part.is_structured())
      for (const auto& inner : part)
        check(inner);
  };
  check(schema());
  EXPECT_GT(defaults, 20);
}

TEST(StackReference, stands_in_the_documents_as_it_is_made) {
  std::ifstream stream(test::source_dir() + "/docs/stack-file.md");
  const std::string document{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_NE(document.find(stack_reference()), std::string::npos)
      << "docs/stack-file.md is out of date; the part after \"## Reference\" should be:\n"
      << stack_reference();
}

}  // namespace
}  // namespace albatross
