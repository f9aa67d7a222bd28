#pragma once

#include "albatross/http/message.hpp"

#include <string>
#include <string_view>

/// What a request to AWS asks for, told by its head and the first member of its body. Pure; the
/// same for a request and its redacted form.
namespace albatross::recording {

/// The parts of "AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, …".
struct Scope {
  std::string_view key;
  std::string_view region;
  /// The signing name; empty when the request is not signed so.
  std::string_view service;
};
Scope scope_of(const http::Request& request);

/// "ec2", "elbv2", "efs"; for what is not signed the first label of the host name, "metadata" for
/// link-local and loopback addresses.
std::string service_of(const http::Request& request);

/// "RunInstances"; empty for services that are told by method and path.
std::string action_of(const http::Request& request);

}  // namespace albatross::recording
