#include "cli/rehearsal/chain.hpp"

#include <algorithm>
#include <iterator>

namespace albatross::cli {
namespace {

using Events = std::vector<Event>;

std::string milestone(EventType type) {
  switch (type) {
    case EventType::resource_created:
    case EventType::resource_adopted:
      return "created";
    case EventType::resource_updated:
      return "changed";
    case EventType::resource_ready:
      return "ready";
    case EventType::resource_gone:
      return "gone";
    case EventType::resource_failed:
      return "failed";
    default:
      return "";
  }
}

bool begins(const Event& event) {
  return event.type == EventType::resource_started || event.type == EventType::resource_destroying;
}

/// The last event before `end` at which a node reached something.
Events::const_reverse_iterator last_reached(const Events& events,
                                            Events::const_reverse_iterator from) {
  return std::find_if(from, events.rend(), [](const Event& event) {
    return !event.node.empty() && !milestone(event.type).empty();
  });
}

}  // namespace

std::vector<ChainLink> critical_chain(const std::vector<Event>& events) {
  std::vector<ChainLink> out;
  auto reached = last_reached(events, events.rbegin());
  while (reached != events.rend()) {
    const auto begun = std::find_if(reached, events.rend(), [&](const Event& event) {
      return begins(event) && event.node == reached->node;
    });
    ChainLink link{reached->node, {}, reached->elapsed, milestone(reached->type)};
    if (begun != events.rend()) link.from = begun->elapsed;
    out.push_back(link);
    if (begun == events.rend()) break;
    reached = last_reached(events, begun);
    // Nobody's end let it begin: it did when the reads were done.
    if (reached != events.rend() && reached->elapsed < link.from) break;
  }
  if (!out.empty() && out.back().from > Duration::zero()) {
    out.push_back({"", Duration::zero(), out.back().from, "read"});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace albatross::cli
