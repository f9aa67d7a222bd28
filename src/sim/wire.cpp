#include "sim/wire.hpp"

#include "sim/core/answer.hpp"

#include <utility>

namespace albatross::sim {

http::Request to_request(boost::beast::http::request<boost::beast::http::string_body>&& message) {
  http::Request request;
  request.origin.tls = false;
  request.method = message.method_string();
  request.target = message.target();
  for (const auto& field : message.base()) {
    request.headers.add(std::string(field.name_string()), std::string(field.value()));
  }
  request.body = std::move(message.body());
  return request;
}

std::string to_bytes(const http::Response& response, bool keep_alive, bool head, bool cut) {
  std::string out;
  out.reserve(512 + response.body.size());
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).push_back(' ');
  out.append(response.reason.empty() ? reason_phrase(response.status)
                                     : std::string_view(response.reason));
  out.append("\r\n");
  for (const auto& header : response.headers) {
    out.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  if (response.status != 204) {
    out.append("Content-Length: ").append(std::to_string(response.body.size())).append("\r\n");
  }
  out.append(keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  if (!head) out.append(response.body, 0, cut ? response.body.size() / 2 : std::string::npos);
  return out;
}

}  // namespace albatross::sim
