#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/rate_limits.hpp"
#include "albatross/orchestrator/deployer.hpp"
#include "albatross/runtime/virtual_clock.hpp"
#include "albatross/sim/cloud.hpp"
#include "albatross/state/store.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace albatross::test {

/// The way to the simulator: counts the calls, holds each to the limits that AWS publishes (not the
/// limiter that the calls came through, but the same buckets once more, on the other side), and
/// knows what part of the processor's time was the simulator's.
class LimitWatch final : public http::Transport {
 public:
  LimitWatch(sim::Cloud& cloud, Clock& clock) : cloud_(cloud), clock_(clock) {}

  Task<http::Response> send(http::Request request, Deadline) override {
    constexpr Duration half_way = std::chrono::milliseconds{100};
    co_await clock_.sleep_for(half_way);
    const std::string call = note(request);
    const double begun = processor_seconds();
    http::Response response = cloud_.handle(request, clock_.now(), clock_.wall());
    cloud_seconds += processor_seconds() - begun;
    const bool refused = response.status >= 400 &&
                         (response.body.find("RequestLimitExceeded") != std::string::npos ||
                          response.body.find("Throttling") != std::string::npos);
    if (refused) ++throttled[call];
    co_await clock_.sleep_for(half_way);
    co_return response;
  }

  static double processor_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  }

  /// Of the processor's time.
  double cloud_seconds = 0;
  /// By service and action: "ec2 RunInstances".
  std::map<std::string, std::size_t> calls;
  /// Those that the simulator refused for their number.
  std::map<std::string, std::size_t> throttled;
  /// Calls that came when their bucket was empty, by bucket: "elbv2 changing".
  std::map<std::string, std::size_t> exceeded;

  std::size_t total() const {
    std::size_t sum = 0;
    for (const auto& [name, count] : calls)
      sum += count;
    return sum;
  }

  /// How long the limits make the changes that were sent take at least, in seconds.
  double bound() const {
    double longest = 0;
    for (const auto& [name, bucket] : buckets_) {
      if (!bucket.changes) continue;
      const double beyond = static_cast<double>(bucket.calls) - bucket.limit.burst;
      longest = std::max(longest, beyond / bucket.limit.per_second);
    }
    return longest;
  }

 private:
  struct Bucket {
    RateLimit limit;
    double tokens = 0;
    TimePoint filled{};
    std::size_t calls = 0;
    bool changes = false;
  };

  static std::optional<Service> service_of(const std::string& host) {
    if (host.starts_with("ec2.")) return Service::ec2;
    if (host.starts_with("elasticloadbalancing.")) return Service::elbv2;
    return std::nullopt;
  }

  std::string note(const http::Request& request) {
    const std::string& body = request.body;
    const std::size_t start = body.find("Action=");
    std::string action = request.method + " " + request.target.substr(0, 30);
    if (start != std::string::npos)
      action = body.substr(start + 7, body.find('&', start) - start - 7);
    const auto service = service_of(request.origin.host);
    std::string name = request.origin.host.substr(0, request.origin.host.find('.')) + " " + action;
    ++calls[name];
    if (service) hold_to_limit(*service, action, body);
    return name;
  }

  void hold_to_limit(Service service, const std::string& action, const std::string& body) {
    const bool narrowed = body.find("MaxResults=") != std::string::npos ||
                          body.find("Filter.1") != std::string::npos ||
                          body.find("Id.1=") != std::string::npos;
    const ApiClass of = api_class(service, action, narrowed);
    const std::string name = std::string(service == Service::ec2 ? "ec2 " : "elbv2 ") + of.name;
    const TimePoint now = clock_.now();
    Bucket& bucket =
        buckets_.try_emplace(name, Bucket{of.limit, of.limit.burst, now, 0, false}).first->second;
    const double passed = std::chrono::duration<double>(now - bucket.filled).count();
    bucket.tokens = std::min(of.limit.burst, bucket.tokens + passed * of.limit.per_second);
    bucket.filled = now;
    bucket.tokens -= 1;
    // Time is counted in whole nanoseconds.
    if (bucket.tokens < -1e-6) ++exceeded[name];
    ++bucket.calls;
    bucket.changes = !action.starts_with("Describe") && !action.starts_with("Get");
  }

  sim::Cloud& cloud_;
  Clock& clock_;
  std::map<std::string, Bucket> buckets_;
};

