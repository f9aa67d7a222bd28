#pragma once

#include "albatross/orchestrator/kind.hpp"

#include "orchestrator/run.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>

namespace albatross {

/// Has a kind look into why something is not ready, now and then, and remembers what came of it in
/// between. One for each watch.
class Explainer {
 public:
  /// Adds to what was observed just now. Looks anew when something else is wrong than at the last
  /// look, and when that was a while ago.
  Task<> explain(const Run& run, const Kind& kind, ResourceRecord record, Step step,
                 Deadline deadline, Observed& now);

 private:
  /// Service, instance and port; state and reason.
  using Trouble = std::tuple<std::string, std::string, int, std::string, std::string>;
  static Trouble trouble_of(const TargetState& target);
  static bool is_in_trouble(const TargetState& target);
  bool is_due(const Run& run, const Observed& now) const;

  std::optional<TimePoint> last_;
  std::map<Trouble, std::string> hints_;
};

}  // namespace albatross
