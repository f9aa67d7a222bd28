#include "albatross/clients/service.hpp"

#include <array>
#include <cstddef>

namespace albatross {
namespace {

constexpr std::array<ServiceInfo, 9> services{{
    {Service::ec2, "EC2", Protocol::ec2_query, "2016-11-15", "ec2", "ec2", "EC2", "", ""},
    {Service::elbv2, "ELBv2", Protocol::query, "2015-12-01", "elasticloadbalancing",
     "elasticloadbalancing", "ELASTIC_LOAD_BALANCING_V2", "", ""},
    {Service::efs, "EFS", Protocol::rest_json, "2015-02-01", "elasticfilesystem",
     "elasticfilesystem", "EFS", "", ""},
    {Service::iam, "IAM", Protocol::query, "2010-05-08", "iam", "iam", "IAM", "", ""},
    {Service::sts, "STS", Protocol::query, "2011-06-15", "sts", "sts", "STS", "", ""},
    {Service::ssm, "SSM", Protocol::json, "2014-11-06", "ssm", "ssm", "SSM", "AmazonSSM", "1.1"},
    {Service::dynamodb, "DynamoDB", Protocol::json, "2012-08-10", "dynamodb", "dynamodb",
     "DYNAMODB", "DynamoDB_20120810", "1.0"},
    {Service::acm, "ACM", Protocol::json, "2015-12-08", "acm", "acm", "ACM", "CertificateManager",
     "1.1"},
    {Service::service_quotas, "ServiceQuotas", Protocol::json, "2019-06-24", "servicequotas",
     "servicequotas", "SERVICE_QUOTAS", "ServiceQuotasV20190624", "1.1"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (static_cast<std::size_t>(services[i].service) != i) return false;
  }
  return true;
}
static_assert(in_order(), "the table is indexed by Service");

constexpr std::array<Service, services.size()> list = [] {
  std::array<Service, services.size()> all{};
  for (std::size_t i = 0; i < services.size(); ++i)
    all[i] = services[i].service;
  return all;
}();

}  // namespace

std::span<const Service> all_services() {
  return list;
}

const ServiceInfo& info(Service service) {
  return services[static_cast<std::size_t>(service)];
}

}  // namespace albatross