/// Many stacks at once through one Deployer, in one process under virtual time, in a simulated
/// account that throttles as AWS does and has quotas that let them all in.
class SimulatedFleet {
 public:
  explicit SimulatedFleet(bool limited = true)
      : cloud_(options(limited)),
        watch_(cloud_, clock_),
        provider_(cloud_.credentials()),
        caller_(clock_, entropy_, watch_, provider_, caller_options(limited)),
        deployer_(caller_, store_, entropy_, "a test") {}

  /// Copies of one stack, each under a name of its own; results are counted and dropped.
  /// @param on_event of every stack
  void deploy(const Stack& sample, std::size_t count, const EventSink& on_event = {}) {
    const double begun = LimitWatch::processor_seconds() - watch_.cloud_seconds;
    for (std::size_t i = 0; i < count; ++i) {
      Stack stack = sample;
      stack.name = name_of(i);
      stack.load_balancer.name = stack.name + "-alb";
      start(deployer_.deploy(std::move(stack), on_event));
    }
    drive();
    engine_seconds_ = LimitWatch::processor_seconds() - watch_.cloud_seconds - begun;
  }
  void destroy(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
      start(deployer_.destroy(name_of(i), EventSink()));
    drive();
  }

  static std::string name_of(std::size_t i) { return "stack-" + std::to_string(i); }

  const LimitWatch& calls() const { return watch_; }
  std::size_t done() const { return done_; }
  /// Of those that did not end as they should.
  const std::vector<std::string>& failures() const { return failures_; }
  /// How long the last round took, in virtual seconds.
  double seconds() const { return seconds_; }
  /// Of the processor's time, for the last deploy, without the simulator's.
  double engine_seconds() const { return engine_seconds_; }
  VirtualClock& clock() { return clock_; }
  sim::Cloud& cloud() { return cloud_; }

 private:
  static sim::CloudOptions options(bool limited) {
    sim::CloudOptions options;
    options.throttling = limited;
    options.call_history = 1;
    for (const char* code : {"L-1216C47A", "L-F678F1CE", "L-A4707A72", "L-E79EC296", "L-53DA6B97",
                             "L-B22855CB", "L-848C634D", "L-FE177D64", "L-6E65F664"}) {
      options.quotas[code] = 1e6;
    }
    return options;
  }

  static ApiCaller::Options caller_options(bool limited) {
    ApiCaller::Options options;
    options.region = "us-east-1";
    if (limited) options.rate_limits = std::make_shared<ApiRateLimits>();
    return options;
  }

  void start(Task<RunResult> run) {
    boost::asio::co_spawn(
        context_, std::move(run),
        [this](const std::exception_ptr& error, const RunResult& result) { note(error, result); });
  }

  void note(const std::exception_ptr& error, const RunResult& result) {
    ended_ = clock_.now();
    if (!error && result.outcome == Outcome::done) {
      ++done_;
    } else {
      failures_.push_back(result.failure ? result.failure->text() : "an exception");
    }
  }

  void drive() {
    done_ = 0;
    const TimePoint begun = clock_.now();
    ended_ = begun;
    context_.restart();
    clock_.drive();
    seconds_ = std::chrono::duration<double>(ended_ - begun).count();
  }

  boost::asio::io_context context_;
  VirtualClock clock_{context_};
  SeededEntropy entropy_{1};
  sim::Cloud cloud_;
  LimitWatch watch_;
  StaticCredentials provider_;
  MemoryStore store_;
  ApiCaller caller_;
  Deployer deployer_;
  std::size_t done_ = 0;
  double seconds_ = 0;
  double engine_seconds_ = 0;
  TimePoint ended_{};
  std::vector<std::string> failures_;
};

}  // namespace albatross::test
