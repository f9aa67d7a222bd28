#pragma once

#include "albatross/http/transport.hpp"
#include "albatross/runtime/clock.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace albatross::test {

inline http::Response answer(int status, std::string body = "", http::Headers headers = {}) {
  http::Response response;
  response.status = status;
  response.reason = status == 200 ? "OK" : "";
  response.headers = std::move(headers);
  response.body = std::move(body);
  return response;
}

/// A scripted server: answers request after request from a queue, and keeps the requests.
/// More requests than answers fail the test.
class FakeTransport final : public http::Transport {
 public:
  /// May throw http::TransportError.
  using Answer = std::function<http::Response(const http::Request&)>;

  FakeTransport() = default;
  /// With a clock, every exchange takes `latency`, or ends at its deadline.
  explicit FakeTransport(Clock& clock, Duration latency = {}) : clock_(&clock), latency_(latency) {}

  FakeTransport& then(Answer next) {
    answers_.push_back(std::move(next));
    return *this;
  }
  FakeTransport& then(http::Response response) {
    return then([response = std::move(response)](const http::Request&) { return response; });
  }
  FakeTransport& then(int status, std::string body = "") {
    return then(answer(status, std::move(body)));
  }
  FakeTransport& then_fail(http::TransportErrorKind kind, bool may_have_reached_server) {
    return then([=](const http::Request& request) -> http::Response {
      throw http::TransportError(kind, request.origin, "scripted", may_have_reached_server);
    });
  }
  /// What is answered once the queue is empty.
  FakeTransport& otherwise(Answer rest) {
    rest_ = std::move(rest);
    return *this;
  }
  /// The request with this number (from 0) fails instead of being answered; its answer is kept for
  /// the next request. For replaying a script failing at every step in turn.
  void fail_at(std::size_t step, http::TransportErrorKind kind, bool may_have_reached_server) {
    failure_ = Failure{step, kind, may_have_reached_server};
  }

  const std::vector<http::Request>& requests() const { return requests_; }
  const std::vector<Deadline>& deadlines() const { return deadlines_; }
  std::size_t left() const { return answers_.size(); }

  Task<http::Response> send(http::Request request, Deadline deadline) override {
    requests_.push_back(request);
    deadlines_.push_back(deadline);
    const std::size_t step = requests_.size() - 1;
    if (clock_ != nullptr) {
      const bool in_time = latency_ <= deadline.remaining(*clock_);
      const Duration time = in_time ? latency_ : deadline.remaining(*clock_);
      co_await clock_->sleep_for(time);
      if (!in_time) {
        throw http::TransportError(http::TransportErrorKind::timeout, request.origin, "scripted",
                                   true);
      }
    }
    if (failure_ && failure_->step == step) {
      throw http::TransportError(failure_->kind, request.origin, "scripted",
                                 failure_->may_have_reached_server);
    }
    co_return next(request);
  }

 private:
  struct Failure {
    std::size_t step;
    http::TransportErrorKind kind;
    bool may_have_reached_server;
  };

  http::Response next(const http::Request& request) {
    if (!answers_.empty()) {
      const Answer reply = std::move(answers_.front());
      answers_.pop_front();
      return reply(request);
    }
    if (rest_) return rest_(request);
    ADD_FAILURE() << "a request that the script does not know: " << request.method << ' '
                  << request.origin.url() << request.target << '\n'
                  << request.body;
    throw http::TransportError(http::TransportErrorKind::connect, request.origin,
                               "end of the script", false);
  }

  Clock* clock_ = nullptr;
  Duration latency_{};
  std::deque<Answer> answers_;
  Answer rest_;
  std::optional<Failure> failure_;
  std::vector<http::Request> requests_;
  std::vector<Deadline> deadlines_;
};

}  // namespace albatross::test
