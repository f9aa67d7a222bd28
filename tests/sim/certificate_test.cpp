#include "account.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace albatross::sim::test {
namespace {

using Json = nlohmann::json;

constexpr const char* foreign =
    "arn:aws:acm:us-east-1:999999999999:certificate/12345678-1234-1234-1234-123456789012";

std::string request(Account& account, const std::string& domain) {
  const auto answer = account.acm(
      "RequestCertificate", Json{{"DomainName", domain}, {"IdempotencyToken", domain}}.dump());
  return Json::parse(answer.response.body)["CertificateArn"];
}

Answer describe(Account& account, const std::string& arn) {
  return account.acm("DescribeCertificate", Json{{"CertificateArn", arn}}.dump());
}

Json certificate(Account& account, const std::string& arn) {
  return Json::parse(describe(account, arn).response.body)["Certificate"];
}

Params https(const Stack& stack, const std::string& arn) {
  return {{"LoadBalancerArn", stack.load_balancer},
          {"Protocol", "HTTPS"},
          {"Port", "443"},
          {"DefaultActions.member.1.Type", "forward"},
          {"DefaultActions.member.1.TargetGroupArn", stack.target_group},
          {"Certificates.member.1.CertificateArn", arn}};
}

TEST(Certificate, IsIssuedAfterAWhile) {
  Account account;
  const auto arn = request(account, "app.example.com");
  EXPECT_EQ(request(account, "app.example.com"), arn) << "the same token, the same certificate";
  EXPECT_EQ(certificate(account, arn)["Status"], "PENDING_VALIDATION");
  EXPECT_EQ(account.state_of(arn), "pending-validation");
  EXPECT_FALSE(certificate(account, arn).contains("NotAfter"));
  account.pass(61s);
  const Json issued = certificate(account, arn);
  EXPECT_EQ(issued["Status"], "ISSUED");
  EXPECT_EQ(account.state_of(arn), "issued");
  EXPECT_EQ(issued["DomainName"], "app.example.com");
  EXPECT_GT(issued["NotAfter"].get<double>(), issued["NotBefore"].get<double>());
}

TEST(Certificate, IsForADomainAndListedInPages) {
  Account account;
  const auto asked = account.acm("RequestCertificate", R"({"DomainName":"not a domain"})");
  EXPECT_EQ(asked.code(), "ValidationException");
  for (const char* domain : {"a.example.com", "b.example.com"})
    request(account, domain);
  EXPECT_EQ(account.acm("RequestCertificate", R"({"DomainName":"*.example.com"})").code(), "");
  Json ask = {{"MaxItems", 2}};
  const Json first = Json::parse(account.acm("ListCertificates", ask.dump()).response.body);
  EXPECT_EQ(first["CertificateSummaryList"].size(), 2U);
  ask["NextToken"] = first["NextToken"];
  const Json second = Json::parse(account.acm("ListCertificates", ask.dump()).response.body);
  EXPECT_EQ(second["CertificateSummaryList"].size(), 1U);
  EXPECT_FALSE(second.contains("NextToken"));
}

TEST(Certificate, ServesAListenerOnlyOnceItIsIssuedAndStaysWhileInUse) {
  Account account;
  const Stack stack = build_stack(account);
  const auto arn = request(account, "app.example.com");
  EXPECT_EQ(account.elb("CreateListener", https(stack, arn)).code(), "UnsupportedCertificate");
  account.pass(61s);
  const auto listener = account.elb("CreateListener", https(stack, arn));
  ASSERT_EQ(listener.code(), "");
  EXPECT_EQ(certificate(account, arn)["InUseBy"], Json::array({stack.load_balancer}));
  const auto remove = [&] {
    return account.acm("DeleteCertificate", Json{{"CertificateArn", arn}}.dump()).code();
  };
  EXPECT_EQ(remove(), "ResourceInUseException");
  account.elb("DeleteListener", {{"ListenerArn", listener.text("member/ListenerArn")}});
  EXPECT_EQ(remove(), "");
  EXPECT_EQ(describe(account, arn).code(), "ResourceNotFoundException");
  EXPECT_EQ(account.elb("CreateListener", https(stack, arn)).code(), "CertificateNotFound");
}

TEST(Certificate, OfThisRegionStandsInForOneThatWasNeverRequested) {
  Account account;
  const Stack stack = build_stack(account);
  EXPECT_EQ(certificate(account, foreign)["Status"], "ISSUED");
  EXPECT_EQ(account.elb("CreateListener", https(stack, foreign)).code(), "");
  std::string elsewhere = foreign;
  elsewhere.replace(elsewhere.find("us-east-1"), 9, "eu-west-1");
  EXPECT_EQ(describe(account, elsewhere).code(), "ResourceNotFoundException");
  EXPECT_EQ(account.elb("CreateListener", https(stack, elsewhere)).code(), "CertificateNotFound");
}

TEST(Certificate, IsListedByStatusAndTagged) {
  Account account;
  const auto old = request(account, "old.example.com");
  account.pass(61s);
  const auto fresh = request(account, "new.example.com");
  const auto listed = [&](const std::string& body) {
    return Json::parse(
        account.acm("ListCertificates", body).response.body)["CertificateSummaryList"];
  };
  EXPECT_EQ(listed("{}").size(), 2U);
  const Json issued = listed(R"({"CertificateStatuses":["ISSUED"]})");
  ASSERT_EQ(issued.size(), 1U);
  EXPECT_EQ(issued[0]["CertificateArn"], old);
  const Json tag = {{"Key", "stack"}, {"Value", "web"}};
  account.acm("AddTagsToCertificate",
              Json{{"CertificateArn", fresh}, {"Tags", Json::array({tag})}}.dump());
  const auto tags =
      account.acm("ListTagsForCertificate", Json{{"CertificateArn", fresh}}.dump()).response.body;
  EXPECT_EQ(Json::parse(tags)["Tags"], Json::array({tag}));
}

}  // namespace
}  // namespace albatross::sim::test
