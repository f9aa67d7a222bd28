#pragma once

#include "albatross/clients/service.hpp"
#include "albatross/http/message.hpp"

#include <string>

namespace albatross {

/// What an answer with a status outside 2xx says of itself.
struct ErrorBody {
  /// AWS's code, without namespace and without what follows a ':'; for an answer that has none the
  /// HTTP status ("503").
  std::string code;
  /// AWS's own words; the reason phrase where there is no code either. May be empty.
  std::string message;
  /// From the body, else from the x-amzn-requestid header; may be empty.
  std::string request_id;
  /// FileSystemId of EFS's FileSystemAlreadyExists.
  std::string existing_id;
};

/// Understands every form in which AWS and what stands in front of it (gateways, load balancers,
/// proxies) report errors. Never throws for what the body holds, and never fails to give a code.
ErrorBody parse_error_body(Protocol protocol, const http::Response& response);

}  // namespace albatross
