#include "albatross/sim/server.hpp"

#include "sim/control.hpp"
#include "sim/core/answer.hpp"
#include "sim/data_plane/data_plane.hpp"
#include "sim/server_tunnel.hpp"
#include "sim/wire.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace albatross::sim {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

/// Ends the connection with a reset instead of an orderly close.
void reset(tcp::socket& socket) {
  error_code ignored;
  socket.set_option(tcp::socket::linger(true, 0), ignored);
  socket.close(ignored);
}

/// Whether a call may have changed what the data plane shows.
bool changes(const CallRecord& call) {
  return !call.action.starts_with("Describe") && !call.action.starts_with("Get") &&
         !call.action.starts_with("List");
}

}  // namespace

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
  Impl(asio::any_io_executor executor, Cloud& served, Clock& time, ServerOptions given)
      : acceptor(executor),
        cloud(served),
        clock(time),
        options(std::move(given)),
        scale(options.time_scale),
        real_base(clock.now()),
        cloud_base(real_base) {}

  Task<> accept(std::shared_ptr<Impl> self);
  Task<> serve(std::shared_ptr<Impl> self, tcp::socket socket);
  Task<bool> exchange_one(beast::tcp_stream& stream, beast::flat_buffer& buffer);
  Task<bool> answer(beast::tcp_stream& stream, http::Request request, bool keep_alive);
  Task<bool> answer_control(beast::tcp_stream& stream, const http::Request& request,
                            bool keep_alive);
  Task<bool> answer_as_proxy(beast::tcp_stream& stream, http::Request request, bool keep_alive);
  Task<> tunnel(beast::tcp_stream& stream, std::string authority);
  Task<bool> write(beast::tcp_stream& stream, std::string bytes);
  Task<> hold(beast::tcp_stream& stream);
  Task<> keep_fresh(std::shared_ptr<Impl> self);
  void open_data_plane();
  Exchange ask(const http::Request& request);
  TimePoint cloud_now() const;
  void rebase();
  void stop();

  tcp::acceptor acceptor;
  Cloud& cloud;
  Clock& clock;
  ServerOptions options;
  double scale;
  TimePoint real_base;
  TimePoint cloud_base;
  std::uint16_t port = 0;
  std::set<beast::tcp_stream*> streams;
  std::unique_ptr<DataPlane> plane;
  CallDurations durations;
  bool stopped = false;
};

TimePoint Server::Impl::cloud_now() const {
  const Duration passed = clock.now() - real_base;
  if (scale == 1) return cloud_base + passed;
  return cloud_base +
         Duration(static_cast<Duration::rep>(static_cast<double>(passed.count()) * scale));
}

void Server::Impl::rebase() {
  cloud_base = cloud_now();
  real_base = clock.now();
}

void Server::Impl::open_data_plane() {
  Pace pace{[this] { return cloud_now(); }, [this] { return scale; }};
  auto announce = [this](const Front& front) {
    if (options.on_front) options.on_front(front.load_balancer, front.url);
  };
  plane = std::make_unique<DataPlane>(acceptor.get_executor(), cloud, clock, std::move(pace), port,
                                      std::move(announce));
}

/// States that change by themselves must show on the wire without anybody asking; and so must what
/// an embedding program does to the Cloud without this server.
Task<> Server::Impl::keep_fresh(std::shared_ptr<Impl> self) {
  while (!self->stopped) {
    self->plane->changed();
    self->plane->keep_up();
    co_await self->clock.sleep_for(self->plane->idle_for());
  }
}

void Server::Impl::stop() {
  stopped = true;
  plane.reset();
  error_code ignored;
  acceptor.close(ignored);
  for (beast::tcp_stream* stream : streams)
    stream->close();
}

Task<> Server::Impl::accept(std::shared_ptr<Impl> self) {
  while (self->acceptor.is_open()) {
    error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    tcp::socket socket = co_await self->acceptor.async_accept(token);
    if (error == asio::error::operation_aborted) co_return;
    if (error) continue;
    socket.set_option(tcp::no_delay(true), error);
    auto connection = self->serve(self, std::move(socket));
    // lint_coroutines: allow detached: however one connection ends, the others go on
    asio::co_spawn(self->acceptor.get_executor(), std::move(connection), rethrow_failure);
  }
}

