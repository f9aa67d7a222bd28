#include "sim/wire.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "sim/core/answer.hpp"

namespace albatross::sim {

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

void RethrowFailure::operator()(std::exception_ptr error) const {
  if (error && !is_cancellation(error)) std::rethrow_exception(error);
}

}  // namespace albatross::sim
