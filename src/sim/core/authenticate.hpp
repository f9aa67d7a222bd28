#pragma once

#include "albatross/http/message.hpp"

#include "sim/core/action.hpp"

#include <string_view>

namespace albatross::sim {

/// The service that the credential scope names, else the host name's, else what the request looks
/// like; null when it is none that is simulated.
const Service* service_of(const http::Request& request);

/// Checks signature, date and scope. Throws ApiError with the service's own code and status.
Caller authenticate(const World& world, const Service& service, const http::Request& request,
                    WallTime wall);
/// The access key that a request says it is signed with; empty when it names none.
std::string_view claimed_key(const http::Request& request);
/// Throws what the service answers to credentials that have expired.
[[noreturn]] void refuse_expired(const Service& service);
/// The caller of the few actions that need no signature.
Caller anonymous();

}  // namespace albatross::sim
