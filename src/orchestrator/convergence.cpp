#include "orchestrator/convergence.hpp"

#include "albatross/orchestrator/names.hpp"

#include <algorithm>

namespace albatross {
namespace {

bool same_value(const Value& a, const Value& b) {
  std::vector<std::string> left = texts_of(a);
  std::vector<std::string> right = texts_of(b);
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  return left == right;
}

Value value_in(const Properties& properties, const std::string& name) {
  const auto found = properties.find(name);
  return found == properties.end() ? Value() : found->second;
}

PropertyChange change_of(const std::string& property, const ResourceRecord& before,
                         const Properties& wanted, const Observed& found) {
  PropertyChange change;
  change.property = property;
  change.after = value_in(wanted, property);
  const Value asked = value_in(before.properties, property);
  const auto seen = found.actual.find(property);
  change.before = seen == found.actual.end() ? asked : seen->second;
  change.outside = seen != found.actual.end() && before.properties.contains(property) &&
                   !same_value(seen->second, asked);
  return change;
}

PropertyChange failed_state(const Observed& found) {
  PropertyChange change;
  change.property = "state";
  change.before = found.state;
  change.outside = true;
  return change;
}

bool needs_a_new_one(const Kind& kind, const Observed& found) {
  return found.readiness == Readiness::failed && kind.effect_of("state") == ChangeEffect::replace;
}

}  // namespace

std::vector<std::string> Verdict::properties() const {
  std::vector<std::string> out;
  for (const PropertyChange& change : changes)
    out.push_back(change.property);
  return out;
}

std::string Verdict::text() const {
  std::string out;
  for (const PropertyChange& change : changes)
    out += (out.empty() ? "" : ", ") + text_of(change);
  return out;
}

Verdict judge(const Kind& kind, const ResourceRecord& before, const Properties& wanted,
              const Observed& found) {
  Verdict updates;
  Verdict replacement;
  Verdict refusal;
  for (const std::string& property : changed_properties(wanted, before.properties, found.actual)) {
    const ChangeEffect effect =
        property == "tags" ? ChangeEffect::in_place : kind.effect_of(property);
    if (effect == ChangeEffect::ignore) continue;
    Verdict& verdict = effect == ChangeEffect::in_place  ? updates
                       : effect == ChangeEffect::replace ? replacement
                                                         : refusal;
    verdict.changes.push_back(change_of(property, before, wanted, found));
  }
  if (needs_a_new_one(kind, found)) replacement.changes.push_back(failed_state(found));
  updates.action = updates.changes.empty() ? Verdict::Action::keep : Verdict::Action::update;
  replacement.action = Verdict::Action::replace;
  refusal.action = Verdict::Action::refuse;
  if (!refusal.changes.empty()) return refusal;
  return replacement.changes.empty() ? updates : replacement;
}

std::vector<std::string> changed_properties(const Properties& wanted, const Properties& asked,
                                            const Properties& actual) {
  std::vector<std::string> out;
  for (const auto& [name, value] : wanted) {
    const auto seen = actual.find(name);
    const auto last = asked.find(name);
    const bool same = seen != actual.end() ? same_value(seen->second, value)
                                           : last != asked.end() && same_value(last->second, value);
    if (!same) out.push_back(name);
  }
  for (const auto& [name, value] : asked) {
    if (wanted.find(name) == wanted.end()) out.push_back(name);
  }
  return out;
}

std::string text_of(const Value& value) {
  std::string out;
  for (const std::string& text : texts_of(value))
    out += (out.empty() ? "" : ", ") + text;
  return out;
}

std::string text_of(const PropertyChange& change) {
  const auto shown = [](const Value& value) {
    const std::string text = text_of(value);
    return text.empty() ? std::string("(none)") : text;
  };
  if (change.property == "state") return "it is " + shown(change.before);
  return change.property + ": " + shown(change.before) + " -> " + shown(change.after) +
         (change.outside ? " (changed outside)" : "");
}

std::string name_of_generation(const std::string& name, int generation, std::size_t limit) {
  // The mark is none of a name's characters: what becomes of it differs from every other name.
  return fit_name(name + "@" + std::to_string(generation), limit);
}

std::string settled_name(const ResourceRecord& record, const std::string& name, std::size_t limit) {
  const std::string own = name_of_generation(name, record.generation, limit);
  return record.property("name") == own ? own : name;
}

bool is_named(const ResourceRecord& record, const std::string& name, std::size_t limit) {
  return record.property("name") == settled_name(record, name, limit);
}

std::string idempotency_token(const std::string& deployment_id, const std::string& node,
                              const std::string& nonce) {
  return fit_name(deployment_id + "-" + nonce + "-" + node, 64);
}

}  // namespace albatross
