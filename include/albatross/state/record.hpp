#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace albatross {

/// A property of a resource: one text or a list of texts.
using Value = std::variant<std::string, std::vector<std::string>>;
/// The members of a resource by name ("health_check.path"), as text: what the plan shows, what
/// drift is measured against, what a destroy long after the stack file is gone can rely on.
/// Never holds a secret.
using Properties = std::map<std::string, Value>;

/// How far a resource has come, by what was recorded of it.
enum class RecordStatus : std::uint8_t {
  intended,    ///< a create is about to be sent or was sent: it may exist
  created,     ///< AWS answered with an id
  ready,       ///< AWS says that it is usable
  destroying,  ///< a delete is about to be sent or was sent
};

/// Whose a resource is.
enum class Provenance : std::uint8_t {
  created,  ///< ours: destroy deletes it
  reused,   ///< was there before: never touched by destroy
};

/// What is known of one node of a stack. Written before and after every mutation.
struct ResourceRecord {
  std::string stack;
  /// "target_group.n8n"; "target_group.n8n@1" for a generation that another has superseded.
  std::string node;
  /// "target_group": which kind knows how to find and delete it.
  std::string kind;
  /// 1 or 2: which tier built it.
  int tier = 1;
  RecordStatus status = RecordStatus::intended;
  Provenance provenance = Provenance::created;
  /// Empty until AWS has answered.
  std::string id;
  /// Idempotency token of the create: one for each intent, the same for every try of it.
  std::string token;
  /// From 1. Something that cannot be changed in place is replaced by the next generation, and both
  /// exist until the new one has taken over.
  int generation = 1;
  /// What was asked for.
  Properties properties;
  /// What AWS gave: arn, dns_name, private_ip, …
  Properties outputs;
  /// Nodes that must outlive this one: a destroy removes this one first.
  std::vector<std::string> outlived_by;
  /// When the intent was written; Unix time in milliseconds.
  std::int64_t created_at_ms = 0;

  /// The text of a property or output; empty when absent or a list.
  const std::string& property(const std::string& name) const;
  /// As property(), of the outputs.
  const std::string& output(const std::string& name) const;
  /// The list; a single text counts as a list of one, absent as empty.
  std::vector<std::string> property_list(const std::string& name) const;
  /// As property_list(), of the outputs.
  std::vector<std::string> output_list(const std::string& name) const;

  /// "target_group.n8n", whichever generation.
  std::string base_node() const;
  /// Has another generation taken over its node?
  bool superseded() const;
  /// What the resource is tagged with: "target_group.n8n", from the second generation on
  /// "target_group.n8n@2".
  std::string label() const;
};

/// The record as it is kept once another generation takes over its node.
ResourceRecord supersede(ResourceRecord record);

/// The texts of a value: a single one counts as a list of one.
std::vector<std::string> texts_of(const Value& value);

/// What the last run left a stack in, or is at.
enum class StackState : std::uint8_t {
  deploying,
  ready,
  failed,
  rolled_back,
  destroying,
  rolling_back,
};
/// As status shows it: "rolled back".
std::string_view to_string(StackState state);
/// Its name: "intended".
std::string_view to_string(RecordStatus status);

/// What is known of a stack as a whole.
struct StackRecord {
  std::string name;
  /// Random, made at the first deploy; part of every idempotency token and tag.
  std::string deployment_id;
  std::string account;
  std::string region;
  StackState state = StackState::deploying;
  /// "http://…" by service, "dns_name", "vpc_id", chosen zones: what status shows and what later
  /// runs must choose again.
  Properties outputs;
  /// First cause of the last failure, for status; empty when there was none.
  std::string last_error;
  std::int64_t created_at_ms = 0;
  std::int64_t updated_at_ms = 0;
};

}  // namespace albatross
