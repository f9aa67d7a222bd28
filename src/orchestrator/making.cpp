#include "orchestrator/making.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/placement.hpp"
#include "orchestrator/remove.hpp"
#include "orchestrator/resources/support.hpp"
#include "orchestrator/wanted.hpp"
#include "orchestrator/watching.hpp"

#include <algorithm>

namespace albatross {
namespace {

NodeFailed not_found(const ResourceRecord& wanted, const std::string& region) {
  Failure failure;
  failure.doing = "looking for " + wanted.node;
  failure.node = wanted.node;
  failure.resource = wanted.id;
  failure.code = "NotFound";
  failure.message = "the stack file names it, but it does not exist in " + region;
  return NodeFailed(std::move(failure));
}

/// The name that the generation has been given, where the file's is the same as it was.
void settle_name(const ResourceRecord& before, ResourceRecord& wanted) {
  const auto name = wanted.properties.find("name");
  if (name == wanted.properties.end()) return;
  name->second = settled_name(before, wanted.property("name"), kind_of(wanted.kind).name_limit());
}

}  // namespace

Task<> Maker::bring_into_being(Making& making, ResourceRecord wanted, Deadline deadline) const {
  const ResourceRecord& before = making.record;
  const bool reuses = !making.node->reuse_id.empty();
  const bool was_reused = before.provenance == Provenance::reused;
  if (reuses) {
    // What was made before gives way to what is given now.
    if (making.known && !was_reused) co_await make_room(making, wanted, before.id);
    co_await reuse(making, std::move(wanted), deadline);
  } else if (!kind_of(wanted.kind).mutates()) {
    making.record = std::move(wanted);
  } else if (making.known && was_reused) {
    // Somebody else's: it is left alone, and one of our own is made.
    wanted = anew(std::move(wanted));
    co_await create(making, std::move(wanted), deadline);
  } else if (making.known) {
    co_await converge(making, std::move(wanted), deadline);
  } else {
    co_await create(making, std::move(wanted), deadline);
  }
  making.decided.open();
}

Task<> Maker::reuse(Making& making, ResourceRecord wanted, Deadline deadline) const {
  wanted.id = making.node->reuse_id;
  wanted.provenance = Provenance::reused;
  wanted.status = RecordStatus::created;
  Session session = run_.session(wanted, making.node->step, deadline);
  std::optional<Observed> found = co_await kind_of(wanted.kind).find(session, wanted);
  if (!found) {
    throw not_found(wanted, run_.identity.region);
  }
  making.record = std::move(wanted);
  co_await note(making, *found);
  say(making, EventType::resource_adopted);
}

/// There is a record: find what it stands for, and bring it to what is wanted now.
Task<> Maker::converge(Making& making, ResourceRecord wanted, Deadline deadline) const {
  const Kind& kind = kind_of(wanted.kind);
  const ResourceRecord before = making.record;
  if (before.status == RecordStatus::destroying) {
    // A removal that was begun is not taken back.
    co_await clear_away(before);
    wanted = anew(std::move(wanted));
    co_await recreate(making, std::move(wanted), deadline);
    co_return;
  }
  std::optional<Observed> found =
      co_await find_settled(run_, kind, before, making.node->step, deadline, true);
  if (found) {
    co_await converge_with(making, std::move(wanted), std::move(*found), deadline);
    co_return;
  }
  // A token whose answer never came may be used again; one whose thing has vanished may not.
  if (!before.id.empty()) {
    say(making, EventType::warning,
        before.node + " (" + before.id + ") was removed outside: it is made anew");
    wanted = anew(std::move(wanted));
  }
  wanted.outputs.clear();
  co_await recreate(making, std::move(wanted), deadline);
}

Task<> Maker::converge_with(Making& making, ResourceRecord wanted, Observed found,
                            Deadline deadline) const {
  const Kind& kind = kind_of(wanted.kind);
  const std::string plain_name = wanted.property("name");
  settle_name(making.record, wanted);
  const Verdict verdict = judge(kind, making.record, wanted.properties, found);
  if (verdict.action == Verdict::Action::refuse) {
    throw cannot_change(making.record, verdict.text());
  }
  if (verdict.action == Verdict::Action::replace) {
    // The next generation's name does not grow out of this one's.
    if (wanted.properties.contains("name")) wanted.properties["name"] = plain_name;
    co_await replace(making, std::move(wanted), found.id, verdict.text(), deadline);
    co_return;
  }
  making.decided.open();
  co_await update(making, std::move(wanted), std::move(found), verdict, deadline);
}

/// The same generation once more: there is none of it.
Task<> Maker::recreate(Making& making, ResourceRecord wanted, Deadline deadline) const {
  making.decided.open();
  settle_name(making.record, wanted);
  co_await create(making, std::move(wanted), deadline);
}

/// A new one beside the old one, which goes when the whole stack stands on the new one (or, where
/// both cannot exist at once, in its place).
Task<> Maker::replace(Making& making, ResourceRecord wanted, std::string id, std::string why,
                      Deadline deadline) const {
  making.record.id = id;
  say(making, EventType::resource_replacing, std::move(why));
  if (kind_of(wanted.kind).exclusive()) {
    co_await clear_away(making.record);
    wanted = anew(std::move(wanted));
  } else {
    co_await make_room(making, wanted, std::move(id));
    const auto name = wanted.properties.find("name");
    if (name != wanted.properties.end()) name->second = new_name(making, wanted);
  }
  making.record.generation = wanted.generation;
  making.decided.open();
  co_await create(making, std::move(wanted), deadline);
}

Task<> Maker::clear_away(ResourceRecord record) const {
  const Deadline deadline = run_.within(run_.timeouts.destroy);
  std::vector<Dependency> nobody;
  const bool removed = co_await remove_one(run_, record, deadline, std::move(nobody));
  if (!removed) co_return;
  run_.events.emit(run_.events.about(EventType::resource_gone, record, step_of_kind(record.kind)));
}

/// Keeps what there is under the name of its generation, and makes `wanted` the next one. A run
/// that dies before the next one is recorded leaves one thing under two names: stored_resources()
/// sorts that out.
Task<> Maker::make_room(Making& making, ResourceRecord& wanted, std::string id) const {
  ResourceRecord old = supersede(making.record);
  old.id = std::move(id);
  making.older.push_back(old);
  wanted.generation = old.generation + 1;
  wanted = anew(std::move(wanted));
  set_tags(run_.identity, wanted);
  co_await run_.store.put_resource(std::move(old));
}

std::string Maker::new_name(const Making& making, const ResourceRecord& wanted) const {
  const std::string name = wanted.property("name");
  const std::size_t limit = kind_of(wanted.kind).name_limit();
  const bool taken = std::any_of(making.older.begin(), making.older.end(),
                                 [&](const auto& older) { return is_named(older, name, limit); });
  return taken ? name_of_generation(name, wanted.generation, limit) : name;
}

Event Maker::about(const Making& making, EventType type) const {
  Event event = run_.events.about(type, making.record, making.node->step);
  event.node = making.node->name;
  event.kind = making.node->kind;
  return event;
}

void Maker::say(const Making& making, EventType type, std::string detail) const {
  Event event = about(making, type);
  event.detail = std::move(detail);
  run_.events.emit(std::move(event));
}

}  // namespace albatross
