#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/runtime/task.hpp"

#include <string>
#include <vector>

// The conventions of request and response structs are in albatross/clients/ec2/common.hpp.

namespace albatross::acm {

struct CertificateDetail {
  std::string certificate_arn;
  std::string domain_name;
  std::vector<std::string> subject_alternative_names;
  /// PENDING_VALIDATION | ISSUED | INACTIVE | EXPIRED | VALIDATION_TIMED_OUT | REVOKED | FAILED.
  std::string status;
  /// Of status FAILED.
  std::string failure_reason;
};

struct DescribeCertificateRequest {
  std::string certificate_arn;
};
struct DescribeCertificateResponse {
  CertificateDetail certificate;
};

/// AWS Certificate Manager, API version 2015-12-08. Source: AWS Certificate Manager API Reference.
/// Errors, cancellation and lifetimes as in ec2::Client.
class Client {
 public:
  explicit Client(ApiCaller& caller) : caller_(&caller) {}

  Task<DescribeCertificateResponse> describe_certificate(DescribeCertificateRequest request,
                                                         CallOptions options = CallOptions());

 private:
  ApiCaller* caller_;
};

}  // namespace albatross::acm
