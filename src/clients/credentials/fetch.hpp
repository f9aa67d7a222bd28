#pragma once

#include "albatross/clients/default_credentials.hpp"
#include "albatross/http/message.hpp"
#include "albatross/runtime/deadline.hpp"
#include "albatross/runtime/task.hpp"

#include <memory>

namespace albatross {

/// One per chain; its sources share it.
using SharedContext = std::shared_ptr<const CredentialsContext>;

/// How often and how patiently a credentials service is asked.
struct FetchLimits {
  Duration timeout = std::chrono::seconds{2};
  int attempts = 3;
  Duration pause = std::chrono::seconds{1};
};

/// The answer, whatever its status below 500; network errors and server errors are tried again.
/// @throws CredentialsError
Task<http::Response> fetch(SharedContext context, http::Request request, FetchLimits limits,
                           Deadline deadline);

/// A request to an absolute URL. @throws CredentialsError when it is none
http::Request request_to(const std::string& method, const std::string& url);

}  // namespace albatross
