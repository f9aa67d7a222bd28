#include "albatross/http/beast_transport.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "http/connection.hpp"
#include "http/connector.hpp"
#include "http/exchange.hpp"
#include "http/pool.hpp"
#include "http/request_head.hpp"
#include "http/watchdog.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <optional>
#include <stdexcept>
#include <utility>

namespace albatross::http {

namespace asio = boost::asio;

namespace {

Pool::Limits pool_limits(const BeastTransportOptions& options) {
  return {options.max_connections_per_origin, options.max_connections, options.idle_timeout};
}

/// Whether a request may be sent once more after the connection it was sent on proved to be closed.
bool may_repeat(const Request& request, const Progress& progress, bool reused,
                TransportErrorKind kind) {
  if (!reused || kind != TransportErrorKind::closed || progress.response_begun) return false;
  return progress.written == 0 || request.method == "GET" || request.method == "HEAD";
}

const char* phase(const Progress& progress) {
  if (progress.response_begun) return "the deadline passed in the middle of the response";
  return progress.written > 0 ? "the deadline passed while waiting for the response"
                              : "the deadline passed before the request was sent";
}

}  // namespace

class BeastTransport::Impl {
 public:
  Impl(Clock& clock, BeastTransportOptions options)
      : clock_(clock),
        options_(std::move(options)),
        pool_(clock, pool_limits(options_)),
        connector_(clock, options_),
        watchdog_(clock) {}

  Task<Response> send(Request request, Deadline deadline) {
    check_sendable(request);
    if (deadline.is_never()) deadline = Deadline::after(clock_, options_.exchange_timeout);
    const auto executor = co_await asio::this_coro::executor;
    for (;;) {
      auto place = pool_.try_take(request.origin, executor);
      if (!place) place.emplace(co_await wait_for_place(request.origin, deadline));
      const bool reused = place->connection() != nullptr;
      if (!reused) co_await fill(*place, request.origin, deadline);
      Progress progress;
      std::optional<Failure> failure;
      {
        const Watchdog::Watch watch(watchdog_, deadline, *place->connection());
        auto response = co_await attempt(*place, request, watch, progress, failure);
        if (!failure) {
          if (progress.reusable) place->keep();
          co_return response;
        }
      }
      if (!may_repeat(request, progress, reused, failure->kind)) {
        throw TransportError(failure->kind, request.origin, failure->detail, progress.written > 0);
      }
      ++repeated_;
    }
  }

  Task<> connect(Origin origin, Deadline deadline) {
    const auto executor = co_await asio::this_coro::executor;
    if (pool_.has_idle(origin)) co_return;
    auto place = pool_.try_take(origin, executor);
    if (!place) co_return;
    if (deadline.is_never()) deadline = Deadline::after(clock_, options_.exchange_timeout);
    if (place->connection() == nullptr) co_await fill(*place, origin, deadline);
    place->keep();
  }

  void close_idle() { pool_.close_idle(); }

  BeastTransportCounts counts() const {
    return {opened_, pool_.open(), pool_.idle(), resumed_, pool_.stale() + repeated_};
  }

 private:
  struct Failure {
    TransportErrorKind kind;
    std::string detail;
  };

  Task<Pool::Place> wait_for_place(const Origin& origin, Deadline deadline) {
    try {
      co_return co_await pool_.take(origin, deadline);
    } catch (const DeadlineExceeded&) {
      throw TransportError(TransportErrorKind::timeout, origin,
                           "the deadline passed while waiting for a free connection", false);
    }
  }

  Task<> fill(Pool::Place& place, const Origin& origin, Deadline deadline) {
    auto connection = co_await connector_.connect(origin, deadline);
    ++opened_;
    resumed_ += connection->resumed_session() ? 1 : 0;
    place.fill(std::move(connection));
  }

  /// One exchange on the place's connection; `failure` is set instead of throwing, except for
  /// cancellation.
  Task<Response> attempt(Pool::Place& place, const Request& request, const Watchdog::Watch& watch,
                         Progress& progress, std::optional<Failure>& failure) {
    const ResponseParser::Limits limits{options_.max_header_bytes, options_.max_response_bytes};
    try {
      co_return co_await exchange(*place.connection(), request, options_.user_agent, limits,
                                  progress);
    } catch (const ExchangeError& e) {
      failure = Failure{e.kind(), e.what()};
    } catch (const boost::system::system_error&) {
      if (!watch.expired()) throw;
    }
    // Whatever the closing of the connection looked like to those who were using it.
    if (watch.expired()) failure = Failure{TransportErrorKind::timeout, phase(progress)};
    co_return Response{};
  }

  Clock& clock_;
  BeastTransportOptions options_;
  Pool pool_;
  Connector connector_;
  Watchdog watchdog_;
  std::size_t opened_ = 0;
  std::size_t resumed_ = 0;
  std::size_t repeated_ = 0;
};

BeastTransport::BeastTransport(Clock& clock, BeastTransportOptions options)
    : impl_(std::make_unique<Impl>(clock, std::move(options))) {}

BeastTransport::~BeastTransport() = default;

Task<Response> BeastTransport::send(Request request, Deadline deadline) {
  return impl_->send(std::move(request), deadline);
}

Task<> BeastTransport::connect(Origin origin, Deadline deadline) {
  return impl_->connect(std::move(origin), deadline);
}

void BeastTransport::close_idle() {
  impl_->close_idle();
}

BeastTransportCounts BeastTransport::counts() const {
  return impl_->counts();
}

}  // namespace albatross::http
