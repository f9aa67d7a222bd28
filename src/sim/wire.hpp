#pragma once

#include "albatross/http/message.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <string>

/// Between Beast's messages and ours; for the simulator's servers only.
namespace albatross::sim {

http::Request to_request(boost::beast::http::request<boost::beast::http::string_body>&& message);

/// The whole response as bytes; `cut` keeps half of the body (and all of Content-Length).
std::string to_bytes(const http::Response& response, bool keep_alive, bool head, bool cut = false);

}  // namespace albatross::sim
