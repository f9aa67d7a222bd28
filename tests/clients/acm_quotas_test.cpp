#include "albatross/clients/acm.hpp"
#include "albatross/clients/service_quotas.hpp"

#include "wire_bench.hpp"

#include <gtest/gtest.h>

namespace albatross::test {
namespace {

TEST(Acm, SendsAsBotocoreDoes) {
  expect_like_botocore<acm::Client>(
      "acm", "DescribeCertificate", &acm::Client::describe_certificate,
      acm::DescribeCertificateRequest{
          "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001"});
}

TEST(Acm, NamesItsActionInAHeader) {
  WireBench<acm::Client> bench({answer(200, R"({"Certificate":{"Status":"EXPIRED"}})")});
  const auto found =
      bench.run(&acm::Client::describe_certificate, acm::DescribeCertificateRequest{"arn:x"});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->certificate.status, "EXPIRED");
  EXPECT_EQ(bench.requests().at(0).headers.find("x-amz-target"),
            "CertificateManager.DescribeCertificate");
}

TEST(ServiceQuotas, SendAsBotocoreDoes) {
  expect_like_botocore<service_quotas::Client>(
      "service-quotas", "GetServiceQuota", &service_quotas::Client::get_service_quota,
      service_quotas::GetServiceQuotaRequest{"ec2", "L-1216C47A"});
}

TEST(ServiceQuotas, TellANumber) {
  WireBench<service_quotas::Client> bench(
      {answer(200, R"({"Quota":{"QuotaCode":"L-1216C47A","Value":32.0,"Adjustable":true}})")});
  const auto found = bench.run(&service_quotas::Client::get_service_quota,
                               service_quotas::GetServiceQuotaRequest{"ec2", "L-1216C47A"});
  ASSERT_TRUE(found);
  EXPECT_DOUBLE_EQ(found->quota.value, 32);
  EXPECT_TRUE(found->quota.adjustable);
  EXPECT_EQ(bench.requests().at(0).headers.find("x-amz-target"),
            "ServiceQuotasV20190624.GetServiceQuota");
}

}  // namespace
}  // namespace albatross::test
