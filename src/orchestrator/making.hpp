#pragma once

#include "albatross/orchestrator/graph.hpp"
#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/convergence.hpp"
#include "orchestrator/run.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross {

/// One node on its way up.
struct Making {
  const Node* node = nullptr;
  ResourceRecord record;
  /// There was a record before this run.
  bool known = false;
  /// Generations of it that were superseded and are not gone yet.
  std::vector<ResourceRecord> older;
  /// Open when record.generation is final for this run.
  Gate decided;
  /// The first half of its handover is done, the second is to come; what changes by it.
  bool handing_over = false;
  std::string handover_text;
  /// A create was sent, its answer never came, and nobody has looked since for what it made.
  bool unanswered = false;
};

/// Brings one node into being: looks, decides, and makes, changes or replaces it. What it waits for
/// and who waits for it is the walk's business (apply.cpp).
class Maker {
 public:
  Maker(const Run& run, Resolver resolver) : run_(run), resolver_(std::move(resolver)) {}

  /// Leaves record.id set (for kinds that only observe: untouched).
  Task<> bring_into_being(Making& making, ResourceRecord wanted, Deadline deadline) const;
  /// The second half of a handover: lets go what is no longer wanted.
  Task<> finish_handover(Making& making, Deadline deadline) const;
  /// Stores what AWS has just said.
  Task<> note(Making& making, Observed observed) const;
  /// The record is empty until the node's inputs are known; the node is not.
  Event about(const Making& making, EventType type) const;

 private:
  Task<> reuse(Making& making, ResourceRecord wanted, Deadline deadline) const;
  Task<> converge(Making& making, ResourceRecord wanted, Deadline deadline) const;
  Task<> converge_with(Making& making, ResourceRecord wanted, Observed found,
                       Deadline deadline) const;
  Task<> recreate(Making& making, ResourceRecord wanted, Deadline deadline) const;
  Task<> update(Making& making, ResourceRecord wanted, Observed found, Verdict verdict,
                Deadline deadline) const;
  Task<> replace(Making& making, ResourceRecord wanted, std::string id, std::string why,
                 Deadline deadline) const;
  Task<> clear_away(ResourceRecord record) const;
  Task<> make_room(Making& making, ResourceRecord& wanted, std::string id) const;
  Task<> create(Making& making, ResourceRecord wanted, Deadline deadline) const;
  Task<> send_update(const Making& making, ResourceRecord wanted, Observed found,
                     std::vector<std::string> changed, Deadline deadline) const;
  Task<> send_join(const Making& making, ResourceRecord wanted, Observed found,
                   std::vector<std::string> changed, Deadline deadline) const;
  Task<> send_create(Making& making, Deadline deadline) const;
  Task<> note_unanswered(Making& making) const;
  Task<std::optional<Observed>> look_for_made(Making& making, Deadline deadline) const;

  std::string new_token(const std::string& node) const;
  std::string new_name(const Making& making, const ResourceRecord& wanted) const;
  Secrets secrets_of(const Making& making) const;
  void say(const Making& making, EventType type, std::string detail = "") const;

  const Run& run_;
  Resolver resolver_;
};

/// Does this change go by the node's handover? Pure.
bool hands_over(const Node& node, const Verdict& verdict);

}  // namespace albatross
