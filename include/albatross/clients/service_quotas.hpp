#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/runtime/task.hpp"

#include <string>

// The conventions of request and response structs are in albatross/clients/ec2/common.hpp.

namespace albatross::service_quotas {

struct ServiceQuota {
  std::string service_code;
  /// "L-1216C47A".
  std::string quota_code;
  std::string quota_name;
  double value = 0;
  bool adjustable = false;
};

/// What holds for the account: what it was given, else AWS's default.
struct GetServiceQuotaRequest {
  /// "ec2", "vpc", "elasticloadbalancing", …
  std::string service_code;
  std::string quota_code;
};
struct GetServiceQuotaResponse {
  ServiceQuota quota;
};

/// Service Quotas, API version 2019-06-24. Source: Service Quotas API Reference. Errors,
/// cancellation and lifetimes as in ec2::Client.
class Client {
 public:
  explicit Client(ApiCaller& caller) : caller_(&caller) {}

  Task<GetServiceQuotaResponse> get_service_quota(GetServiceQuotaRequest request,
                                                  CallOptions options = CallOptions());

 private:
  ApiCaller* caller_;
};

}  // namespace albatross::service_quotas
