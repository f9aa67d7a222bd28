#pragma once

#include "albatross/orchestrator/kind.hpp"

#include "orchestrator/run.hpp"

#include <functional>
#include <optional>

namespace albatross {

/// How long a new thing may stay out of sight: until then, that AWS does not find it proves
/// nothing.
inline constexpr Duration visibility_window = std::chrono::seconds{10};

/// Is the record's create (or its answer) that recent?
bool may_be_invisible(const Clock& clock, const ResourceRecord& record);

/// What the record stands for; nullopt when there is nothing, which for a recent create is believed
/// only after the visibility window.
/// @param thorough see Session
Task<std::optional<Observed>> find_settled(const Run& run, const Kind& kind, ResourceRecord record,
                                           Step step, Deadline deadline, bool thorough = false);

/// Looks at a resource again and again until it is ready, says what AWS says meanwhile, and returns
/// the last look.
/// @throws NodeFailed when AWS says that it will never be ready, when it is gone, when the deadline
/// passes (with what was awaited, the last state and its reason), and for errors that will not
/// pass. A state that lasts a known time (draining) is given that time, whatever the deadline.
Task<Observed> watch_until_ready(const Run& run, const Kind& kind, ResourceRecord record, Step step,
                                 Deadline deadline);

/// Looks until it is gone. Throws as above.
Task<> watch_until_gone(const Run& run, const Kind& kind, ResourceRecord record, Step step,
                        Deadline deadline);

/// When to look again at something that is watched so, after a look that ended `now`. Everybody's
/// looks fall on the same instants, so that they share calls. Pure.
/// @param begun when what is awaited began
/// @param longest the longest pause
/// @param origin where the beat begins; of the process and not of the clock, so that the same run
/// looks at the same instants again. Empty: there is no beat, each look is a pause after the last
TimePoint next_look(TimePoint begun, TimePoint now, const Watch& watch, Duration longest,
                    std::optional<TimePoint> origin = TimePoint{});

}  // namespace albatross
