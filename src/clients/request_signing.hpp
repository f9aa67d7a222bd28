#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/endpoints.hpp"
#include "albatross/http/message.hpp"
#include "albatross/runtime/clock.hpp"
#include "albatross/sigv4/signer.hpp"

#include <vector>

namespace albatross {

/// The HTTP request for one attempt, without a signature. Pure.
http::Request to_http(const ApiRequest& request, const Endpoint& endpoint);

/// Signs one request after another. It keeps what they have in common (see sigv4::Signer), so that
/// the only memory a signature takes is that of the headers which it adds.
class RequestSigner {
 public:
  /// Adds the signature headers. Everything that identifies the request is signed: Host,
  /// Content-Type and every X-Amz-* header. The request must not be signed already.
  void sign(http::Request& request, const Endpoint& endpoint, const Credentials& credentials,
            WallTime time);

 private:
  sigv4::Signer signer_;
  std::vector<sigv4::HeaderView> headers_;
};

}  // namespace albatross
