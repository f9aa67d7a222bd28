#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/endpoints.hpp"
#include "albatross/http/message.hpp"
#include "albatross/runtime/clock.hpp"
#include "albatross/sigv4/signer.hpp"

namespace albatross {

/// The HTTP request for one attempt, without a signature. Pure.
http::Request to_http(const ApiRequest& request, const Endpoint& endpoint);

/// Adds the signature headers. Everything that identifies the request is signed: Host,
/// Content-Type and every X-Amz-* header. Pure but for the cache.
void sign(http::Request& request, const Endpoint& endpoint, const Credentials& credentials,
          WallTime time, sigv4::KeyCache& keys);

}  // namespace albatross
