#pragma once

#include "albatross/http/transport.hpp"
#include "albatross/sim/cloud.hpp"

#include <chrono>

namespace albatross::sim {

/// The simulated AWS in the place of the network: no sockets, any clock. Half of `latency` passes
/// before the Cloud sees the request, half before the caller sees the answer, so that a deadline or
/// a cancellation can fall on either side of the effect.
///
/// Transport faults come out as a network would show them: reset_before is TransportError closed,
/// not having reached the server; lost_answer is closed, perhaps having reached it; stall waits for
/// the deadline (timeout). Requests without a signature to the names of load balancers are answered
/// as their clients would be, by listeners, rules, security groups and targets as the model has
/// them. The Cloud and the clock must outlive it. Single-threaded.
class SimTransport final : public http::Transport {
 public:
  /// `latency` is the time that one exchange takes in all.
  SimTransport(Cloud& cloud, Clock& clock, Duration latency = std::chrono::milliseconds{200});

  Task<http::Response> send(http::Request request, Deadline deadline) override;

  /// AWS's clock minus the caller's (a caller whose clock is wrong).
  void set_clock_skew(Duration skew) { skew_ = skew; }

 private:
  Task<http::Response> deliver(http::Request request, bool& reached);
  Task<http::Response> visit_load_balancer(http::Request request, bool& reached);

  Cloud& cloud_;
  Clock& clock_;
  Duration latency_;
  Duration skew_{};
};

}  // namespace albatross::sim
