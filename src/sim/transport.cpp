#include "albatross/sim/transport.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "sim/data_plane/visit.hpp"

#include <optional>
#include <utility>

namespace albatross::sim {
namespace {

using http::TransportError;
using http::TransportErrorKind;

// A stalled connection without a deadline is given up by the far side at last.
constexpr std::chrono::minutes longest_stall{10};

}  // namespace

SimTransport::SimTransport(Cloud& cloud, Clock& clock, Duration latency)
    : cloud_(cloud), clock_(clock), latency_(latency) {}

Task<http::Response> SimTransport::send(http::Request request, Deadline deadline) {
  const http::Origin origin = request.origin;
  bool reached = false;
  auto exchange = deliver(std::move(request), reached);
  try {
    auto response = co_await with_deadline(clock_, std::move(exchange), deadline);
    co_return response;
  } catch (const DeadlineExceeded&) {
    throw TransportError(TransportErrorKind::timeout, origin, "no answer within the time limit",
                         reached);
  }
}

Task<http::Response> SimTransport::visit_load_balancer(http::Request request, bool& reached) {
  co_await clock_.sleep_for(latency_ / 2);
  Visit result = sim::visit(cloud_.world(), request, clock_.now());
  if (result.failure == TransportErrorKind::timeout) co_await clock_.sleep_for(longest_stall);
  co_await clock_.sleep_for(latency_ - latency_ / 2);
  reached = result.response.has_value();
  if (result.failure)
    throw TransportError(*result.failure, request.origin, "as the simulated account has it", false);
  co_return std::move(*result.response);
}

Task<http::Response> SimTransport::deliver(http::Request request, bool& reached) {
  const bool is_call = request.headers.find("Authorization").has_value();
  if (!is_call && is_load_balancer_name(cloud_.world(), request.origin.host)) {
    auto visiting = visit_load_balancer(std::move(request), reached);
    auto response = co_await std::move(visiting);
    co_return response;
  }
  co_await clock_.sleep_for(latency_ / 2);
  Exchange exchange = cloud_.exchange(request, clock_.now(), clock_.wall() + skew_);
  const FaultKind fault = exchange.fault ? exchange.fault->kind : FaultKind::api_error;
  reached = fault != FaultKind::reset_before;
  if (!reached) {
    throw TransportError(TransportErrorKind::closed, request.origin, "connection reset by peer",
                         false);
  }
  if (fault == FaultKind::delay) co_await clock_.sleep_for(exchange.fault->delay);
  if (fault == FaultKind::stall) co_await clock_.sleep_for(longest_stall);
  co_await clock_.sleep_for(latency_ - latency_ / 2);
  const bool cut = fault == FaultKind::lost_answer || fault == FaultKind::truncated_body ||
                   fault == FaultKind::stall;
  if (cut) {
    throw TransportError(TransportErrorKind::closed, request.origin,
                         "connection closed before the response was complete", true);
  }
  co_return std::move(exchange.response);
}

}  // namespace albatross::sim
