#include "orchestrator/departures.hpp"

#include "albatross/orchestrator/kind.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace albatross {
namespace {

/// Is `wanted` among those that `from` waits for, however indirectly?
bool waits_for(const Departure& from, const Departure& wanted, std::set<const Departure*>& seen) {
  if (!seen.insert(&from).second) return false;
  if (from.whole == &wanted) return true;
  if (from.whole != nullptr && waits_for(*from.whole, wanted, seen)) return true;
  return std::any_of(from.before.begin(), from.before.end(), [&](const Departure* other) {
    return other == &wanted || waits_for(*other, wanted, seen);
  });
}

void add_once(std::vector<Departure*>& list, Departure* one) {
  if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
}

}  // namespace

Departures::Departures(std::vector<ResourceRecord> records, bool whole, bool drain) {
  for (ResourceRecord& record : records) {
    auto departure = std::make_unique<Departure>();
    departure->record = std::move(record);
    const std::string name = departure->record.node;
    by_name_.emplace(name, std::move(departure));
  }
  order_as_recorded();
  if (!whole) return;
  find_wholes(drain);
  loosen();
  gather_parts();
}

void Departures::order_as_recorded() {
  // Whichever generation of it the record was made for: every one of them waits.
  std::multimap<std::string, Departure*> by_node;
  for (auto& [name, departure] : by_name_)
    by_node.emplace(departure->record.base_node(), departure.get());
  for (auto& [name, departure] : by_name_) {
    for (const std::string& other : departure->record.outlived_by) {
      const auto [first, last] = by_node.equal_range(other);
      for (auto found = first; found != last; ++found)
        found->second->before.push_back(departure.get());
    }
  }
}

void Departures::find_wholes(bool drain) {
  std::map<std::string, Departure*> by_id;
  for (auto& [name, departure] : by_name_) {
    const ResourceRecord& record = departure->record;
    const bool ours = record.provenance == Provenance::created && !record.id.empty();
    if (ours) by_id.emplace(record.id, departure.get());
  }
  for (auto& [name, departure] : by_name_) {
    const ResourceRecord& record = departure->record;
    if (record.provenance != Provenance::created) continue;
    const Belonging belonging = kind_of(record.kind).belonging(record, drain);
    const auto whole = by_id.find(belonging.whole);
    if (belonging.whole.empty() || whole == by_id.end()) continue;
    departure->whole = whole->second;
    holds_[departure.get()] = belonging.holds;
  }
}

/// Must `first` be gone before AWS removes `then`?
bool Departures::insists(const Departure& first, const Departure& then) const {
  const auto part = holds_.find(&first);
  if (part != holds_.end()) return part->second == then.record.kind;
  // These orders are promises for a load balancer that goes alone, and its instances stay.
  static const std::set<std::pair<std::string, std::string>> promised{
      {"load_balancer", "instance"}, {"target_group", "load_balancer"}};
  return !promised.contains({first.record.kind, then.record.kind});
}

void Departures::loosen() {
  for (auto& [name, departure] : by_name_) {
    std::erase_if(departure->before, [&, then = departure.get()](const Departure* first) {
      return first->whole == then || !insists(*first, *then);
    });
  }
  // What had to go before a part has to go before the whole.
  for (auto& [name, departure] : by_name_) {
    for (Departure* whole = departure->whole; whole != nullptr; whole = whole->whole) {
      for (Departure* first : departure->before)
        add_once(whole->before, first);
    }
  }
  for (auto& [name, departure] : by_name_) {
    // But nothing that waits for it itself.
    std::erase_if(departure->before, [then = departure.get()](const Departure* first) {
      std::set<const Departure*> seen;
      return waits_for(*first, *then, seen);
    });
  }
}

void Departures::gather_parts() {
  for (auto& [name, departure] : by_name_) {
    for (Departure* whole = departure->whole; whole != nullptr; whole = whole->whole)
      whole->parts.push_back(departure.get());
  }
}

}  // namespace albatross
