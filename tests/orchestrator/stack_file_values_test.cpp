#include "orchestrator/stack_file_cases.hpp"

/// Values that are of the right type and yet not possible.
namespace albatross {
namespace {

class StackFileValues : public testing::TestWithParam<ComplaintCase> {};

TEST_P(StackFileValues, are_refused_with_place_and_reason) {
  EXPECT_EQ(complaints_about(GetParam().text), GetParam().complaints);
}

const std::vector<ComplaintCase> cases = {
    {"a name with capitals",
     "name: Web\n",
     {"1:7: name is 'Web'; expected lower-case letters, digits and single hyphens, a letter first, "
      "at most 40 characters"}},
    {"a name that starts with a digit",
     "name: 1web\n",
     {"1:7: name is '1web'; expected lower-case letters, digits and single hyphens, a letter "
      "first, at most 40 characters"}},
    {"a name that ends in a hyphen",
     "name: web-\n",
     {"1:7: name is 'web-'; expected lower-case letters, digits and single hyphens, a letter "
      "first, at most 40 characters"}},
    {"a name with two hyphens in a row",
     "name: a--b\n",
     {"1:7: name is 'a--b'; expected lower-case letters, digits and single hyphens, a letter "
      "first, at most 40 characters"}},
    {"a name of 41 characters",
     "name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
     {"1:7: name is 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa': it has 41 characters; expected "
      "lower-case letters, digits and single hyphens, a letter first, at most 40 characters"}},
    {"a region that is a zone",
     "name: x\n"
     "region: us-east-1a\n",
     {"2:9: region is 'us-east-1a'; expected a region such as us-east-1"}},
    {"tier gpu",
     "name: x\n"
     "tier: gpu\n",
     {"2:7: tier is 'gpu': gpu is Tier 3, which this version does not build; expected 1 or 2"}},
    {"tier GPU",
     "name: x\n"
     "tier: GPU\n",
     {"2:7: tier is 'GPU': gpu is Tier 3, which this version does not build; expected 1 or 2"}},
    {"tier 3",
     "name: x\n"
     "tier: 3\n",
     {"2:7: tier is 3: Tier 3 (gpu) is not built by this version; expected 1 or 2"}},
    {"tier 0",
     "name: x\n"
     "tier: 0\n",
     {"2:7: tier is 0; expected 1 or 2"}},
    {"tier 2 in quotes",
     "name: x\n"
     "tier: \"2\"\n",
     {"2:7: tier is '2': it is text, because it stands in quotes; expected 1 or 2"}},
    {"a reserved tag prefix",
     "name: x\n"
     "tags: {AWS:x: y}\n",
     {"2:8: key 'AWS:x' in tags: the prefix aws: is reserved; expected a tag's key: 1 to 128 "
      "letters, digits, spaces and + - = . _ : / @"}},
    {"our own tag prefix",
     "name: x\n"
     "tags: {\"albatross:stack\": y}\n",
     {"2:8: key 'albatross:stack' in tags: albatross: marks what belongs to a stack; expected a "
      "tag's key: 1 to 128 letters, digits, spaces and + - = . _ : / @"}},
    {"a tag called Name",
     "name: x\n"
     "tags: {Name: y}\n",
     {"2:8: key 'Name' in tags: each resource is given a Name of its own; expected a tag's key: 1 "
      "to 128 letters, digits, spaces and + - = . _ : / @"}},
    {"a tag key with a comma",
     "name: x\n"
     "tags: {\"a,b\": y}\n",
     {"2:8: key 'a,b' in tags; expected a tag's key: 1 to 128 letters, digits, spaces and + - = . "
      "_ : / @"}},
    {"a tag value with a question mark",
     "name: x\n"
     "tags: {a: \"b?\"}\n",
     {"2:11: tags.a is 'b?'; expected a tag's value: at most 256 letters, digits, spaces and + - = "
      ". _ : / @"}},
    {"a misspelt VPC",
     "name: x\n"
     "network: {vpc: defualt}\n",
     {"2:16: network.vpc is 'defualt'; expected default, create, or a VPC's id: vpc- and 8 or 17 "
      "hexadecimal digits; did you mean 'default'?"}},
    {"a VPC id that is too short",
     "name: x\n"
     "network: {vpc: vpc-1234567}\n",
     {"2:16: network.vpc is 'vpc-1234567'; expected default, create, or a VPC's id: vpc- and 8 or "
      "17 hexadecimal digits"}},
    {"a subnet id with a capital",
     "name: x\n"
     "network: {subnets: [subnet-0123456A]}\n",
     {"2:21: network.subnets[0] is 'subnet-0123456A'; expected a subnet id: subnet- and 8 or 17 "
      "hexadecimal digits"}},
    {"a VPC block that is too large",
     "name: x\n"
     "network: {vpc: create, cidr: 10.0.0.0/8}\n",
     {"2:30: network.cidr is '10.0.0.0/8'; expected an IPv4 block of /16 to /24, its host bits "
      "zero"}},
    {"a VPC block that is too small",
     "name: x\n"
     "network: {vpc: create, cidr: 10.0.0.0/25}\n",
     {"2:30: network.cidr is '10.0.0.0/25'; expected an IPv4 block of /16 to /24, its host bits "
      "zero"}},
    {"a VPC block with host bits",
     "name: x\n"
     "network: {vpc: create, cidr: 10.1.2.3/16}\n",
     {"2:30: network.cidr is '10.1.2.3/16': host bits are set, the block is 10.1.0.0/16; expected "
      "an IPv4 block of /16 to /24, its host bits zero"}},
    {"a zone that is a region",
     "name: x\n"
     "network: {zones: [us-east-1]}\n",
     {"2:19: network.zones[0] is 'us-east-1'; expected an availability zone such as us-east-1a"}},
    {"a mount path that is relative",
     "name: x\n"
     "storage: {efs: {mount: data}}\n",
     {"2:24: storage.efs.mount is 'data'; expected an absolute folder such as /mnt/efs: letters, "
      "digits, '.', '_' and '-', no folder of the system itself"}},
    {"a mount path of the system",
     "name: x\n"
     "storage: {efs: {mount: /etc}}\n",
     {"2:24: storage.efs.mount is '/etc'; expected an absolute folder such as /mnt/efs: letters, "
      "digits, '.', '_' and '-', no folder of the system itself"}},
    {"a mount path that climbs",
     "name: x\n"
     "storage: {efs: {mount: /mnt/../etc}}\n",
     {"2:24: storage.efs.mount is '/mnt/../etc'; expected an absolute folder such as /mnt/efs: "
      "letters, digits, '.', '_' and '-', no folder of the system itself"}},
    {"no instances",
     "name: x\n"
     "instances: {count: 0}\n",
     {"2:20: instances.count is 0; expected a number of instances, 1 to 100"}},
    {"101 instances",
     "name: x\n"
     "instances: {count: 101}\n",
     {"2:20: instances.count is 101; expected a number of instances, 1 to 100"}},
    {"an instance type without a size",
     "name: x\n"
     "instances: {type: t3}\n",
     {"2:19: instances.type is 't3'; expected an instance type such as t3.small"}},
    {"an instance type of a size that is not there",
     "name: x\n"
     "instances: {type: t3.huge}\n",
     {"2:19: instances.type is 't3.huge'; expected an instance type such as t3.small"}},
    {"an image id that is too short",
     "name: x\n"
     "instances: {image: ami-1234567}\n",
     {"2:20: instances.image is 'ami-1234567'; expected an image: ami- and 8 or 17 hexadecimal "
      "digits, or resolve:ssm:<parameter>"}},
    {"an image by an empty parameter",
     "name: x\n"
     "instances: {image: \"resolve:ssm:\"}\n",
     {"2:20: instances.image is 'resolve:ssm:'; expected an image: ami- and 8 or 17 hexadecimal "
      "digits, or resolve:ssm:<parameter>"}},
    {"an address instead of a block",
     "name: x\n"
     "instances: {ssh_from: [10.0.0.1]}\n",
     {"2:24: instances.ssh_from[0] is '10.0.0.1': the prefix length is missing; for one address "
      "add /32; expected an IPv4 block such as 203.0.113.0/24, its host bits zero"}},
    {"a block with host bits",
     "name: x\n"
     "instances: {ssh_from: [10.0.0.1/8]}\n",
     {"2:24: instances.ssh_from[0] is '10.0.0.1/8': host bits are set, the block is 10.0.0.0/8; "
      "expected an IPv4 block such as 203.0.113.0/24, its host bits zero"}},
    {"an octet beyond 255",
     "name: x\n"
     "instances: {ssh_from: [10.0.0.256/32]}\n",
     {"2:24: instances.ssh_from[0] is '10.0.0.256/32'; expected an IPv4 block such as "
      "203.0.113.0/24, its host bits zero"}},
    {"a block of IPv6",
     "name: x\n"
     "instances: {ssh_from: [\"::/0\"]}\n",
     {"2:24: instances.ssh_from[0] is '::/0': it looks like IPv6, which is not supported here; "
      "expected an IPv4 block such as 203.0.113.0/24, its host bits zero"}},
    {"an empty root volume",
     "name: x\n"
     "instances: {root_volume_gib: 0}\n",
     {"2:30: instances.root_volume_gib is 0; expected a size in GiB, 1 to 16384"}},
    {"a service name with an underscore",
     "name: x\n"
     "services: {my_app: {port: 80}}\n",
     {"2:12: key 'my_app' in services; expected a name of lower-case letters, digits and single "
      "hyphens, a letter first, at most 32 characters"}},
    {"port 0",
     "name: x\n"
     "services: {a: {port: 0}}\n",
     {"2:22: services.a.port is 0; expected a port, 1 to 65535"}},
    {"port 65536",
     "name: x\n"
     "services: {a: {port: 65536}}\n",
     {"2:22: services.a.port is 65536; expected a port, 1 to 65535"}},
    {"a health check of less than 5 s",
     "name: x\n"
     "services: {a: {port: 80, health: {interval: 4s}}}\n",
     {"2:45: services.a.health.interval is '4s'; expected a duration such as 90, 30s, 5m or 1h30m, "
      "5s to 5m"}},
    {"a health check of more than 300 s",
     "name: x\n"
     "services: {a: {port: 80, health: {interval: 301}}}\n",
     {"2:45: services.a.health.interval is 301; expected a duration such as 90, 30s, 5m or 1h30m, "
      "5s to 5m"}},
    {"a fraction of a second",
     "name: x\n"
     "services: {a: {port: 80, health: {interval: 10s500ms}}}\n",
     {"2:45: services.a.health.interval is '10s500ms': it is not a whole number of seconds; "
      "expected a duration such as 90, 30s, 5m or 1h30m, 5s to 5m"}},
    {"a duration with its units out of order",
     "name: x\n"
     "timeouts: {health: 30s5m}\n",
     {"2:20: timeouts.health is '30s5m'; expected a duration such as 90, 30s, 5m or 1h30m, 1s to "
      "24h"}},
    {"a duration without a unit of ours",
     "name: x\n"
     "timeouts: {health: 5 minutes}\n",
     {"2:20: timeouts.health is '5 minutes'; expected a duration such as 90, 30s, 5m or 1h30m, 1s "
      "to 24h"}},
    {"a health check timeout of less than 2 s",
     "name: x\n"
     "services: {a: {port: 80, health: {timeout: 1s}}}\n",
     {"2:44: services.a.health.timeout is '1s'; expected a duration such as 90, 30s, 5m or 1h30m, "
      "2s to 2m"}},
    {"a threshold of 1",
     "name: x\n"
     "services: {a: {port: 80, health: {healthy_threshold: 1}}}\n",
     {"2:54: services.a.health.healthy_threshold is 1; expected a number of checks, 2 to 10"}},
    {"a threshold of 11",
     "name: x\n"
     "services: {a: {port: 80, health: {unhealthy_threshold: 11}}}\n",
     {"2:56: services.a.health.unhealthy_threshold is 11; expected a number of checks, 2 to 10"}},
    {"a status code of 500",
     "name: x\n"
     "services: {a: {port: 80, health: {codes: 500}}}\n",
     {"2:42: services.a.health.codes is 500; expected status codes from 200 to 499, such as "
      "\"200\", \"200,202\" or \"200-299\""}},
    {"status codes in the wrong order",
     "name: x\n"
     "services: {a: {port: 80, health: {codes: 299-200}}}\n",
     {"2:42: services.a.health.codes is '299-200'; expected status codes from 200 to 499, such as "
      "\"200\", \"200,202\" or \"200-299\""}},
    {"a health path without its slash",
     "name: x\n"
     "services: {a: {port: 80, health: {path: healthz}}}\n",
     {"2:41: services.a.health.path is 'healthz'; expected a path that starts with '/', without "
      "spaces, at most 1024 characters"}},
    {"a health path that is a URL",
     "name: x\n"
     "services: {a: {port: 80, health: {path: \"http://x/healthz\"}}}\n",
     {"2:41: services.a.health.path is 'http://x/healthz': it is a whole URL; expected a path that "
      "starts with '/', without spaces, at most 1024 characters"}},
    {"a path pattern with a space",
     "name: x\n"
     "services: {a: {port: 80, route: {paths: [\"/a b\"]}}}\n",
     {"2:42: services.a.route.paths[0] is '/a b'; expected a path pattern such as /api/*: '/' or "
      "'*' first, no spaces, at most 128 characters"}},
    {"a path pattern of 129 characters",
     "name: x\n"
     "services: {a: {port: 80, route: {paths: "
     "[/"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]}}}\n",
     {"2:42: services.a.route.paths[0] is "
      "'/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…': it has 129 characters; "
      "expected a path pattern such as /api/*: '/' or '*' first, no spaces, at most 128 "
      "characters"}},
    {"a host without a dot",
     "name: x\n"
     "services: {a: {port: 80, route: {hosts: [localhost]}}}\n",
     {"2:42: services.a.route.hosts[0] is 'localhost'; expected a host name or pattern such as "
      "app.example.com or *.example.com, at most 128 characters"}},
    {"a priority of 50001",
     "name: x\n"
     "services: {a: {port: 80, route: {paths: [/a], priority: 50001}}}\n",
     {"2:57: services.a.route.priority is 50001; expected a priority, 1 to 50000"}},
    {"a load balancer name that starts with internal-",
     "name: x\n"
     "load_balancer: {name: internal-web}\n"
     "services: {a: {port: 1}}\n",
     {"2:23: load_balancer.name is 'internal-web'; expected letters, digits and hyphens, no hyphen "
      "at either end, not starting with internal-, at most 32 characters"}},
    {"a load balancer name of 33 characters",
     "name: x\n"
     "load_balancer: {name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}\n"
     "services: {a: {port: 1}}\n",
     {"2:23: load_balancer.name is 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa': it has 33 characters; "
      "expected letters, digits and hyphens, no hyphen at either end, not starting with internal-, "
      "at most 32 characters"}},
    {"a load balancer name that ends in a hyphen",
     "name: x\n"
     "load_balancer: {name: web-}\n"
     "services: {a: {port: 1}}\n",
     {"2:23: load_balancer.name is 'web-'; expected letters, digits and hyphens, no hyphen at "
      "either end, not starting with internal-, at most 32 characters"}},
    {"a certificate that is no ARN",
     "name: x\n"
     "load_balancer: {listeners: [{protocol: HTTPS, certificate: my-cert}]}\n"
     "services: {a: {port: 1}}\n",
     {"2:60: load_balancer.listeners[0].certificate is 'my-cert'; expected a certificate's ARN "
      "such as arn:aws:acm:us-east-1:123456789012:certificate/<id>, or a list of such"}},
    {"a poll interval of 50 ms",
     "name: x\n"
     "poll_interval: 50ms\n",
     {"2:16: poll_interval is '50ms'; expected a duration such as 500ms, 5s or 1m, 100ms to 1h"}},
    {"a timeout of 0",
     "name: x\n"
     "timeouts: {storage: 0}\n",
     {"2:21: timeouts.storage is 0; expected a duration such as 90, 30s, 5m or 1h30m, 1s to 24h"}},
};

INSTANTIATE_TEST_SUITE_P(, StackFileValues, testing::ValuesIn(cases), test_name<ComplaintCase>);

}  // namespace
}  // namespace albatross
