#include "orchestrator/placement.hpp"

#include <algorithm>
#include <utility>

namespace albatross {
namespace {

const ResourceRecord* record_of(const std::vector<ResourceRecord>& known, const std::string& node) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const ResourceRecord& record) {
    return record.node == node;
  });
  return found == known.end() ? nullptr : &*found;
}

/// The id of a chosen subnet: given, or made by an earlier run.
std::string id_of(const ChosenSubnet& subnet, const std::vector<ResourceRecord>& known) {
  if (!subnet.id.empty()) return subnet.id;
  const ResourceRecord* record = record_of(known, "subnet." + subnet.label);
  return record == nullptr ? std::string() : record->id;
}

std::optional<std::size_t> recorded_place(int index, const std::vector<ChosenSubnet>& subnets,
                                          const std::vector<ResourceRecord>& known) {
  const ResourceRecord* record = record_of(known, "instance.app." + std::to_string(index));
  if (record == nullptr) return std::nullopt;
  const std::string& id = record->property("subnet_id");
  for (std::size_t place = 0; place < subnets.size(); ++place) {
    if (!id.empty() && id_of(subnets[place], known) == id) return place;
  }
  return std::nullopt;
}

}  // namespace

bool has_all(const Properties& properties, const Properties& some) {
  return std::all_of(some.begin(), some.end(), [&](const auto& entry) {
    const auto found = properties.find(entry.first);
    return found != properties.end() && found->second == entry.second;
  });
}

ResourceRecord anew(ResourceRecord record) {
  record.id.clear();
  record.token.clear();
  record.outputs.clear();
  return record;
}

std::vector<std::size_t> place_instances(int count, const std::vector<ChosenSubnet>& subnets,
                                         const std::vector<ResourceRecord>& known) {
  std::vector<std::optional<std::size_t>> places;
  std::vector<std::size_t> load(subnets.size());
  for (int index = 0; index < count; ++index) {
    places.push_back(recorded_place(index, subnets, known));
    if (places.back()) ++load[*places.back()];
  }
  std::vector<std::size_t> out;
  for (const auto& place : places) {
    const auto emptiest = static_cast<std::size_t>(
        std::distance(load.begin(), std::min_element(load.begin(), load.end())));
    out.push_back(place.value_or(emptiest));
    if (!place) ++load[emptiest];
  }
  return out;
}

std::optional<std::size_t> next_place(const std::vector<Properties>& places,
                                      const std::set<std::size_t>& tried,
                                      const std::vector<const Properties*>& others) {
  std::optional<std::size_t> best;
  std::ptrdiff_t fewest = 0;
  for (std::size_t place = 0; place < places.size(); ++place) {
    if (tried.contains(place)) continue;
    const auto users = std::count_if(others.begin(), others.end(), [&](const Properties* other) {
      return has_all(*other, places[place]);
    });
    if (best && users >= fewest) continue;
    best = place;
    fewest = users;
  }
  return best;
}

Places::Places(std::vector<std::string> labels, std::vector<Properties> places)
    : labels_(std::move(labels)), places_(std::move(places)) {}

bool Places::move_on(const Properties& properties, const std::vector<const Properties*>& others) {
  from_ = "there";
  for (std::size_t place = 0; place < places_.size(); ++place) {
    if (!has_all(properties, places_[place])) continue;
    tried_.insert(place);
    from_ = labels_[place];
  }
  at_ = next_place(places_, tried_, others);
  return at_.has_value();
}

}  // namespace albatross
