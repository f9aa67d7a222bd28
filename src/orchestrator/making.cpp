#include "orchestrator/making.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/mutation.hpp"
#include "orchestrator/remove.hpp"
#include "orchestrator/resources/support.hpp"
#include "orchestrator/wanted.hpp"
#include "orchestrator/watching.hpp"

#include <algorithm>

namespace albatross {
namespace {

std::int64_t to_ms(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

NodeFailed failed(std::string doing, const ResourceRecord& record, std::string code,
                  std::string message, std::string hint) {
  Failure failure;
  failure.doing = std::move(doing);
  failure.node = record.node;
  failure.resource = record.id;
  failure.code = std::move(code);
  failure.message = std::move(message);
  failure.hint = std::move(hint);
  return NodeFailed(std::move(failure));
}

Task<std::optional<Observed>> create_once(const Kind& kind, Session& session, ResourceRecord record,
                                          Secrets secrets) {
  Observed made = co_await kind.create(session, std::move(record), std::move(secrets));
  std::optional<Observed> out;
  out.emplace(std::move(made));
  co_return out;
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

/// The record of a new thing where there was another.
void forget_thing(ResourceRecord& record) {
  record.id.clear();
  record.token.clear();
  record.outputs.clear();
}

}  // namespace

bool hands_over(const Node& node, const Verdict& verdict) {
  const auto& properties = node.handover.properties;
  if (node.handover.until.empty()) return false;
  return std::any_of(verdict.changes.begin(), verdict.changes.end(), [&](const auto& change) {
    return std::find(properties.begin(), properties.end(), change.property) != properties.end();
  });
}

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
    forget_thing(wanted);
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
    throw failed("looking for " + wanted.node, wanted, "NotFound",
                 "the stack file names it, but it does not exist in " + run_.identity.region, "");
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
    forget_thing(wanted);
    co_await recreate(making, std::move(wanted), deadline);
    co_return;
  }
  std::optional<Observed> found =
      co_await find_settled(run_, kind, before, making.node->step, deadline, true);
  if (!found) {
    // A token whose answer never came may be used again; one whose thing has vanished may not.
    if (!before.id.empty()) {
      say(making, EventType::warning,
          before.node + " (" + before.id + ") was removed outside: it is made anew");
      forget_thing(wanted);
    }
    wanted.outputs.clear();
    co_await recreate(making, std::move(wanted), deadline);
    co_return;
  }
  const auto name = wanted.properties.find("name");
  const std::string plain_name = wanted.property("name");
  if (name != wanted.properties.end()) {
    name->second = settled_name(before, plain_name, kind.name_limit());
  }
  const Verdict verdict = judge(kind, before, wanted.properties, *found);
  switch (verdict.action) {
    case Verdict::Action::refuse:
      throw cannot_change(before, verdict.text());
    case Verdict::Action::replace:
      // The next generation's name does not grow out of this one's.
      if (name != wanted.properties.end()) name->second = plain_name;
      co_await replace(making, std::move(wanted), found->id, verdict.text(), deadline);
      break;
    default:
      making.decided.open();
      co_await update(making, std::move(wanted), *found, verdict, deadline);
  }
}

/// The same generation once more: there is none of it.
Task<> Maker::recreate(Making& making, ResourceRecord wanted, Deadline deadline) const {
  making.decided.open();
  const auto name = wanted.properties.find("name");
  if (name != wanted.properties.end()) {
    name->second =
        settled_name(making.record, wanted.property("name"), kind_of(wanted.kind).name_limit());
  }
  co_await create(making, std::move(wanted), deadline);
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
    throw failed("updating " + making.record.node, making.record, "Gone",
                 "it disappeared while it was being changed", "Run the same command again.");
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

/// A new one beside the old one, which goes when the whole stack stands on the new one (or, where
/// both cannot exist at once, in its place).
Task<> Maker::replace(Making& making, ResourceRecord wanted, std::string id, std::string why,
                      Deadline deadline) const {
  making.record.id = id;
  say(making, EventType::resource_replacing, std::move(why));
  if (kind_of(wanted.kind).exclusive()) {
    co_await clear_away(making.record);
    forget_thing(wanted);
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
  forget_thing(wanted);
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

Task<> Maker::create(Making& making, ResourceRecord wanted, Deadline deadline) const {
  wanted.status = RecordStatus::intended;
  wanted.provenance = Provenance::created;
  // AWS remembers a token for a day and more, beyond the end of what it made: never the same
  // twice but for the same intent.
  if (wanted.token.empty()) {
    const std::string nonce = run_.entropy.hex(8);
    wanted.token = idempotency_token(run_.identity.deployment_id, wanted.node, nonce);
  }
  making.record = wanted;
  auto attempt = [&]() { return send_create(making, deadline); };
  co_await mutate(run_, wanted, making.node->step, deadline, "creating", attempt);
  say(making, EventType::resource_created);
}

/// The intent, one create, and its answer. After an answer that was lost, or that says it exists,
/// what it may have made is looked for before the error is passed on.
Task<> Maker::send_create(Making& making, Deadline deadline) const {
  const Kind& kind = kind_of(making.record.kind);
  // What this try makes counts as new from here on, however long earlier tries took.
  making.record.created_at_ms = to_ms(run_.clock.wall());
  co_await run_.store.put_resource(making.record);
  Session session = run_.session(making.record, making.node->step, deadline);
  std::optional<Observed> made;
  std::exception_ptr error;
  try {
    made = co_await create_once(kind, session, making.record, secrets_of(making));
  } catch (const ApiError& failure) {
    const bool may_exist = failure.details().may_have_taken_effect ||
                           failure.error_class() == ErrorClass::already_exists;
    if (!may_exist) throw;
    error = std::current_exception();
  }
  if (!made) {
    made = co_await find_settled(run_, kind, making.record, making.node->step, deadline);
  }
  if (!made) std::rethrow_exception(error);
  co_await note(making, *made);
}

Task<> Maker::note(Making& making, Observed observed) const {
  ResourceRecord& record = making.record;
  if (record.id.empty()) record.created_at_ms = to_ms(run_.clock.wall());
  if (!observed.id.empty()) record.id = observed.id;
  for (auto& [name, value] : observed.outputs)
    record.outputs[name] = std::move(value);
  record.status =
      observed.readiness == Readiness::ready ? RecordStatus::ready : RecordStatus::created;
  if (kind_of(record.kind).mutates()) co_await run_.store.put_resource(record);
}

Secrets Maker::secrets_of(const Making& making) const {
  Secrets out;
  for (const auto& [name, make] : making.node->secrets)
    out[name] = make(resolver_);
  return out;
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
