#pragma once

#include "albatross/http/message.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>

namespace albatross::http {

/// Bytes to Response, without an intermediate form: what the parser finds goes where it will stay.
class ResponseParser final : public boost::beast::http::basic_parser<false> {
 public:
  struct Limits {
    std::size_t header_bytes;
    std::size_t body_bytes;
  };

  /// @param without_body for the answer to HEAD or CONNECT.
  ResponseParser(const Limits& limits, bool without_body);

  Response& response() { return response_; }

 private:
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb, string_view, string_view, int,
                       error_code&) override {}
  void on_response_impl(int status, string_view reason, int version, error_code& error) override;
  void on_field_impl(boost::beast::http::field, string_view name, string_view value,
                     error_code& error) override;
  void on_header_impl(error_code& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& error) override;
  std::size_t on_body_impl(string_view body, error_code& error) override;
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t remain, string_view body,
                                 error_code& error) override;
  void on_finish_impl(error_code&) override {}

  Response response_;
  bool in_trailer_ = false;
};

}  // namespace albatross::http
