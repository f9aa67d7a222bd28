#include "albatross/orchestrator/user_data.hpp"

#include "orchestrator/stack_file_cases.hpp"

/// Every limit, from both sides: the last value that is right, the first that is not.
namespace albatross {
namespace {

struct Limit {
  std::string about;
  /// A stack file with one member's value in place of '@'.
  std::string text;
  std::vector<std::string> right;
  std::vector<std::string> wrong;
};

void PrintTo(const Limit& limit, std::ostream* out) {
  *out << limit.about;
}

std::string with(const std::string& text, const std::string& value) {
  std::string out = text;
  return out.replace(out.find('@'), 1, value);
}

std::string repeated(int times, const std::string& separator, std::string (*item)(int)) {
  std::string out;
  for (int i = 0; i < times; ++i)
    out += (i > 0 ? separator : "") + item(i);
  return out;
}

class Limits : public testing::TestWithParam<Limit> {};

TEST_P(Limits, hold_at_their_edges) {
  for (const auto& value : GetParam().right)
    EXPECT_EQ(complaints_about(with(GetParam().text, value)), std::vector<std::string>{}) << value;
  for (const auto& value : GetParam().wrong)
    EXPECT_EQ(complaints_about(with(GetParam().text, value)).size(), 1u) << value;
}

const std::string service = "name: x\nservices: {a: {port: 80, ";
const std::vector<Limit> limits = {
    {"name", "name: @\n", {"a", std::string(40, 'a'), "a-1-b"}, {std::string(41, 'a'), "-a", "ä"}},
    {"region",
     "name: x\nregion: @\n",
     {"us-east-1", "us-gov-west-1", "ap-southeast-7", "eusc-de-east-1", "us-iso-east-1"},
     {"us-east", "useast1", "us-east-1-2", "US-EAST-1", "us--east-1"}},
    {"vpc",
     "name: x\nnetwork: {vpc: @}\n",
     {"default", "create", "vpc-12345678", "vpc-0123456789abcdef0"},
     {"vpc-123456789", "vpc-", "subnet-12345678"}},
    {"zones",
     "name: x\nnetwork: {zones: [@]}\n",
     {"us-east-1a", "us-west-2-lax-1b"},
     {"us-east-1", "us-west-2-lax-b", "1a"}},
    {"vpc block",
     "name: x\nnetwork: {vpc: create, cidr: @}\n",
     {"10.0.0.0/16", "10.0.0.0/24", "0.0.0.0/16", "255.255.255.0/24"},
     {"10.0.0.0/15", "10.0.0.0/25", "10.0.0.0", "10.0.0/16", "10.0.0.0.0/16", "010.0.0.0/16"}},
    {"mount",
     "name: x\nstorage: {efs: {mount: @}}\n",
     {"/a", "/mnt/efs", "/var/lib/data", "/srv/a_b.c-d"},
     {"/", "/var", "/a/", "//a", "/a b", "/a/./b"}},
    {"count", "name: x\ninstances: {count: @}\n", {"1", "100"}, {"0", "101", "-1", "0x2"}},
    {"type",
     "name: x\ninstances: {type: @}\n",
     {"t3.nano", "u7in-16tb.224xlarge", "mac2-m2pro.metal", "c7i.metal-48xl", "p6-b200.48xlarge"},
     {"t3.", ".small", "t3.smal", "T3.small", "t.small", "t3.small.x", "m5.metal-xl"}},
    {"image",
     "name: x\ninstances: {image: @}\n",
     {"ami-12345678", "ami-0123456789abcdef0", "'resolve:ssm:/a/b:3'", "resolve:ssm:my.image"},
     {"ami-0123456789ABCDEF0", "ami-", "'resolve:ssm:a b'", "debian-12"}},
    {"root volume", "name: x\ninstances: {root_volume_gib: @}\n", {"1", "16384"}, {"0", "16385"}},
    {"ssh",
     "name: x\ninstances: {ssh_from: [@]}\n",
     {"0.0.0.0/0", "203.0.113.7/32", "10.0.0.0/8"},
     {"10.0.0.0/33", "10.0.0.1/31", "10.0.0.0/", "10.0.0.0/08", "1.2.3/24"}},
    {"service name",
     "name: x\nservices: {@: {port: 80}}\n",
     {"a", std::string(32, 'a'), "a-b1"},
     {std::string(33, 'a'), "a.b", "a-", "A"}},
    {"port", "name: x\nservices: {a: {port: @}}\n", {"1", "65535"}, {"0", "65536", "-80", "80.0"}},
    {"interval",
     service + "health: {timeout: 4, interval: @}}}\n",
     {"5", "5s", "300", "5m", "4m60s"},
     {"4", "4999ms", "301s", "6m", "s", "''", "5 s"}},
    {"timeout",
     service + "health: {interval: 300, timeout: @}}}\n",
     {"2", "120", "2m"},
     {"1", "121", "1s"}},
    {"thresholds", service + "health: {healthy_threshold: @}}}\n", {"2", "10"}, {"1", "11"}},
    {"codes",
     service + "health: {codes: @}}}\n",
     {"200", "499", "'200'", "'200,202'", "200-299", "'200-201,404'"},
     {"199", "500", "200-", "'200,'", "2xx", "''", "20"}},
    {"health path",
     service + "health: {path: @}}}\n",
     {"/", "/" + std::string(1023, 'a'), "'/a?b=c#d'"},
     {"/" + std::string(1024, 'a'), "/ä", "'/a b'", "''"}},
    {"path pattern",
     service + "route: {paths: [@]}}}\n",
     {"/", "'*'", "/" + std::string(127, 'a'), "'*.png'", R"('/a_b-.$~"@:+&')"},
     {"/" + std::string(128, 'a'), "a/b", "'/a#b'", "'/a%20'"}},
    {"host",
     service + "route: {hosts: ['@']}}}\n",
     {"a.b", "*.example.com", "app-?.example.COM"},
     {"example", "example.", ".com", "a_b.com", "example.c0m", "http://a.com"}},
    {"condition values",
     service + "route: {paths: [@]}}}\n",
     {"/a, /b, /c, /d, /e", "/a*, /b*, /c*, /d*, '/e*?'"},
     {"/a, /b, /c, /d, /e, /f", "/a*, /b*, /c*, /d*, '/e*?a?'"}},
    {"priority", service + "route: {paths: [/a], priority: @}}}\n", {"1", "50000"}, {"0", "50001"}},
    {"load balancer name",
     "name: x\nservices: {a: {port: 1}}\nload_balancer: {name: @}\n",
     {"a", "A-b-9", std::string(32, 'a'), "internal"},
     {"-a", "a-", "a_b", std::string(33, 'a'), "internal-a"}},
    {"certificate",
     "name: x\nservices: {a: {port: 1}}\n"
     "load_balancer: {listeners: [{protocol: HTTPS, certificate: '@'}]}\n",
     {"arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
      "arn:aws-cn:acm:cn-north-1:123456789012:certificate/a",
      "arn:aws:iam::123456789012:server-certificate/cloudfront/x"},
     {"arn:aws:acm:us-east-1:12345678901:certificate/a", "arn:aws:acm::123456789012:certificate/a",
      "arn:aws:acm:us-east-1:123456789012:certificate/", "arn:aws:s3:::bucket", "arn:aws", "arn",
      "arn:aws:acm:us-east-1"}},
    {"poll interval", "name: x\npoll_interval: @\n", {"100ms", "1", "1h"}, {"99ms", "3601", "0"}},
    {"step timeout", "name: x\ntimeouts: {health: @}\n", {"1", "24h"}, {"0", "24h1s", "-5"}},
    {"tag key",
     "name: x\ntags: {'@': v}\n",
     {"a", std::string(128, 'a'), "a b+-=._:/@", "Größe"},
     {std::string(129, 'a'), "", "aws:a", "Aws:a", "a;b", "Name", "albatross:x"}},
    {"tag value",
     "name: x\ntags: {k: '@'}\n",
     {"", std::string(256, 'a'), "a b+-=._:/@"},
     {std::string(257, 'a'), "a,b"}},
    {"number of tags",
     "name: x\ntags: {@}\n",
     {repeated(40, ", ", [](int i) { return "k" + std::to_string(i) + ": v"; })},
     {repeated(41, ", ", [](int i) { return "k" + std::to_string(i) + ": v"; })}},
    {"number of targets",
     "name: x\nload_balancer: true\ninstances: {count: @}\nservices:\n" +
         repeated(20, "\n",
                  [](int i) {
                    const std::string n = std::to_string(i + 1);
                    return "  s" + n + ": {port: " + n + ", route: {paths: [/" + n + "]}}";
                  }) +
         "\n",
     {"50"},
     {"51"}},
    {"rules of the security group",
     "name: x\nservices: {a: {port: 1}}\nload_balancer: {listeners: [{port: 80}, {port: 81}], "
     "allow_from: [@]}\n",
     {repeated(30, ", ", [](int i) { return "10.0." + std::to_string(i) + ".0/24"; })},
     {repeated(31, ", ", [](int i) { return "10.0." + std::to_string(i) + ".0/24"; })}},
};

INSTANTIATE_TEST_SUITE_P(, Limits, testing::ValuesIn(limits), test_name<Limit>);

std::string stack_with_user_data(std::size_t bytes, bool file_system) {
  const std::string start = "#!/bin/sh\n#";
  return "name: x\nregion: us-east-1\nstorage: {efs: " +
         std::string(file_system ? "true" : "false") +
         "}\ninstances:\n  user_data: \"#!/bin/sh\\n#" + std::string(bytes - start.size(), 'x') +
         "\"\n";
}

TEST(UserDataLimit, is_16_kib_without_a_file_system) {
  EXPECT_EQ(complaints_about(stack_with_user_data(16384, false)), std::vector<std::string>{});
  EXPECT_EQ(complaints_about(stack_with_user_data(16385, false)),
            std::vector<std::string>{
                "5:14: instances.user_data has 16385 bytes; expected at most 16384 in all: let the "
                "script fetch what is large"});
}

TEST(UserDataLimit, counts_the_mount_of_the_file_system) {
  Stack empty = parse("name: x\nstorage: {efs: true}\ninstances: {user_data: '#!/bin/sh'}\n");
  const auto around =
      render_user_data(empty, "fs-0123456789abcdef0", "us-east-1", "amazonaws.com.cn").size() - 9;
  // A script that does not end in a line feed gets one.
  const std::size_t most = user_data_limit - around;
  EXPECT_EQ(complaints_about(stack_with_user_data(most, true)), std::vector<std::string>{});
  const auto complaints = complaints_about(stack_with_user_data(most + 1, true));
  ASSERT_EQ(complaints.size(), 1u);
  EXPECT_NE(complaints[0].find("16385 with what mounts the file system"), std::string::npos)
      << complaints[0];
}

}  // namespace
}  // namespace albatross