Task<> Server::Impl::serve(std::shared_ptr<Impl> self, tcp::socket socket) {
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  self->streams.insert(&stream);
  try {
    bool more = true;
    while (more) {
      more = co_await self->exchange_one(stream, buffer);
    }
  } catch (const boost::system::system_error&) {
    // The client went away, or the connection idled too long: nothing is owed to anybody.
  }
  self->streams.erase(&stream);
}

Task<bool> Server::Impl::exchange_one(beast::tcp_stream& stream, beast::flat_buffer& buffer) {
  beast::http::request_parser<beast::http::string_body> parser;
  parser.body_limit(options.max_request_bytes);
  parser.eager(true);  // most requests come whole, and are read in one go
  stream.expires_after(options.idle_timeout);
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  bool told = false;
  while (!parser.is_done() && !error) {
    co_await beast::http::async_read_some(stream, buffer, parser, token);
    const bool waits = !error && !told && !parser.is_done() && parser.is_header_done() &&
                       parser.get()[beast::http::field::expect] == "100-continue";
    if (!waits) continue;
    told = true;
    const bool sent = co_await write(stream, "HTTP/1.1 100 Continue\r\n\r\n");
    if (!sent) co_return false;
  }
  if (error == beast::http::error::body_limit) {
    auto bytes = to_bytes(render_html(413), false, false);
    co_await write(stream, std::move(bytes));
    co_return false;
  }
  if (error) co_return false;
  auto message = parser.release();
  const bool keep_alive = message.keep_alive();
  auto request = to_request(std::move(message));
  auto answered = answer(stream, std::move(request), keep_alive);
  const bool more = co_await std::move(answered);
  co_return more;
}

Exchange Server::Impl::ask(const http::Request& request) {
  const TimePoint started = clock.now();
  // Whoever is told that a load balancer is active may use it at once.
  if (plane) plane->keep_up();
  Exchange exchange = cloud.exchange(request, cloud_now(), clock.wall());
  if (!cloud.calls().empty()) {
    const bool delayed = exchange.fault && exchange.fault->kind == FaultKind::delay;
    const Duration took =
        clock.now() - started + (delayed ? exchange.fault->delay : Duration::zero());
    durations.note(cloud.calls().back().number, took);
    if (options.on_call) options.on_call(cloud.calls().back(), took);
  }
  if (plane && (cloud.calls().empty() || changes(cloud.calls().back()))) {
    plane->changed();
    plane->keep_up();
  }
  return exchange;
}

Task<bool> Server::Impl::answer_control(beast::tcp_stream& stream, const http::Request& request,
                                        bool keep_alive) {
  ControlContext context{cloud, durations, cloud_now(), clock.wall(), scale, plane.get()};
  const auto response = control(request, context);
  if (context.advance > Duration::zero() || context.scale != scale) {
    rebase();
    cloud_base += context.advance;
    scale = context.scale;
  }
  if (plane) {
    plane->changed();
    plane->keep_up();
  }
  auto bytes = to_bytes(response, keep_alive, request.method == "HEAD");
  const bool sent = co_await write(stream, std::move(bytes));
  co_return sent&& keep_alive;
}

Task<bool> Server::Impl::answer_as_proxy(beast::tcp_stream& stream, http::Request request,
                                         bool keep_alive) {
  const bool head = request.method == "HEAD";
  error_code error;
  const auto remote = stream.socket().remote_endpoint(error).address();
  auto answer = plane->proxied(std::move(request), remote.is_v4() ? remote.to_v4().to_uint() : 0);
  const auto response = co_await std::move(answer);
  if (!response) {
    co_await hold(stream);
    co_return false;
  }
  auto bytes = to_bytes(*response, keep_alive, head);
  const bool sent = co_await write(stream, std::move(bytes));
  co_return sent&& keep_alive;
}

