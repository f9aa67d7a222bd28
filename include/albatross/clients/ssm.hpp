#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/runtime/task.hpp"
#include "albatross/sigv4/credentials.hpp"

#include <cstdint>
#include <string>
#include <vector>

// The conventions of request and response structs are in albatross/clients/ec2/common.hpp.

namespace albatross::ssm {

struct Parameter {
  std::string name;
  /// String | StringList | SecureString.
  std::string type;
  Secret value;
  std::int64_t version = 0;
  std::string arn;
  /// text | aws:ec2:image.
  std::string data_type;
};

struct GetParameterRequest {
  /// A name, "name:version", "name:label", or an ARN.
  std::string name;
  bool with_decryption = false;
};
struct GetParameterResponse {
  Parameter parameter;
};

/// At most 10 names; unknown ones are listed in the answer and are no error.
struct GetParametersRequest {
  std::vector<std::string> names;
  bool with_decryption = false;
};
struct GetParametersResponse {
  std::vector<Parameter> parameters;
  std::vector<std::string> invalid_parameters;
};

/// AWS Systems Manager, API version 2014-11-06. Source: AWS Systems Manager API Reference. Errors,
/// cancellation and lifetimes as in ec2::Client.
class Client {
 public:
  explicit Client(ApiCaller& caller) : caller_(&caller) {}

  Task<GetParameterResponse> get_parameter(GetParameterRequest request,
                                           CallOptions options = CallOptions());
  Task<GetParametersResponse> get_parameters(GetParametersRequest request,
                                             CallOptions options = CallOptions());

 private:
  ApiCaller* caller_;
};

}  // namespace albatross::ssm
