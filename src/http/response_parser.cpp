#include "http/response_parser.hpp"

#include <algorithm>
#include <limits>

namespace albatross::http {

ResponseParser::ResponseParser(const Limits& limits, bool without_body) {
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
  header_limit(static_cast<std::uint32_t>(std::min(limits.header_bytes, most)));
  body_limit(limits.body_bytes);
  skip(without_body);
  eager(true);
}

void ResponseParser::on_response_impl(int status, string_view reason, int, error_code&) {
  response_.status = status;
  response_.reason.assign(reason.data(), reason.size());
  response_.headers.reserve(8);
}

void ResponseParser::on_field_impl(boost::beast::http::field, string_view name, string_view value,
                                   error_code&) {
  // Trailer fields come after the body; nothing we talk to sends any that matter.
  if (in_trailer_) return;
  response_.headers.add(std::string(name.data(), name.size()),
                        std::string(value.data(), value.size()));
}

void ResponseParser::on_header_impl(error_code&) {
  in_trailer_ = true;
}

void ResponseParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) {
  // The length has passed the limit already.
  if (length) response_.body.reserve(static_cast<std::size_t>(*length));
}

std::size_t ResponseParser::on_body_impl(string_view body, error_code&) {
  response_.body.append(body.data(), body.size());
  return body.size();
}

std::size_t ResponseParser::on_chunk_body_impl(std::uint64_t, string_view body, error_code&) {
  response_.body.append(body.data(), body.size());
  return body.size();
}

}  // namespace albatross::http
