#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/orchestrator/event.hpp"
#include "albatross/orchestrator/plan.hpp"
#include "albatross/orchestrator/receipt.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"
#include "albatross/runtime/entropy.hpp"
#include "albatross/state/store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace albatross {

/// How a run ended.
enum class Outcome : std::uint8_t {
  done,         ///< deployed and healthy; or destroyed, nothing left
  failed,       ///< failed; what the failure policy says is gone is gone, nothing unknown is left
  left_behind,  ///< failed, and something that should be gone is not: see `left`
  interrupted,  ///< cancelled; the state is safe, run again to go on
};

/// Something that could not be removed, and why.
struct Leftover {
  ResourceRecord resource;
  Failure failure;
};

/// What a run has come to.
struct RunResult {
  Outcome outcome = Outcome::done;
  /// As it is in the store now; after a complete destroy: as it was.
  StackRecord stack;
  /// What is in the store now, by node name.
  std::vector<ResourceRecord> resources;
  /// The first cause; empty when done.
  std::optional<Failure> failure;
  std::vector<Leftover> left;
  /// Resources that this run removed.
  std::vector<ResourceRecord> removed;
  /// After a removal that was not interrupted: what is really there.
  std::optional<Receipt> receipt;
  /// What went otherwise than planned without being a failure (another zone was taken).
  std::vector<std::string> warnings;
};

/// What a rollback removes.
enum class RollbackScope : std::uint8_t {
  load_balancer,  ///< the load balancer and what belongs to it; the rest stays as it is
  everything,     ///< all that the stack created; the stack's own record stays
};

/// The state of a stack, from the store and from AWS.
struct StackStatus {
  StackRecord stack;
  /// One resource: what is recorded of it, and what AWS says.
  struct Line {
    ResourceRecord resource;
    /// AWS's word now; "gone" when AWS does not know it.
    std::string state;
    std::string detail;
  };
  std::vector<Line> resources;
  std::vector<TargetState> targets;
};

/// How much of one of the account's quotas is used, and how much more a stack needs.
struct QuotaUse {
  /// "VPCs per Region", and its code in Service Quotas.
  std::string name;
  std::string code;
  double limit = 0;
  /// Absent: it could not be counted.
  std::optional<std::size_t> used;
  std::size_t needed = 0;
};

/// What a look before a deploy found.
struct Preflight {
  std::string account;
  std::vector<QuotaUse> quotas;
  /// Errors first.
  std::vector<Finding> findings;
  /// Why nothing more could be found out (no credentials, no connection).
  std::optional<Failure> failure;
};

/// No stack of that name is known.
class UnknownStack : public std::runtime_error {
 public:
  /// what() names the stack.
  explicit UnknownStack(const std::string& name);
};

/// How one run is done; not part of the stack.
struct RunOptions {
  // Not an aggregate: usable as a default argument of coroutines.
  RunOptions() {}
  /// Of a destroy or rollback: how long one resource (destroy) and all of it (run) may take. A
  /// deploy has those of its stack.
  TimeoutsSpec timeouts;
  /// Targets that leave a target group are waited for until AWS has drained them, before the
  /// instances behind them go.
  bool drain = true;
  /// Of a deploy: who asks each service through the load balancer before the stack counts as ready,
  /// where the stack wants that (LoadBalancerSpec::is_asked). Empty: nobody. The transports must
  /// outlive the run; they are given plain GET requests without a signature, one at a time for each
  /// service.
  Visitors visitors;
};

/// Whether looks at AWS that fall together share one call.
enum class LookSharing : std::uint8_t {
  on,
  /// For runs that are recorded or replayed: which looks fall together depends on how fast the
  /// machine is, and a replay would ask otherwise than was recorded.
  off,
};

/// Deploys, inspects and removes stacks.
///
/// Everything runs on the executor of the calling coroutine, single-threaded (or one strand); any
/// number of runs at once on different stacks. Cancelling a run stops waits and work not yet begun
/// at once; a mutation that was sent is let finish and recorded, then the run returns with
/// Outcome::interrupted.
class Deployer {
 public:
  /// All references must outlive the deployer. The caller decides region and credentials.
  /// @param caller signs, sends and retries; its region is the stacks'
  /// @param store what is remembered of stacks
  /// @param entropy deployment ids and tokens
  /// @param holder who runs this, for LockedError: "deploy by pid 4711 on build-3"
  /// @param sharing off for runs that are recorded or replayed
  Deployer(ApiCaller& caller, Store& store, Entropy& entropy, std::string holder,
           LookSharing sharing = LookSharing::on);
  ~Deployer();

  /// Brings the stack to what the file says, whatever is there already.
  /// What goes wrong on AWS's side is in the result and not thrown.
  /// @throws LockedError, StateError
  Task<RunResult> deploy(Stack stack, EventSink events, RunOptions options = RunOptions());

  /// What a deploy would do now, found out by reading only: no change, no intent, no lock.
  /// What keeps a deploy from beginning is in the plan and not thrown.
  /// @throws StateError
  Task<Plan> plan(Stack stack);

  /// Everything that a deploy looks for before its first change, whatever there is already, and
  /// beside it the quotas that are seldom reached. Reads and dry runs only.
  /// @throws StateError
  Task<Preflight> preflight(Stack stack);

  /// Removes everything that the stack created, dependents first; goes on past single failures, and
  /// ends with a receipt. The stack is forgotten only when nothing is left.
  /// @throws UnknownStack, LockedError, StateError
  Task<RunResult> destroy(std::string name, EventSink events, RunOptions options = RunOptions());

  /// Removes the part of the stack that `scope` says, in the same way; the stack stays known, and
  /// the next deploy builds again what is missing. deploy, rollback and destroy go on where any of
  /// them was interrupted or killed.
  /// @throws UnknownStack, LockedError, StateError
  Task<RunResult> rollback(std::string name, RollbackScope scope, EventSink events,
                           RunOptions options = RunOptions());

  /// What the store says, and what AWS says about each of it now. Changes nothing.
  /// @throws UnknownStack, StateError, ApiError, CredentialsError
  Task<StackStatus> status(std::string name);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace albatross
