#pragma once

#include "albatross/orchestrator/event.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace albatross::cli {

enum class NodePhase : std::uint8_t {
  working,  ///< being made, changed or awaited
  ready,
  failed,
  removing,
  gone,
  kept,
};

/// What is known of one node, from all events about it so far.
struct NodeProgress {
  std::string node;
  std::string kind;
  std::string id;
  /// AWS's word for its state and what AWS says of it; of the last look.
  std::string state;
  std::string detail;
  /// The last error that is being retried; empty once anything else happened.
  std::string trouble;
  NodePhase phase = NodePhase::working;
  bool created = false;
  bool adopted = false;
  bool updated = false;
  Duration started{};

  bool settled() const { return phase != NodePhase::working && phase != NodePhase::removing; }
};

enum class StepPhase : std::uint8_t { pending, active, done, failed };

struct StepProgress {
  Step step = Step::network;
  /// 0: not known.
  int planned = 0;
  /// In order of first mention.
  std::vector<NodeProgress> nodes;
  Duration started{};
  /// When the last node settled.
  Duration settled{};

  StepPhase phase() const;
  /// Time spent so far; `now` since the start of the run.
  Duration elapsed(Duration now) const;
};

/// What a run has come to: events folded, for whoever shows it. Pure.
class ProgressModel {
 public:
  ProgressModel();

  void apply(const Event& event);

  const std::string& stack() const { return stack_; }
  /// "deploy", "destroy", "rollback"; empty before run_started.
  const std::string& doing() const { return doing_; }
  /// 0 before plan_ready.
  int planned() const { return planned_; }
  /// Of the planned nodes, how many earlier runs have recorded.
  int known() const { return known_; }
  /// Empty before plan_ready.
  const std::string& account() const { return account_; }
  /// Nodes made and ready (removed, when destroying).
  int settled() const;
  bool finished() const { return finished_; }
  bool rolling_back() const { return rolling_back_; }
  const std::string& rollback_reason() const { return rollback_reason_; }

  /// What is being made, in the order of the job.
  const std::array<StepProgress, step_count>& building() const { return building_; }
  /// What is being removed, the other way round.
  const std::array<StepProgress, step_count>& removing() const { return removing_; }
  /// Every target as AWS last described it.
  const std::vector<TargetState>& targets() const { return targets_; }

  /// How many nodes this run created, updated, replaced or removed: 0 says that all was as it
  /// should be.
  int changes() const;

 private:
  StepProgress& step_for(const Event& event);
  static NodeProgress& node_in(StepProgress& step, const Event& event);
  void apply_to_run(const Event& event);
  void apply_to_node(const Event& event);
  void note_targets(const Event& event);

  std::string stack_;
  std::string doing_;
  std::string rollback_reason_;
  std::string account_;
  int planned_ = 0;
  int known_ = 0;
  bool finished_ = false;
  bool rolling_back_ = false;
  std::array<StepProgress, step_count> building_;
  std::array<StepProgress, step_count> removing_;
  std::vector<TargetState> targets_;
};

}  // namespace albatross::cli
