#include "albatross/clients/generic_call.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace albatross {
namespace {

TEST(GenericCall, QueryServicesGetAForm) {
  const ApiRequest request = generic_request(Service::ec2, "DescribeVpcs",
                                             {{"Filter.1.Name", "tag:a b"}, {"DryRun", "true"}});
  EXPECT_EQ(request.body,
            "Action=DescribeVpcs&Version=2016-11-15&Filter.1.Name=tag%3Aa%20b&DryRun=true");
  EXPECT_EQ(request.content_type, "application/x-www-form-urlencoded; charset=utf-8");
  EXPECT_TRUE(request.idempotent);
  EXPECT_FALSE(generic_request(Service::elbv2, "CreateLoadBalancer", {}).idempotent);
}

TEST(GenericCall, JsonServicesGetAnObjectWithValuesThatMayBeJson) {
  const ApiRequest request =
      generic_request(Service::ssm, "GetParameter",
                      {{"Name", "/a"}, {"WithDecryption", "false"}, {"Names", "[\"x\"]"}});
  const auto body = nlohmann::json::parse(request.body);
  EXPECT_EQ(body["Name"], "/a");
  EXPECT_EQ(body["WithDecryption"], false);
  EXPECT_EQ(body["Names"][0], "x");
  EXPECT_EQ(request.content_type, "application/x-amz-json-1.1");
}

TEST(GenericCall, RestServicesAreCalledByMethodAndPath) {
  const ApiRequest get =
      generic_request(Service::efs, "GET /2015-02-01/file-systems", {{"MaxItems", "5"}});
  EXPECT_EQ(get.method, "GET");
  EXPECT_EQ(get.target, "/2015-02-01/file-systems?MaxItems=5");
  EXPECT_TRUE(get.body.empty());
  EXPECT_TRUE(get.idempotent);
  const ApiRequest post = generic_request(Service::efs, "POST /2015-02-01/file-systems",
                                          {{"CreationToken", "t"}, {"Encrypted", "true"}});
  EXPECT_EQ(post.body, R"({"CreationToken":"t","Encrypted":true})");
  EXPECT_FALSE(post.idempotent);
  EXPECT_THROW(generic_request(Service::efs, "DescribeFileSystems", {}), std::invalid_argument);
}

TEST(GenericCall, ParametersAreReadBackFromTheRequest) {
  const auto again = [](Service service, const std::string& action,
                        const GenericParameters& parameters) {
    const ApiRequest request = generic_request(service, action, parameters);
    const ApiRequest other = generic_request(service, action, generic_parameters(request));
    return other.target == request.target && other.body == request.body;
  };
  EXPECT_TRUE(again(Service::ec2, "DescribeVpcs", {{"Filter.1.Name", "tag:a b&="}, {"E", ""}}));
  EXPECT_TRUE(again(Service::elbv2, "DescribeTags", {}));
  EXPECT_TRUE(again(Service::ssm, "PutParameter",
                    {{"Name", "/a"},
                     {"Tier", "\"5\""},
                     {"Count", "5"},
                     {"Tags", R"([{"Key": "k", "Value": "v"}])"},
                     {"Text", "line\nline {"}}));
  EXPECT_TRUE(again(Service::efs, "GET /2015-02-01/file-systems", {{"MaxItems", "5"}}));
  EXPECT_TRUE(again(Service::efs, "GET /2015-02-01/file-systems", {}));
  EXPECT_TRUE(again(Service::efs, "POST /2015-02-01/file-systems", {{"Encrypted", "true"}}));
}

TEST(GenericCall, XmlBecomesJsonWithItsListsAsArrays) {
  const auto body = nlohmann::json::parse(body_as_json(
      "<R xmlns='x'><set><item><id>a</id></item><item><id>b</id></item></set><none/><n>1</n></R>"));
  EXPECT_EQ(body["set"][1]["id"], "b");
  EXPECT_EQ(body["none"], "");
  EXPECT_EQ(body["n"], "1");
  EXPECT_EQ(body_as_json(""), "null");
  EXPECT_EQ(body_as_json("{\"a\":1}"), "{\n  \"a\": 1\n}");
  EXPECT_EQ(body_as_json("plain"), "\"plain\"");
}

TEST(GenericCall, BodiesAreIndentedForPeople) {
  EXPECT_EQ(readable_body("<a><b>1</b></a>"), "<a>\n  <b>1</b>\n</a>\n");
  EXPECT_EQ(readable_body("{\"a\":1}"), "{\n  \"a\": 1\n}\n");
  EXPECT_EQ(readable_body("plain"), "plain");
}

}  // namespace
}  // namespace albatross
