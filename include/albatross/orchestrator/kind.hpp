#pragma once

#include "albatross/orchestrator/event.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/runtime/task.hpp"
#include "albatross/state/record.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross {

/// How far AWS is with a resource.
enum class Readiness : std::uint8_t {
  pending,  ///< look again
  ready,    ///< usable
  failed,   ///< will never be usable
  gone,     ///< AWS still shows it, but it is past deletion (a terminated instance)
};

/// A resource as AWS describes it now.
struct Observed {
  std::string id;
  Properties outputs;
  /// The managed properties as AWS has them, for drift; a property that cannot be read is absent.
  Properties actual;
  Readiness readiness = Readiness::ready;
  /// AWS's word: "provisioning", "pending", "initial".
  std::string state;
  /// AWS's reason, or what exactly is awaited.
  std::string detail;
  std::vector<TargetState> targets;
  /// How long the present state lasts from its start, when that is known (draining).
  Duration lasts = Duration::zero();
};

/// What a change of a property asks for.
enum class ChangeEffect : std::uint8_t {
  in_place,
  replace,  ///< a new one takes over, then the old one goes
  ignore,
  refuse,  ///< only by hand: replacing it would lose data, or take everything else along
};

/// Whose calls tag a kind.
enum class Tagging : std::uint8_t { none, ec2, elbv2, efs, iam_role, iam_instance_profile };

/// When what is awaited comes true, counted from the beginning: in between, looks follow one
/// another closely; before and after, hardly anything happens, and they are fewer.
struct Watch {
  Duration soonest = Duration::zero();
  Duration latest = std::chrono::minutes{1};
};

/// What a thing goes with when that is removed.
struct Belonging {
  /// The id of the whole; empty: it goes with nothing, and is removed by itself.
  std::string whole;
  /// Things of that kind cannot be removed while it is there.
  std::string_view holds;
};

/// What a creation needs and no record holds, by the name of the input.
using Secrets = std::map<std::string, Secret>;

/// One kind of AWS resource: how it is found, made, changed and removed. Stateless; knows nothing
/// of order, retries, timeouts or storage. Everything it needs is in the record, so that a destroy
/// works without the stack file. All verbs throw ApiError and honour cancellation.
class Kind {
 public:
  virtual ~Kind() = default;
  /// As records and events call it: "target_group".
  virtual std::string_view name() const = 0;

  /// What is there now: by recorded id, else by the record's token, name or tags; nullopt when
  /// there is nothing (or it is past deletion). Of things that other people made only those are
  /// found that the record names by id.
  virtual Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const = 0;

  /// Sends the one mutating call. The record's intent is durable by then. May return something that
  /// existed, if it is this stack's. Kinds that only observe (health) do not override it.
  virtual Task<Observed> create(Session& session, ResourceRecord record, Secrets secrets) const;

  /// Brings the listed properties to what `record` says, in place.
  virtual Task<> update(Session& session, ResourceRecord record, Observed now,
                        std::vector<std::string> changed) const;

  /// Lets what `record` wants in beside what there is `now`, and lets nothing go: the first half of
  /// a Handover. By default an update to both, for the changed properties that are lists.
  virtual Task<> join(Session& session, ResourceRecord record, Observed now,
                      std::vector<std::string> changed) const;

  /// Sends the one call that removes it. Returns normally when it is already gone.
  virtual Task<> destroy(Session& session, ResourceRecord record) const;

  /// Looks into why it is not ready, and says so in `now` (hints of targets). Called now and then
  /// while it is waited for; costs calls of its own. What cannot be found out is left out.
  /// @throws only what a cancellation throws
  virtual Task<> explain(Session& session, ResourceRecord record, Observed& now) const;

  /// What a change of that property asks for; of "state": what AWS reporting it as failed does.
  virtual ChangeEffect effect_of(std::string_view property) const;
  /// True when two generations cannot exist at once: replacing removes the old one first.
  virtual bool exclusive() const { return false; }
  /// With a tagging, find() shows the property "tags" (when Session::thorough), and the engine
  /// keeps it as it should be.
  virtual Tagging tagging() const { return Tagging::none; }
  /// The longest that a property "name" may be.
  virtual std::size_t name_limit() const { return 255; }
  /// How it is looked at while it is awaited.
  /// @param record of what is watched: until it is ready, or (status destroying) until it is gone
  virtual Watch watch(const ResourceRecord& record) const;
  /// True when AWS goes on removing it after its answer to destroy(): then it is watched until it
  /// is gone.
  virtual bool lingers() const { return false; }
  /// @param record of what is asked about @param drain see Session
  virtual Belonging belonging(const ResourceRecord& record, bool drain) const;
  /// False for kinds that exist only to be observed: no intent, no create, no destroy.
  virtual bool mutates() const { return true; }
};

/// The kind of that name. @throws std::logic_error when there is none
const Kind& kind_of(std::string_view name);

}  // namespace albatross
