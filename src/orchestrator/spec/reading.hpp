#pragma once

#include "albatross/orchestrator/stack_file.hpp"

#include "orchestrator/spec/member_info.hpp"
#include "orchestrator/spec/value.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace albatross::spec {

/// One reading of one file: what it gave where, and every complaint about it. Members are named by
/// their path: "services.n8n.port", "load_balancer.listeners[0].port".
class Reading {
 public:
  explicit Reading(std::string file) : file_(std::move(file)) {}

  /// Every member that a file may have, to tell where a misplaced one belongs. Must outlive this.
  void set_vocabulary(const SectionInfo* members) { vocabulary_ = members; }
  const SectionInfo* vocabulary() const { return vocabulary_; }

  /// Remembers where a member's value stands.
  void place(const std::string& path, ValuePtr value, Mark mark);

  void complain(Mark mark, std::string message);
  /// About the member's value; a member that the file does not have is sought outwards: its section
  /// is where the complaint then points. Checks that span members leave this one alone from now on.
  void complain_about(const std::string& path, std::string message);

  /// Something in it has been complained of: checks that span members leave it alone.
  void distrust(const std::string& path) { spoilt_.insert(path); }

  /// Whether the file has the member.
  bool given(const std::string& path) const { return places_.contains(path); }
  /// Null when the file does not have it.
  const Value* find(const std::string& path) const;
  Mark mark(const std::string& path) const;
  /// False after a complaint about it or about what it is in.
  bool sound(const std::string& path) const;

  bool failed() const { return !problems_.empty(); }
  /// In file order, none twice.
  std::vector<SpecProblem> problems() const;

 private:
  struct Place {
    ValuePtr value;
    Mark mark;
  };

  std::string file_;
  const SectionInfo* vocabulary_ = nullptr;
  std::map<std::string, Place> places_;
  std::set<std::string> spoilt_;
  std::vector<SpecProblem> problems_;
};

/// "services.n8n.port" of "services.n8n" and "port"; "port" of "" and "port".
std::string join_path(const std::string& path, const std::string& member);
/// "listeners[1]" of "listeners" and 1.
std::string item_path(const std::string& path, std::size_t index);

}  // namespace albatross::spec
