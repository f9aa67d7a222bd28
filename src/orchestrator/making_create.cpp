#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/failure.hpp"
#include "orchestrator/making.hpp"
#include "orchestrator/mutation.hpp"
#include "orchestrator/watching.hpp"

/// Creates: intent, call, answer.
namespace albatross {
namespace {

Task<std::optional<Observed>> create_once(const Kind& kind, Session& session, ResourceRecord record,
                                          Secrets secrets) {
  Observed made = co_await kind.create(session, std::move(record), std::move(secrets));
  std::optional<Observed> out;
  out.emplace(std::move(made));
  co_return out;
}

}  // namespace

Task<> Maker::create(Making& making, ResourceRecord wanted, Deadline deadline) const {
  wanted.status = RecordStatus::intended;
  wanted.provenance = Provenance::created;
  // AWS remembers a token for a day and more, beyond the end of what it made: never the same
  // twice but for the same intent.
  if (wanted.token.empty()) wanted.token = new_token(wanted.node);
  making.record = wanted;
  auto attempt = [&]() { return send_create(making, deadline); };
  co_await mutate(run_, wanted, making.node->step, deadline, "creating", attempt);
  say(making, EventType::resource_created);
}

std::string Maker::new_token(const std::string& node) const {
  const std::string nonce = run_.entropy.hex(8);
  return idempotency_token(run_.identity.deployment_id, node, nonce);
}

/// The intent, one create, and its answer. After an answer that was lost, or that says it exists,
/// what it may have made is looked for before the error is passed on.
Task<> Maker::send_create(Making& making, Deadline deadline) const {
  const Kind& kind = kind_of(making.record.kind);
  if (making.unanswered) {
    // The look after an earlier try failed itself: before another try it has to succeed.
    std::optional<Observed> earlier = co_await look_for_made(making, deadline);
    if (earlier) {
      co_await note(making, *earlier);
      co_return;
    }
  }
  // What this try makes counts as new from here on, however long earlier tries took.
  making.record.created_at_ms = to_ms(run_.clock.wall());
  co_await run_.store.put_resource(making.record);
  Session session = run_.session(making.record, making.node->step, deadline);
  std::optional<Observed> made;
  std::exception_ptr error;
  bool spent = false;
  bool given_up = false;
  try {
    made = co_await create_once(kind, session, making.record, secrets_of(making));
  } catch (const ApiError& failure) {
    spent = token_is_spent(failure);
    const bool may_exist = failure.details().may_have_taken_effect ||
                           failure.error_class() == ErrorClass::already_exists;
    if (!may_exist && !spent) throw;
    error = std::current_exception();
  } catch (...) {
    error = std::current_exception();
    if (!is_cancellation(error)) throw;
    given_up = true;
  }
  if (given_up) {
    // Whoever looks for it next must not take it for never made because it is not visible yet.
    co_await ignore_cancellation();
    co_await note_unanswered(making);
    std::rethrow_exception(error);
  }
  if (spent) {
    // An earlier run's answer was lost, and what it made has ended by itself: a new intent.
    making.record.token = new_token(making.record.node);
    co_await send_create(making, deadline);
    co_return;
  }
  if (!made) {
    co_await note_unanswered(making);
    made = co_await look_for_made(making, deadline);
  }
  if (!made) std::rethrow_exception(error);
  co_await note(making, *made);
}

/// It may have taken effect at any time until now: as long as that it can be invisible.
Task<> Maker::note_unanswered(Making& making) const {
  making.unanswered = true;
  making.record.created_at_ms = to_ms(run_.clock.wall());
  co_await run_.store.put_resource(making.record);
}

Task<std::optional<Observed>> Maker::look_for_made(Making& making, Deadline deadline) const {
  const Kind& kind = kind_of(making.record.kind);
  auto found = co_await find_settled(run_, kind, making.record, making.node->step, deadline);
  making.unanswered = false;
  co_return found;
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

}  // namespace albatross
