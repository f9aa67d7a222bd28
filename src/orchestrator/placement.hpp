#pragma once

#include "albatross/state/record.hpp"

#include "orchestrator/survey.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// Where instances go: spread evenly, kept where they are, moved when a zone has no room.
namespace albatross {

/// For each of `count` instances the place of its subnet in `subnets`. Those that are recorded in
/// one of them stay; each other one goes where the fewest are, in the order of the subnets. Pure.
std::vector<std::size_t> place_instances(int count, const std::vector<ChosenSubnet>& subnets,
                                         const std::vector<ResourceRecord>& known);

/// Has `properties` every one of `some`, with the same value? Pure.
bool has_all(const Properties& properties, const Properties& some);

/// The record of a new thing in the place of one that is gone: a new intent, with a token of its
/// own. Pure.
ResourceRecord anew(ResourceRecord record);

/// Which of several sets of properties to try next: of those not tried, the one that the fewest of
/// `others` have; the first of equals. Nothing when all were tried. Pure.
std::optional<std::size_t> next_place(const std::vector<Properties>& places,
                                      const std::set<std::size_t>& tried,
                                      const std::vector<const Properties*>& others);

/// The places that one thing may be in, and which of them were tried.
class Places {
 public:
  /// @param labels for people: "us-east-1b"
  Places(std::vector<std::string> labels, std::vector<Properties> places);

  /// Leaves the place that `properties` name for the next one; false when there is none left.
  bool move_on(const Properties& properties, const std::vector<const Properties*>& others);
  /// Where it was, and where it is to be; valid after a move.
  const std::string& from() const { return from_; }
  const std::string& to() const { return labels_[*at_]; }
  const Properties& properties() const { return places_[*at_]; }

 private:
  std::vector<std::string> labels_;
  std::vector<Properties> places_;
  std::set<std::size_t> tried_;
  std::string from_;
  std::optional<std::size_t> at_;
};

}  // namespace albatross
