#pragma once

#include "albatross/runtime/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace albatross::sim {

/// What can go wrong; docs/simulator.md says what each kind does.
enum class FaultKind {
  // What the service answers.
  api_error,   ///< status, code and message in the form of the service
  throttle,    ///< the service's own throttling error
  http_error,  ///< bare status with an HTML body, as from a proxy in front of AWS
  /// The access key of the call that it hits (`match`) expires: that call and every later one with
  /// the same key is refused; another key is not.
  credentials_expired,
  clock_skew,  ///< AWS's clock is ahead of the true time by `skew` for this call
  // What happens on the way. The model applies them in exchange(); a transport carries them out.
  reset_before,    ///< connection reset before the request was read: it took no effect
  lost_answer,     ///< the call took effect, the answer never arrives
  delay,           ///< the answer comes `delay` later
  stall,           ///< the call took effect, the connection stays open and silent
  truncated_body,  ///< half of the body, then the connection ends
  malformed_body,  ///< a complete answer whose body is not what it should be
  // What becomes of a resource. Matched by `match`, not by action.
  capacity,              ///< RunInstances in the zone `match` has no capacity
  load_balancer_failed,  ///< a load balancer of that name ends in state failed
  /// Targets of that target group do not become healthy while the rule stands (skip and times do
  /// not apply; a hit is counted for each group).
  never_healthy,
  instance_terminates,  ///< an instance goes from pending to terminated by itself
};
/// As fault files call it: "lost_answer".
std::string_view to_string(FaultKind kind);
/// The kind of that name; nothing when there is none.
std::optional<FaultKind> parse_fault_kind(std::string_view name);

/// One rule. It counts the calls (or resources) that it matches, lets `skip` of them pass, hits the
/// next `times`, and is then used up.
struct FaultRule {
  static constexpr std::size_t forever = std::numeric_limits<std::size_t>::max();

  FaultKind kind = FaultKind::api_error;
  /// "ec2", "elbv2", "efs", "iam", "sts", "ssm" or "*".
  std::string service = "*";
  /// An action's name, with * and ? as wildcards.
  std::string action = "*";
  /// For the resource faults: zone, load balancer, target group or subnet, with wildcards; for
  /// credentials_expired the access key id.
  std::string match = "*";
  std::size_t skip = 0;
  std::size_t times = 1;
  /// HTTP status; 0 stands for the usual one of the code (400, or 503 for http_error).
  int status = 0;
  /// Error code; for never_healthy the reason (Target.Timeout…), for instance_terminates the
  /// stateReason code; empty for the usual one.
  std::string code;
  /// Error message, description or reason in words; empty for AWS's usual words.
  std::string message;
  Duration delay = Duration::zero();
  /// Negative: AWS's clock is behind.
  Duration skew = Duration::zero();
};

/// The rule as load_json() reads it, without members that say nothing.
std::string to_json(const FaultRule& rule);

/// One mistake in a fault plan; line and column count from 1.
struct FaultProblem {
  std::size_t line = 0;
  std::size_t column = 0;
  /// Begins with the member that is wrong: "rules[1].kind: …".
  std::string message;
};

/// What is wrong with a fault plan: every mistake, in the order of the text.
class FaultPlanError : public std::invalid_argument {
 public:
  /// what() has all of them, a line each.
  explicit FaultPlanError(std::vector<FaultProblem> problems);
  /// Every mistake, in the order of the text.
  const std::vector<FaultProblem>& problems() const { return problems_; }

 private:
  std::vector<FaultProblem> problems_;
};

/// Faults at random: for each call, each with its own probability in [0, 1].
struct FaultRates {
  std::uint64_t seed = 1;
  double throttle = 0;
  double internal_error = 0;
  double unavailable = 0;
  double reset_before = 0;
  double lost_answer = 0;
  double delay = 0;
  double truncated_body = 0;
  double malformed_body = 0;
  Duration longest_delay = Duration::zero();
};

/// What goes wrong, when, and how often it did. Rules are asked in order and the first that hits
/// wins; random faults come after the rules. The same seed and calls give the same faults.
class FaultPlan {
 public:
  /// Adds at the end; returns its place, for hits().
  std::size_t add(FaultRule rule);
  /// Faults at random from now on, in place of earlier rates.
  void set_rates(FaultRates rates);
  /// Removes rules and rates, and forgets the counts.
  void clear();

  /// Reads {"rules": [{"kind": "throttle", "action": "RunInstances", "times": 2}], "rates": {…}};
  /// members are those of FaultRule and FaultRates, durations in seconds ("delay": 1.5), "times"
  /// a number or "forever". Adds to what is there. A member that means nothing to its kind is a
  /// mistake, and so are services and actions that are not simulated.
  /// @throws FaultPlanError with every mistake and its place; then nothing was added.
  void load_json(std::string_view text);

  /// In the order in which they are asked.
  const std::vector<FaultRule>& rules() const { return rules_; }
  /// As they were set.
  const FaultRates& rates() const { return rates_; }
  /// Can nothing go wrong?
  bool empty() const { return rules_.empty() && !random_; }
  /// Whether rates were set.
  bool at_random() const { return random_; }
  /// How often rule `index` has hit.
  std::size_t hits(std::size_t index) const { return hits_.at(index); }
  /// Injected so far, by kind.
  const std::map<FaultKind, std::size_t>& injected() const { return injected_; }
  /// How often one of that kind was injected.
  std::size_t injected(FaultKind kind) const;
  /// How many were injected, of all kinds.
  std::size_t total_injected() const;

  /// The fault for this call, if any (used by the Cloud). `transport_faults` false passes over
  /// those that only a transport can carry out. A dry run is only met by rules for every action:
  /// one that names an action means the calls that do something.
  std::optional<FaultRule> next_call(std::string_view service, std::string_view action,
                                     bool transport_faults, std::string_view access_key_id = {},
                                     bool dry_run = false);
  /// The fault of that kind for this resource, if any (used by the Cloud).
  std::optional<FaultRule> next_resource(FaultKind kind, std::string_view name);
  /// The first rule of that kind for this resource, for as long as it stands (used by the Cloud).
  const FaultRule* standing(FaultKind kind, std::string_view name);

 private:
  bool counts(std::size_t index);
  std::optional<FaultRule> roll(bool transport_faults);
  double uniform();

  std::vector<FaultRule> rules_;
  std::vector<std::size_t> matched_;
  std::vector<std::size_t> hits_;
  std::map<FaultKind, std::size_t> injected_;
  std::set<std::pair<std::size_t, std::string>> struck_;
  FaultRates rates_;
  std::uint64_t random_state_ = 0;
  bool random_ = false;
};

}  // namespace albatross::sim