/// CONNECT: bytes go to and fro between the client and the load balancer's own port. stop() closes
/// the near side, and with it the far one.
Task<> Server::Impl::tunnel(beast::tcp_stream& stream, std::string authority) {
  const int target = plane ? plane->tunnel_to(authority) : 0;
  if (target == 0) {
    auto refusal = to_bytes(render_html(502), false, false);
    co_await write(stream, std::move(refusal));
    co_return;
  }
  tcp::socket far(acceptor.get_executor());
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(),
                               static_cast<std::uint16_t>(target));
  co_await far.async_connect(endpoint, asio::use_awaitable);
  const bool sent = co_await write(stream, "HTTP/1.1 200 Connection established\r\n\r\n");
  if (!sent) co_return;
  auto carried = carry_both_ways(stream.socket(), far);
  co_await std::move(carried);
}

Task<bool> Server::Impl::answer(beast::tcp_stream& stream, http::Request request, bool keep_alive) {
  const bool head = request.method == "HEAD";
  if (request.method == "CONNECT") {
    auto tunnelled = tunnel(stream, request.target);
    co_await std::move(tunnelled);
    co_return false;
  }
  if (plane && request.target.starts_with("http://")) {
    auto passed = answer_as_proxy(stream, std::move(request), keep_alive);
    const bool more = co_await std::move(passed);
    co_return more;
  }
  if (is_control_request(request)) {
    auto answered = answer_control(stream, request, keep_alive);
    const bool more = co_await std::move(answered);
    co_return more;
  }
  Exchange exchange = ask(request);
  const FaultKind fault = exchange.fault ? exchange.fault->kind : FaultKind::api_error;
  if (fault == FaultKind::reset_before || fault == FaultKind::lost_answer) {
    reset(stream.socket());
    co_return false;
  }
  if (fault == FaultKind::stall) {
    co_await hold(stream);
    co_return false;
  }
  if (fault == FaultKind::delay) co_await clock.sleep_for(exchange.fault->delay);
  const bool cut = fault == FaultKind::truncated_body;
  auto bytes = to_bytes(exchange.response, keep_alive && !cut, head, cut);
  const bool sent = co_await write(stream, std::move(bytes));
  co_return sent&& keep_alive && !cut;
}

Task<bool> Server::Impl::write(beast::tcp_stream& stream, std::string bytes) {
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  auto data = asio::buffer(bytes);
  co_await asio::async_write(stream, data, token);
  co_return !error;
}

/// Says nothing until the client hangs up or the idle time is over.
Task<> Server::Impl::hold(beast::tcp_stream& stream) {
  char byte = 0;
  error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  auto data = asio::buffer(&byte, 1);
  stream.expires_after(options.idle_timeout);
  co_await stream.async_read_some(data, token);
}

Server::Server(asio::any_io_executor executor, Cloud& cloud, Clock& clock, ServerOptions options)
    : impl_(std::make_shared<Impl>(std::move(executor), cloud, clock, std::move(options))) {}

Server::~Server() {
  stop();
}

void Server::listen() {
  const tcp::endpoint endpoint(asio::ip::make_address(impl_->options.address), impl_->options.port);
  impl_->acceptor.open(endpoint.protocol());
  impl_->acceptor.set_option(tcp::acceptor::reuse_address(true));
  impl_->acceptor.bind(endpoint);
  impl_->acceptor.listen();
  impl_->port = impl_->acceptor.local_endpoint().port();
  if (impl_->options.data_plane) {
    impl_->open_data_plane();
    auto beating = impl_->keep_fresh(impl_);
    asio::co_spawn(impl_->acceptor.get_executor(), std::move(beating), rethrow_failure);
  }
  auto accepting = impl_->accept(impl_);
  // lint_coroutines: allow detached: it ends with the acceptor, and its errors are codes
  asio::co_spawn(impl_->acceptor.get_executor(), std::move(accepting), rethrow_failure);
}

void Server::stop() {
  impl_->stop();
}
std::uint16_t Server::port() const {
  return impl_->port;
}

std::string Server::url() const {
  const bool v6 = impl_->options.address.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + impl_->options.address + "]" : impl_->options.address) + ":" +
         std::to_string(impl_->port);
}

TimePoint Server::cloud_now() const {
  return impl_->cloud_now();
}

void Server::advance(Duration by) {
  impl_->rebase();
  impl_->cloud_base += by;
}

void Server::set_time_scale(double scale) {
  impl_->rebase();
  impl_->scale = scale;
}

}  // namespace albatross::sim
