#include "orchestrator/failure.hpp"
#include "orchestrator/making.hpp"
#include "orchestrator/mutation.hpp"
#include "orchestrator/resources/support.hpp"
#include "orchestrator/watching.hpp"

#include <algorithm>

/// Changes in place, at once or in the two halves of a handover.
namespace albatross {
namespace {

NodeFailed gone_meanwhile(const ResourceRecord& record) {
  Failure failure;
  failure.doing = "updating " + record.node;
  failure.node = record.node;
  failure.resource = record.id;
  failure.code = "Gone";
  failure.message = "it disappeared while it was being changed";
  failure.hint = "Run the same command again.";
  return NodeFailed(std::move(failure));
}

/// Adds what is there and not wanted, the parts that the second half of the handover lets go, to
/// the output in which a kind keeps those that it has to look after.
void note_leaving(const Handover& handover, const ResourceRecord& wanted, Observed& found) {
  const auto kept = found.outputs.find("leaving");
  if (kept == found.outputs.end()) return;
  std::vector<std::string> out = texts_of(kept->second);
  for (const std::string& property : handover.properties) {
    const auto seen = found.actual.find(property);
    if (seen == found.actual.end()) continue;
    const auto gone = resources::without(texts_of(seen->second), wanted.property_list(property));
    out.insert(out.end(), gone.begin(), gone.end());
  }
  kept->second = std::move(out);
}

}  // namespace

bool hands_over(const Node& node, const Verdict& verdict) {
  const auto& properties = node.handover.properties;
  if (node.handover.until.empty()) return false;
  return std::any_of(verdict.changes.begin(), verdict.changes.end(), [&](const auto& change) {
    return std::find(properties.begin(), properties.end(), change.property) != properties.end();
  });
}

Task<> Maker::update(Making& making, ResourceRecord wanted, Observed found, Verdict verdict,
                     Deadline deadline) const {
  const bool adopted = making.record.id.empty();
  const std::vector<std::string> changed = verdict.properties();
  wanted.id = found.id;
  making.handing_over = hands_over(*making.node, verdict);
  if (making.handing_over) {
    note_leaving(making.node->handover, wanted, found);
    making.handover_text = verdict.text();
    auto attempt = [&]() { return send_join(making, wanted, found, changed, deadline); };
    co_await mutate(run_, wanted, making.node->step, deadline, "updating", attempt);
  } else if (verdict.action == Verdict::Action::update) {
    auto attempt = [&]() { return send_update(making, wanted, found, changed, deadline); };
    co_await mutate(run_, wanted, making.node->step, deadline, "updating", attempt);
  }
  making.record = std::move(wanted);
  co_await note(making, found);
  if (adopted) say(making, EventType::resource_adopted);
  if (!changed.empty() && !making.handing_over) {
    say(making, EventType::resource_updated, verdict.text());
  }
}

Task<> Maker::finish_handover(Making& making, Deadline deadline) const {
  const Kind& kind = kind_of(making.record.kind);
  const Step step = making.node->step;
  std::optional<Observed> found =
      co_await find_settled(run_, kind, making.record, step, deadline, true);
  if (!found) {
    throw gone_meanwhile(making.record);
  }
  const auto changed = judge(kind, making.record, making.record.properties, *found).properties();
  if (!changed.empty()) {
    auto attempt = [&]() { return send_update(making, making.record, *found, changed, deadline); };
    co_await mutate(run_, making.record, step, deadline, "updating", attempt);
  }
  making.handing_over = false;
  // What was let go may take its time.
  making.record.status = RecordStatus::created;
  say(making, EventType::resource_updated, making.handover_text);
}

Task<> Maker::send_update(const Making& making, ResourceRecord wanted, Observed found,
                          std::vector<std::string> changed, Deadline deadline) const {
  Session session = run_.session(wanted, making.node->step, deadline);
  const Kind& kind = kind_of(wanted.kind);
  if (std::erase(changed, "tags") != 0) {
    co_await resources::retag(session, kind.tagging(), wanted, found);
  }
  if (!changed.empty()) {
    co_await kind.update(session, wanted, std::move(found), std::move(changed));
  }
  co_await run_.store.put_resource(std::move(wanted));
}

Task<> Maker::send_join(const Making& making, ResourceRecord wanted, Observed found,
                        std::vector<std::string> changed, Deadline deadline) const {
  Session session = run_.session(wanted, making.node->step, deadline);
  // The rest can wait for the second half.
  std::erase_if(changed, [&](const std::string& property) {
    const auto& handed = making.node->handover.properties;
    return std::find(handed.begin(), handed.end(), property) == handed.end();
  });
  co_await kind_of(wanted.kind).join(session, wanted, std::move(found), std::move(changed));
  co_await run_.store.put_resource(std::move(wanted));
}

}  // namespace albatross
