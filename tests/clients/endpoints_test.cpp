#include "albatross/clients/endpoints.hpp"

#include "support/source_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>

namespace albatross {
namespace {

EndpointOptions with_url(std::string url) {
  EndpointOptions options;
  options.url = std::move(url);
  return options;
}

TEST(Endpoints, AgreeWithAwsRulesForEveryPartitionFipsAndDualStack) {
  const std::map<std::string, Service> services{
      {"ec2", Service::ec2},          {"elbv2", Service::elbv2}, {"efs", Service::efs},
      {"iam", Service::iam},          {"sts", Service::sts},     {"ssm", Service::ssm},
      {"dynamodb", Service::dynamodb}};
  std::ifstream file(test::source_dir() + "/fixtures/endpoints/endpoints.txt");
  ASSERT_TRUE(file);
  int checked = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    std::string service, region, host, signing_region;
    EndpointOptions options;
    words >> service >> region >> options.use_fips >> options.use_dual_stack >> host >>
        signing_region;
    const Endpoint found = resolve_endpoint(services.at(service), region, options);
    EXPECT_EQ(found.origin.host, host) << line;
    EXPECT_EQ(found.signing_region, signing_region) << line;
    EXPECT_TRUE(found.origin.tls);
    EXPECT_EQ(found.origin.port, 443);
    EXPECT_EQ(found.path_prefix, "");
    ++checked;
  }
  EXPECT_GE(checked, 300);
}

TEST(Endpoints, PartitionComesFromTheRegion) {
  EXPECT_EQ(partition_of("us-east-1").id, "aws");
  EXPECT_EQ(partition_of("us-gov-west-1").id, "aws-us-gov");
  EXPECT_EQ(partition_of("cn-north-1").id, "aws-cn");
  EXPECT_EQ(partition_of("us-isob-east-1").id, "aws-iso-b");
  EXPECT_EQ(partition_of("aws-cn-global").id, "aws-cn");
  EXPECT_EQ(partition_of("eusc-de-east-1").implicit_region, "eusc-de-east-1");
  EXPECT_EQ(partition_of("cn-").id, "aws");
  EXPECT_EQ(partition_of("nowhere").id, "aws");
}

TEST(Endpoints, ServicesAreSignedUnderTheirOwnName) {
  EXPECT_EQ(resolve_endpoint(Service::elbv2, "us-east-1", {}).signing_name, "elasticloadbalancing");
  EXPECT_EQ(resolve_endpoint(Service::efs, "us-east-1", {}).signing_name, "elasticfilesystem");
}

TEST(Endpoints, OverrideKeepsPathAndSigning) {
  const Endpoint found =
      resolve_endpoint(Service::iam, "eu-west-1", with_url("http://127.0.0.1:5000/aws/"));
  EXPECT_EQ(found.origin, (http::Origin{false, "127.0.0.1", 5000}));
  EXPECT_EQ(found.path_prefix, "/aws");
  EXPECT_EQ(found.signing_region, "us-east-1");
  EXPECT_EQ(found.signing_name, "iam");
}

TEST(Endpoints, OverrideOfOneServiceIsStrongerThanThatForAll) {
  EndpointOptions options = with_url("http://all.test");
  options.service_urls[Service::ec2] = "https://ec2.test:8443";
  EXPECT_EQ(resolve_endpoint(Service::ec2, "eu-west-1", options).origin,
            (http::Origin{true, "ec2.test", 8443}));
  EXPECT_EQ(resolve_endpoint(Service::efs, "eu-west-1", options).origin,
            (http::Origin{false, "all.test", 80}));
}

TEST(Endpoints, RefusesWhatCannotBeMeant) {
  EndpointOptions both = with_url("http://all.test");
  both.use_fips = true;
  EXPECT_THROW(resolve_endpoint(Service::ec2, "us-east-1", both), std::invalid_argument);
  EXPECT_THROW(resolve_endpoint(Service::ec2, "us-east-1", with_url("all.test")),
               std::invalid_argument);
  EXPECT_THROW(resolve_endpoint(Service::ec2, "us-east-1", with_url("http://all.test/?a=b")),
               std::invalid_argument);
  for (const std::string region : {"", "us-east-1.evil.test/", "-", "us east", "US-EAST-1"}) {
    EXPECT_THROW(resolve_endpoint(Service::ec2, region, {}), std::invalid_argument) << region;
  }
}

}  // namespace
}  // namespace albatross
