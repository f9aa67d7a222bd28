#include "orchestrator/explaining.hpp"

#include <algorithm>
#include <utility>

namespace albatross {
namespace {

// A look costs some calls.
constexpr Duration between_looks = std::chrono::seconds{20};

}  // namespace

Explainer::Trouble Explainer::trouble_of(const TargetState& target) {
  return {target.service, target.instance_id, target.port, target.state, target.reason};
}

/// One that has only just been registered is not.
bool Explainer::is_in_trouble(const TargetState& target) {
  return target.state == "unhealthy" || target.state == "unused" || target.state == "unavailable";
}

bool Explainer::is_due(const Run& run, const Observed& now) const {
  const bool known =
      std::all_of(now.targets.begin(), now.targets.end(), [this](const TargetState& target) {
        return !is_in_trouble(target) || hints_.contains(trouble_of(target));
      });
  return !known || !last_ || run.clock.now() - *last_ >= between_looks;
}

Task<> Explainer::explain(const Run& run, const Kind& kind, ResourceRecord record, Step step,
                          Deadline deadline, Observed& now) {
  if (!std::any_of(now.targets.begin(), now.targets.end(), is_in_trouble)) co_return;
  if (is_due(run, now)) {
    last_ = run.clock.now();
    hints_.clear();
    Session session = run.session(record, step, deadline);
    // The wait goes on whatever AWS says to these questions: they are not repeated aloud.
    session.options.on_retry = nullptr;
    co_await kind.explain(session, std::move(record), now);
    for (const TargetState& target : now.targets)
      hints_[trouble_of(target)] = target.hint;
  }
  for (TargetState& target : now.targets) {
    const auto known = hints_.find(trouble_of(target));
    if (known != hints_.end()) target.hint = known->second;
  }
}

}  // namespace albatross
