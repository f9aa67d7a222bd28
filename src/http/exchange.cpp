#include "http/exchange.hpp"

#include "http/connection.hpp"
#include "http/request_head.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <utility>

namespace albatross::http {

namespace asio = boost::asio;
namespace bhttp = boost::beast::http;
using boost::system::error_code;

namespace {

/// The most that one TLS record carries.
constexpr std::size_t record_size = 16 * 1024;
/// A connection's reads grow with what it is sent, up to this.
constexpr std::size_t largest_read = 256 * 1024;
/// More interim responses than any server has reason to send.
constexpr int most_interim_responses = 16;

[[noreturn]] void throw_io(const error_code& error, const char* doing) {
  if (error == asio::error::operation_aborted) throw boost::system::system_error(error);
  throw ExchangeError(TransportErrorKind::closed,
                      "the connection broke while " + std::string(doing) + ": " + error.message());
}

bool is_end(const error_code& error) {
  return error == asio::error::eof || error == asio::ssl::error::stream_truncated ||
         error == asio::error::connection_reset || error == asio::error::broken_pipe;
}

[[noreturn]] void throw_parse(const error_code& error) {
  if (error == bhttp::error::header_limit) {
    throw ExchangeError(TransportErrorKind::too_large, "the response's header exceeds the limit");
  }
  if (error == bhttp::error::body_limit) {
    throw ExchangeError(TransportErrorKind::too_large, "the response's body exceeds the limit");
  }
  throw ExchangeError(TransportErrorKind::malformed,
                      "the response is not valid HTTP: " + error.message());
}

/// Feeds the parser what has been read so far.
void parse(ResponseParser& parser, boost::beast::flat_buffer& input, std::size_t limit) {
  error_code error;
  input.consume(parser.put(input.data(), error));
  if (error && error != bhttp::error::need_more) throw_parse(error);
  // What stays is the beginning of a header or of a chunk's first line, and never ends.
  if (!parser.is_done() && input.size() > limit) throw_parse(bhttp::error::header_limit);
}

/// At the end of the stream: the end of the response too, if it is delimited by that.
void parse_end(ResponseParser& parser, const error_code& error, bool begun) {
  // Of a TLS stream that was cut off nobody knows whether it was complete.
  if (error == asio::error::eof && parser.got_some() && parser.is_header_done() &&
      parser.need_eof()) {
    error_code ignored;
    parser.put_eof(ignored);
    if (parser.is_done()) return;
  }
  throw ExchangeError(TransportErrorKind::closed,
                      begun ? "the server ended the connection in the middle of its response"
                            : "the server ended the connection without a response");
}

/// What one read has brought.
void take_in(Connection& connection, ResponseParser& parser, std::size_t limit, std::size_t count,
             Progress& progress) {
  if (count == 0) return;
  connection.input.commit(count);
  progress.response_begun = true;
  if (count == connection.read_size) {
    connection.read_size = std::min(connection.read_size * 2, largest_read);
  }
  parse(parser, connection.input, limit);
}

void end_of_input(ResponseParser& parser, const error_code& error, bool begun) {
  if (!is_end(error)) throw_io(error, "reading the response");
  parse_end(parser, error, begun);
}

bool is_interim(int status) {
  return status >= 100 && status < 200;
}

Connection::Buffers remaining(std::string_view head, std::string_view body, std::size_t written) {
  const std::size_t of_head = std::min(written, head.size());
  const std::size_t of_body = written - of_head;
  const auto head_left = asio::buffer(head.data() + of_head, head.size() - of_head);
  const auto body_left = asio::buffer(body.data() + of_body, body.size() - of_body);
  return {head_left, body_left};
}

/// With TLS each buffer becomes a record and a write of its own, so as much of the body as a record
/// holds travels with the head.
std::string_view move_into_first_record(std::string& head, std::string_view body) {
  if (head.size() >= record_size) return body;
  const std::size_t moved = std::min(body.size(), record_size - head.size());
  head.append(body.substr(0, moved));
  return body.substr(moved);
}

/// True when there is nothing left to write.
bool check_written(const error_code& error, std::size_t total, const Progress& progress) {
  if (!error || error == asio::error::would_block) return progress.written == total;
  // A server may answer before it has read everything, and close: then its answer counts.
  if (!is_end(error) || progress.written == 0) throw_io(error, "sending the request");
  return true;
}

/// Without waiting, where the operating system takes it all at once; true when it did, or when the
/// rest is of no use.
bool write_at_once(Connection& connection, std::string_view head, std::string_view body,
                   Progress& progress) {
  if (connection.is_tls()) return false;
  error_code error;
  progress.written = connection.try_write(remaining(head, body, 0), error);
  return check_written(error, head.size() + body.size(), progress);
}

Task<> write_rest(Connection& connection, std::string_view head, std::string_view body,
                  Progress& progress) {
  for (bool done = false; !done;) {
    const auto rest = remaining(head, body, progress.written);
    const auto [error, count] = co_await connection.write_some(rest);
    progress.written += count;
    done = check_written(error, head.size() + body.size(), progress);
  }
}

}  // namespace

Task<> write_request(Connection& connection, std::string_view head, std::string_view body,
                     Progress& progress) {
  if (!write_at_once(connection, head, body, progress)) {
    co_await write_rest(connection, head, body, progress);
  }
}

Task<Response> read_response(Connection& connection, bool without_body,
                             const ResponseParser::Limits& limits, Progress& progress) {
  auto& input = connection.input;
  for (int interim = 0; interim < most_interim_responses; ++interim) {
    ResponseParser parser(limits, without_body);
    if (input.size() > 0) parse(parser, input, limits.header_bytes);
    while (!parser.is_done()) {
      const auto room = input.prepare(connection.read_size);
      const auto [error, count] = co_await connection.read_some(room);
      take_in(connection, parser, limits.header_bytes, count, progress);
      if (!parser.is_done() && error) end_of_input(parser, error, progress.response_begun);
    }
    auto& response = parser.response();
    if (response.status == 101) break;  // nobody asked for another protocol
    if (is_interim(response.status)) continue;
    progress.reusable = parser.keep_alive() && !parser.need_eof() && connection.input.size() == 0;
    co_return std::move(response);
  }
  throw ExchangeError(TransportErrorKind::malformed, "the server sends only interim responses");
}

Task<Response> exchange(Connection& connection, const Request& request, std::string_view user_agent,
                        const ResponseParser::Limits& limits, Progress& progress) {
  auto& head = connection.head;
  write_head(head, request, user_agent, connection.proxy);
  std::string_view body = request.body;
  if (connection.is_tls()) body = move_into_first_record(head, body);
  const std::size_t total = head.size() + body.size();
  if (!write_at_once(connection, head, body, progress)) {
    co_await write_rest(connection, head, body, progress);
  }
  auto response = co_await read_response(connection, request.method == "HEAD", limits, progress);
  if (progress.written < total) progress.reusable = false;
  co_return response;
}

}  // namespace albatross::http
