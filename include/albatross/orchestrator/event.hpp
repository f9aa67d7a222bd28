#pragma once

#include "albatross/clients/api_error.hpp"
#include "albatross/runtime/clock.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross {

/// The steps of the job, in the order in which people think of them. Nodes of several steps run at
/// the same time.
enum class Step : std::uint8_t {
  network,
  security_groups,
  storage,
  instances,
  load_balancer,
  target_groups,
  registration,
  health,
};
inline constexpr int step_count = 8;
/// "Launching instances...", "Creating ALB...": the wording is part of the contract.
std::string_view title(Step step);
/// "instances", "load_balancer": as in the stack file's timeouts and in JSON.
std::string_view to_string(Step step);

/// How far a node has come: it has an id; AWS says it is usable.
enum class Milestone : std::uint8_t { created, ready };

/// What a node waits for before it begins: another node's milestone. In a removal: that the other
/// one is gone.
struct Dependency {
  std::string node;
  Milestone milestone = Milestone::created;
};

/// A target of a load balancer as AWS sees it now.
struct TargetState {
  std::string service;
  std::string instance_node;
  std::string instance_id;
  int port = 0;
  /// "initial", "healthy", "unhealthy", "unused", "draining", "unavailable".
  std::string state;
  /// "Target.Timeout"; empty when healthy.
  std::string reason;
  std::string description;
  /// What to do about it; empty when there is nothing useful to say.
  std::string hint;
};

/// Something that stands in the way of a deployment, or may, seen before anything was changed.
struct Finding {
  enum class Severity : std::uint8_t {
    error,    ///< the deployment would fail
    warning,  ///< it may succeed; or it could not be found out
  };
  Severity severity = Severity::error;
  /// What was being done: "choosing zones".
  std::string doing;
  /// "InstanceTypeNotOffered", or AWS's code.
  std::string code;
  /// The member of the stack file that it is about, "instances.type"; empty when it is about none.
  std::string member;
  /// What was found, and what is needed.
  std::string message;
  /// What to do about it.
  std::string hint;
  /// AWS's, when an error of AWS is the finding.
  std::string request_id;
  /// Credentials or permissions are the cause.
  bool access_denied = false;
};

/// An error as it is shown and recorded: what was being done, to what, and what to do.
struct Failure {
  /// "creating load_balancer".
  std::string doing;
  std::string node;
  /// Name or id of the resource, when known.
  std::string resource;
  /// AWS's code, or "Timeout", "Failed".
  std::string code;
  std::string message;
  std::string request_id;
  bool retryable = false;
  std::string hint;
  /// Targets that were not healthy, when that is the failure.
  std::vector<TargetState> targets;
  /// Credentials or permissions are the cause (exit code 5).
  bool access_denied = false;
  /// All errors that were found before the first change, when they are the failure; the first of
  /// them is told by the members above.
  std::vector<Finding> findings;

  /// All of it in one line.
  std::string text() const;
};

/// What happened; the members of Event that go with it are named.
enum class EventType : std::uint8_t {
  run_started,         ///< detail: what is done ("deploy", "destroy", "rollback")
  plan_ready,          ///< count, known, nodes_by_step, account, region
  resource_started,    ///< dependencies are met, work begins; dependencies
  resource_created,    ///< AWS answered with an id
  resource_adopted,    ///< found instead of created (an earlier run's, or given)
  resource_updated,    ///< brought to the file in place; detail: what changed
  resource_replacing,  ///< another one is made to take its place; detail: why
  waiting,             ///< state and detail: what AWS last said
  retrying,            ///< state: the error's code; detail: the error and the pause; pause
  resource_ready,
  resource_failed,      ///< failure
  rollback_started,     ///< detail: why and what
  resource_destroying,  ///< its removal begins; dependencies: those that had to be gone before
  resource_gone,
  resource_kept,  ///< not destroyed: reused, or kept by policy
  warning,        ///< detail
  run_finished,   ///< state: "ready", "destroyed", "failed", "rolled back", "interrupted"
};
/// As the event stream calls it: "resource_created".
std::string_view to_string(EventType type);

/// One thing that happened. The only way in which the orchestrator speaks.
struct Event {
  EventType type = EventType::run_started;
  /// Since the start of the run.
  Duration elapsed{};
  WallTime at{};
  std::string stack;
  /// Empty for events of the run as a whole.
  std::string node;
  std::string kind;
  Step step = Step::network;
  /// AWS's id, once known.
  std::string id;
  /// AWS's word for the state: "provisioning".
  std::string state;
  std::string detail;
  int count = 0;
  /// With plan_ready: how many of these nodes earlier runs have recorded already.
  int known = 0;
  /// With plan_ready: where this happens.
  std::string account;
  std::string region;
  /// With retrying: how long until the next try.
  Duration pause{};
  /// With resource_started and resource_destroying: what it waited for.
  std::vector<Dependency> dependencies;
  /// With plan_ready: how many nodes each step has, by Step; all zero when that is not known.
  std::array<int, step_count> nodes_by_step{};
  std::optional<Failure> failure;
  /// With waiting events of the health step: every target.
  std::vector<TargetState> targets;
};

/// Receives events in order, on the executor of the run. Must not throw and must not block.
using EventSink = std::function<void(const Event&)>;

}  // namespace albatross
