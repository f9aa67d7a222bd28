#include "cli/progress_model.hpp"

#include "cli/node_text.hpp"

#include <algorithm>

namespace albatross::cli {
namespace {

std::size_t index_of(Step step) {
  return static_cast<std::size_t>(step);
}

NodeProgress* find_node(StepProgress& step, const std::string& name) {
  const auto same = [&name](const NodeProgress& node) { return node.node == name; };
  const auto found = std::find_if(step.nodes.begin(), step.nodes.end(), same);
  return found == step.nodes.end() ? nullptr : &*found;
}

bool is_removal(EventType type) {
  return type == EventType::resource_destroying || type == EventType::resource_gone ||
         type == EventType::resource_kept;
}

int count_settled(const std::array<StepProgress, step_count>& steps) {
  std::ptrdiff_t count = 0;
  for (const StepProgress& step : steps) {
    count += std::count_if(step.nodes.begin(), step.nodes.end(), [](const NodeProgress& node) {
      return node.settled() && node.phase != NodePhase::failed;
    });
  }
  return static_cast<int>(count);
}

void become(NodeProgress& node, EventType type) {
  switch (type) {
    case EventType::resource_created:
      node.created = true;
      break;
    case EventType::resource_adopted:
      node.adopted = true;
      break;
    case EventType::resource_updated:
      node.updated = true;
      break;
    case EventType::resource_ready:
      node.phase = NodePhase::ready;
      break;
    case EventType::resource_failed:
      node.phase = NodePhase::failed;
      break;
    case EventType::resource_destroying:
      node.phase = NodePhase::removing;
      break;
    case EventType::resource_gone:
      node.phase = NodePhase::gone;
      break;
    case EventType::resource_kept:
      node.phase = NodePhase::kept;
      break;
    default:
      if (node.phase == NodePhase::ready) node.phase = NodePhase::working;
  }
}

}  // namespace

StepPhase StepProgress::phase() const {
  if (nodes.empty()) return StepPhase::pending;
  bool failed = false;
  int settled_nodes = 0;
  for (const NodeProgress& node : nodes) {
    failed = failed || node.phase == NodePhase::failed;
    settled_nodes += node.settled() ? 1 : 0;
  }
  if (failed) return StepPhase::failed;
  const int expected = std::max(planned, static_cast<int>(nodes.size()));
  return settled_nodes < expected ? StepPhase::active : StepPhase::done;
}

Duration StepProgress::elapsed(Duration now) const {
  switch (phase()) {
    case StepPhase::pending:
      return {};
    case StepPhase::active:
      return now - started;
    default:
      return settled - started;
  }
}

ProgressModel::ProgressModel() {
  for (std::size_t i = 0; i < step_count; ++i) {
    building_[i].step = static_cast<Step>(i);
    removing_[i].step = static_cast<Step>(i);
  }
}

void ProgressModel::apply(const Event& event) {
  if (event.node.empty()) {
    apply_to_run(event);
  } else if (event.type != EventType::warning) {
    apply_to_node(event);
  }
  note_targets(event);
}

/// An event tells of the targets of one or more services; what is known of the others stays.
void ProgressModel::note_targets(const Event& event) {
  const auto same = [](const TargetState& a, const TargetState& b) {
    return a.service == b.service && a.instance_id == b.instance_id && a.port == b.port;
  };
  std::vector<TargetState> merged;
  for (const TargetState& known : targets_) {
    const auto told = [&known](const TargetState& t) { return t.service == known.service; };
    if (std::none_of(event.targets.begin(), event.targets.end(), told)) {
      merged.push_back(known);
      continue;
    }
    for (const TargetState& target : event.targets) {
      if (same(target, known)) merged.push_back(target);
    }
  }
  for (const TargetState& target : event.targets) {
    const auto there = [&](const TargetState& known) { return same(target, known); };
    if (std::none_of(merged.begin(), merged.end(), there)) merged.push_back(target);
  }
  targets_ = std::move(merged);
  // Ready means that all are healthy; the last look that said so is not told.
  if (event.type != EventType::resource_ready || event.step != Step::health) return;
  for (TargetState& target : targets_) {
    if (target.service != label(event.node)) continue;
    target.state = "healthy";
    target.reason.clear();
    target.description.clear();
  }
}

void ProgressModel::apply_to_run(const Event& event) {
  switch (event.type) {
    case EventType::run_started:
      stack_ = event.stack;
      doing_ = event.detail;
      break;
    case EventType::plan_ready:
      planned_ = event.count;
      known_ = event.known;
      account_ = event.account;
      for (std::size_t i = 0; i < step_count; ++i) {
        auto& steps = doing_ == "deploy" ? building_ : removing_;
        steps[i].planned = event.nodes_by_step[i];
      }
      break;
    case EventType::rollback_started:
      rolling_back_ = true;
      rollback_reason_ = event.detail;
      break;
    case EventType::run_finished:
      finished_ = true;
      break;
    default:
      break;
  }
}

StepProgress& ProgressModel::step_for(const Event& event) {
  StepProgress& removal = removing_[index_of(event.step)];
  // Waits, retries and failures do not say what they are part of: of the removal, once one began.
  if (is_removal(event.type)) return removal;
  const NodeProgress* known = find_node(removal, event.node);
  const bool begins = event.type == EventType::resource_started;
  const bool under_way = known != nullptr &&
                         (known->phase == NodePhase::removing || known->phase == NodePhase::failed);
  if (under_way && !begins) return removal;
  return building_[index_of(event.step)];
}

NodeProgress& ProgressModel::node_in(StepProgress& step, const Event& event) {
  if (NodeProgress* known = find_node(step, event.node)) return *known;
  if (step.nodes.empty()) step.started = event.elapsed;
  NodeProgress node;
  node.node = event.node;
  node.started = event.elapsed;
  step.nodes.push_back(std::move(node));
  return step.nodes.back();
}

void ProgressModel::apply_to_node(const Event& event) {
  StepProgress& step = step_for(event);
  NodeProgress& node = node_in(step, event);
  if (!event.kind.empty()) node.kind = event.kind;
  if (!event.id.empty()) node.id = event.id;
  become(node, event.type);
  node.trouble.clear();
  if (event.type == EventType::retrying) {
    node.trouble = event.detail;
    return;
  }
  if (!event.state.empty()) node.state = event.state;
  node.detail = event.detail;
  if (event.failure) node.detail = event.failure->code + ": " + event.failure->message;
  if (node.settled()) step.settled = event.elapsed;
}

int ProgressModel::settled() const {
  return count_settled(doing_ == "deploy" ? building_ : removing_);
}

int ProgressModel::changes() const {
  int count = 0;
  for (const StepProgress& step : building_) {
    for (const NodeProgress& node : step.nodes)
      count += node.created || node.updated ? 1 : 0;
  }
  for (const StepProgress& step : removing_) {
    for (const NodeProgress& node : step.nodes)
      count += node.phase == NodePhase::gone ? 1 : 0;
  }
  return count;
}

}  // namespace albatross::cli
