#include "sim/data_plane/health_checks.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "sim/elbv2/target_health.hpp"
#include "sim/wire.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>

namespace albatross::sim {
namespace {

/// However fast the account's time runs: a machine under load answers this late.
constexpr std::chrono::milliseconds shortest_limit{500};

const Probe failed{false, "Target.FailedHealthChecks", "Health checks failed"};
const Probe timed_out{false, "Target.Timeout", "Request timed out"};

bool speaks_http(const std::string& protocol) {
  return protocol == "HTTP" || protocol == "HTTPS";
}

Probe judged(const TargetGroup& group, int status) {
  if (!speaks_http(group.health_protocol) || group.protocol_version == "GRPC" ||
      matcher_takes(group.matcher, status)) {
    return {true, "", ""};
  }
  return {false, "Target.ResponseCodeMismatch",
          "Health checks failed with these codes: [" + std::to_string(status) + "]"};
}

http::Request check_request(const TargetGroup& group, const Target& target, http::Origin origin) {
  http::Request request;
  request.headers.add("Host", target.id + ":" + std::to_string(health_check_port(group, target)));
  request.headers.add("User-Agent", "ELB-HealthChecker/2.0");
  request.origin = std::move(origin);
  request.target = group.health_path.empty() ? "/" : group.health_path;
  return request;
}

}  // namespace

Duration HealthChecks::limit_of(const TargetGroup& group) const {
  const Duration of_the_account = cloud_.world().caller_seconds(group.timeout);
  return std::max<Duration>(pace_.on_this_machine(of_the_account), shortest_limit);
}

void HealthChecks::send(NextChange& next) {
  World& world = cloud_.world();
  world.advance_health(next.now);
  for (auto& [arn, group] : world.target_groups) {
    for (auto& [key, target] : group.targets) {
      if (!target.checking_since || target.deregistered_at) continue;
      if (target.next_check <= next.now) begin(group, target);
      next.note(target.next_check);
    }
  }
}

void HealthChecks::begin(TargetGroup& group, Target& target) {
  World& world = cloud_.world();
  const Duration interval = world.caller_seconds(group.interval);
  const Subject subject{group.arn, target.id, static_cast<std::uint16_t>(target.port)};
  const TimePoint now = pace_.now();
  target.next_check += (now - target.next_check) / interval * interval + interval;
  if (under_way_.contains(subject)) return;
  const Probe obstacle = standing_obstacle(world, group, target);
  if (!obstacle.passed) return count_check(group, target, obstacle);
  const Instance* instance = instance_behind(world, target);
  const auto port = health_check_port(group, target);
  auto origin = instance == nullptr ? std::nullopt : instances_.origin_of(instance->id, port);
  if (!origin) return count_check(group, target, failed);
  under_way_.insert(subject);
  auto checking =
      check(keep_alive_(), subject, check_request(group, target, std::move(*origin)), group);
  // lint_coroutines: allow detached: a check is bounded by its own limit
  boost::asio::co_spawn(executor_, std::move(checking), rethrow_failure);
}

Task<> HealthChecks::check([[maybe_unused]] std::shared_ptr<void> alive, Subject subject,
                           http::Request request, TargetGroup group) {
  const Deadline deadline = Deadline::after(clock_, limit_of(group));
  Probe probe = failed;
  auto sent = transport_.send(std::move(request), deadline);
  try {
    const auto response = co_await std::move(sent);
    probe = judged(group, response.status);
  } catch (const http::TransportError& error) {
    if (error.kind() == http::TransportErrorKind::timeout) probe = timed_out;
  }
  under_way_.erase(subject);
  if (stopped_) co_return;
  cloud_.report_probe(subject.group, subject.target, subject.port, probe, pace_.now());
}

}  // namespace albatross::sim
