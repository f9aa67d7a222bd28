#include "albatross/clients/api_error.hpp"

#include "support/source_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace albatross {
namespace {

struct KnownCode {
  std::string service;
  std::string code;
};

/// Every code that a deployment can meet (tools/make_error_codes.py).
std::vector<KnownCode> known_codes() {
  std::ifstream file(test::source_dir() + "/fixtures/clients/error_codes.txt");
  std::vector<KnownCode> out;
  for (KnownCode known; file >> known.service >> known.code;)
    out.push_back(known);
  return out;
}

std::vector<Service> services_of(const std::string& name) {
  static const std::map<std::string, Service> by_name{
      {"ec2", Service::ec2},          {"elbv2", Service::elbv2}, {"efs", Service::efs},
      {"iam", Service::iam},          {"sts", Service::sts},     {"ssm", Service::ssm},
      {"dynamodb", Service::dynamodb}};
  if (name != "all") return {by_name.at(name)};
  std::vector<Service> all;
  for (const auto& [unused, service] : by_name)
    all.push_back(service);
  return all;
}

std::string hint_of(Service service, const std::string& code) {
  ApiError::Details details;
  details.service = service;
  details.action = "SomeAction";
  details.code = code;
  details.message = "what AWS says";
  details.http_status = 400;
  details.error_class = classify_error(service, code, details.message, details.http_status);
  return hint_for(details);
}

TEST(ErrorCodes, EachHasAHint) {
  const std::vector<KnownCode> codes = known_codes();
  EXPECT_GT(codes.size(), 150U);
  for (const KnownCode& known : codes) {
    bool any = false;
    for (const Service service : services_of(known.service))
      any = any || hint_of(service, known.code).size() > 20;
    EXPECT_TRUE(any) << known.service << " " << known.code;
  }
}

TEST(ErrorCodes, TheListNamesWhatEachServiceIsKnownFor) {
  std::set<std::string> codes;
  for (const KnownCode& known : known_codes())
    codes.insert(known.service + " " + known.code);
  for (const char* wanted :
       {"ec2 DependencyViolation", "elbv2 TooManyLoadBalancers", "efs IncorrectMountTargetState",
        "iam NoSuchEntity", "ssm ParameterNotFound", "sts PackedPolicyTooLarge",
        "dynamodb ConditionalCheckFailedException", "all UnauthorizedOperation"}) {
    EXPECT_TRUE(codes.contains(wanted)) << wanted;
  }
}

TEST(ErrorCodes, ACodeThatIsNotKnownHasNoMadeUpHint) {
  EXPECT_EQ(hint_of(Service::ec2, "SomethingNew"), "");
}

}  // namespace
}  // namespace albatross
