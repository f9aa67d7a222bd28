#pragma once

#include "albatross/orchestrator/kind.hpp"

#include <string>
#include <vector>

namespace albatross {

/// One property that is not as it should be.
struct PropertyChange {
  std::string property;
  /// What is there; empty when nothing is, or nothing is known.
  Value before;
  /// What is wanted; empty when it is no longer asked for.
  Value after;
  /// It was as asked for once, and somebody else changed it.
  bool outside = false;
};

/// What is to become of something that exists.
struct Verdict {
  enum class Action : std::uint8_t { keep, update, replace, refuse };
  Action action = Action::keep;
  /// What an update changes; else what is the cause.
  std::vector<PropertyChange> changes;

  std::vector<std::string> properties() const;
  /// "type: t3.small -> t3.large, key_name: a -> b".
  std::string text() const;
};

/// Compares what is wanted with what was asked for (`before`) and with what AWS shows. Pure.
Verdict judge(const Kind& kind, const ResourceRecord& before, const Properties& wanted,
              const Observed& found);

/// The properties in which `wanted` differs from what is there: from what AWS shows where it shows
/// it, else from what was last asked for. The order of a list means nothing. Pure.
std::vector<std::string> changed_properties(const Properties& wanted, const Properties& asked,
                                            const Properties& actual);

/// "web", or for a list "a, b". Pure.
std::string text_of(const Value& value);
std::string text_of(const PropertyChange& change);

/// The name for generation `generation` when `name` is taken by an earlier one: the same front, a
/// different end. Pure.
std::string name_of_generation(const std::string& name, int generation, std::size_t limit);

/// The name that the record's thing is to have when the file says `name`: the one it has, when it
/// was given to its generation for that name. Pure.
std::string settled_name(const ResourceRecord& record, const std::string& name, std::size_t limit);

/// Is that the record's name, or the one that its generation was given for it? Pure.
bool is_named(const ResourceRecord& record, const std::string& name, std::size_t limit);

/// "deployment-nonce-node", at most 64 characters. Pure.
std::string idempotency_token(const std::string& deployment_id, const std::string& node,
                              const std::string& nonce);

}  // namespace albatross
