#include "http/connector.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "http/connection.hpp"
#include "http/dialer.hpp"
#include "http/exchange.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace albatross::http {

namespace {

std::string milliseconds(Duration duration) {
  const auto count = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  return std::to_string(count) + " ms";
}

std::string via(const Proxy* proxy) {
  return proxy == nullptr ? std::string{} : "proxy " + proxy->origin.url() + ": ";
}

/// "host:port", the port always (RFC 9110, 9.3.6).
std::string tunnel_target(const Origin& origin) {
  const bool ipv6 = origin.host.find(':') != std::string::npos;
  return (ipv6 ? "[" + origin.host + "]" : origin.host) + ":" + std::to_string(origin.port);
}

}  // namespace

Connector::Connector(Clock& clock, const BeastTransportOptions& options)
    : clock_(clock), options_(options), resolver_(clock), tls_(options.ca_bundle) {}

Task<std::unique_ptr<Connection>> Connector::connect(Origin origin, Deadline deadline) {
  const Deadline limit = Deadline::after(clock_, options_.connect_timeout);
  auto opening = with_deadline(clock_, open(origin), earlier(limit, deadline));
  std::unique_ptr<Connection> connection;
  try {
    connection = co_await std::move(opening);
  } catch (const DeadlineExceeded&) {
    const bool by_caller = deadline.at() < limit.at();
    throw TransportError(TransportErrorKind::timeout, origin,
                         by_caller
                             ? "the deadline passed while connecting"
                             : "no connection within " + milliseconds(options_.connect_timeout),
                         false);
  }
  co_return connection;
}

Task<std::unique_ptr<Connection>> Connector::open(Origin origin) {
  const Proxy* proxy = options_.proxy.proxy_for(origin);
  const Origin peer = proxy == nullptr ? origin : proxy->origin;
  Addresses addresses;
  try {
    addresses = co_await resolver_.resolve(peer.host);
  } catch (const ResolveError& e) {
    throw TransportError(TransportErrorKind::resolve, origin, via(proxy) + e.what(), false);
  }
  Dialer dialer(clock_, options_.address_stagger);
  auto dialed = co_await dialer.dial(std::move(addresses), peer.port);
  if (!dialed.socket) {
    throw TransportError(TransportErrorKind::connect, origin, via(proxy) + dialed.error, false);
  }
  auto connection = std::make_unique<Connection>(std::move(*dialed.socket));
  if (proxy != nullptr && !origin.tls) connection->proxy = proxy;
  if (proxy != nullptr && origin.tls) co_await open_tunnel(*connection, origin, *proxy);
  if (origin.tls) co_await connection->start_tls(tls_, origin);
  co_return connection;
}

Task<> Connector::open_tunnel(Connection& connection, Origin origin, const Proxy& proxy) {
  const std::string target = tunnel_target(origin);
  std::string head = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
  if (!options_.user_agent.empty()) head += "User-Agent: " + options_.user_agent + "\r\n";
  if (!proxy.authorization.empty()) head += "Proxy-Authorization: " + proxy.authorization + "\r\n";
  head += "\r\n";
  const ResponseParser::Limits limits{options_.max_header_bytes, 0};
  Progress progress;
  Response response;
  try {
    const std::string_view no_body;
    co_await write_request(connection, head, no_body, progress);
    response = co_await read_response(connection, true, limits, progress);
  } catch (const ExchangeError& e) {
    throw TransportError(TransportErrorKind::connect, origin, via(&proxy) + e.what(), false);
  }
  if (response.status / 100 != 2 || connection.input.size() > 0) {
    throw TransportError(TransportErrorKind::connect, origin,
                         via(&proxy) + "answers CONNECT with " + std::to_string(response.status) +
                             " " + response.reason,
                         false);
  }
}

}  // namespace albatross::http
