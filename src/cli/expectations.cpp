#include "cli/expectations.hpp"

namespace albatross::cli {

Expectations expectations_of(const UsualTimes& usual, const ProgressModel& model,
                             const std::string& region) {
  Expectations out;
  for (std::size_t i = 0; i < step_count; ++i) {
    out.building[i] = usual.of_step(region, "deploy", static_cast<Step>(i));
    out.removing[i] = usual.of_step(region, "destroy", static_cast<Step>(i));
  }
  const bool from_nothing = model.doing() != "deploy" || model.known() == 0;
  if (from_nothing) out.total = usual.of_run(region, model.doing(), shape_of(model));
  return out;
}

bool is_slow(const std::optional<UsualTime>& usual, const StepProgress& step, Duration now) {
  if (!usual || !usual->slowest || step.phase() != StepPhase::active) return false;
  return step.elapsed(now) > *usual->slowest;
}

}  // namespace albatross::cli
