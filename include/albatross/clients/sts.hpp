#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/tag.hpp"
#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/task.hpp"
#include "albatross/sigv4/credentials.hpp"

#include <optional>
#include <string>
#include <vector>

// The conventions of request and response structs are in albatross/clients/ec2/common.hpp.

namespace albatross::sts {

using albatross::Tag;

struct GetCallerIdentityRequest {};
struct GetCallerIdentityResponse {
  std::string account;
  std::string arn;
  std::string user_id;
};

struct TemporaryCredentials {
  albatross::Credentials credentials;
  WallTime expiration;
};

struct AssumeRoleRequest {
  std::string role_arn;
  std::string role_session_name;
  /// 900 to 43200.
  std::optional<int> duration_seconds;
  std::string external_id;
  std::string serial_number;
  std::string token_code;
  std::string source_identity;
  /// JSON.
  std::string policy;
  std::vector<std::string> policy_arns;
  std::vector<Tag> tags;
};
struct AssumeRoleResponse {
  TemporaryCredentials credentials;
  std::string assumed_role_id;
  std::string assumed_role_arn;
};

/// Sent unsigned.
struct AssumeRoleWithWebIdentityRequest {
  std::string role_arn;
  std::string role_session_name;
  Secret web_identity_token;
  std::optional<int> duration_seconds;
};
struct AssumeRoleWithWebIdentityResponse {
  TemporaryCredentials credentials;
  std::string assumed_role_id;
  std::string assumed_role_arn;
  std::string provider;
};

struct DecodeAuthorizationMessageRequest {
  std::string encoded_message;
};
struct DecodeAuthorizationMessageResponse {
  /// JSON.
  std::string decoded_message;
};

/// AWS STS, API version 2011-06-15. Source: AWS STS API Reference. Errors, cancellation and
/// lifetimes as in ec2::Client.
class Client {
 public:
  explicit Client(ApiCaller& caller) : caller_(&caller) {}

  Task<GetCallerIdentityResponse> get_caller_identity(GetCallerIdentityRequest request,
                                                      CallOptions options = CallOptions());
  Task<AssumeRoleResponse> assume_role(AssumeRoleRequest request,
                                       CallOptions options = CallOptions());
  Task<AssumeRoleWithWebIdentityResponse> assume_role_with_web_identity(
      AssumeRoleWithWebIdentityRequest request, CallOptions options = CallOptions());
  Task<DecodeAuthorizationMessageResponse> decode_authorization_message(
      DecodeAuthorizationMessageRequest request, CallOptions options = CallOptions());

 private:
  ApiCaller* caller_;
};

}  // namespace albatross::sts
