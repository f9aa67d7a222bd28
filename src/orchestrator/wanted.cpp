#include "orchestrator/wanted.hpp"

#include "albatross/orchestrator/kind.hpp"
#include "albatross/orchestrator/names.hpp"

#include "orchestrator/convergence.hpp"
#include "orchestrator/failure.hpp"
#include "orchestrator/resources/support.hpp"

#include <algorithm>

namespace albatross {
namespace {

std::string fingerprint(const StackIdentity& identity, const Secret& secret) {
  return secret_fingerprint(identity.deployment_id, secret.reveal());
}

void add_bonds(ResourceRecord& wanted, const Node& node, const Generations& generations) {
  for (const std::string& other : node.bound_to) {
    const int generation = generations(other);
    // The first goes without saying.
    if (generation > 1) wanted.properties["generation." + other] = std::to_string(generation);
  }
}

bool is_other_name_of(const ResourceRecord& older, const std::vector<ResourceRecord>& all) {
  return older.superseded() && !older.id.empty() &&
         std::any_of(all.begin(), all.end(), [&](const auto& record) {
           return record.node == older.base_node() && record.id == older.id;
         });
}

}  // namespace

ResourceRecord wanted_record(const StackIdentity& identity, const Graph& graph, const Node& node,
                             ResourceRecord before, const Resolver& resolver,
                             const Generations& generations) {
  ResourceRecord wanted = std::move(before);
  wanted.stack = identity.stack;
  wanted.node = node.name;
  wanted.kind = node.kind;
  wanted.tier = node.tier;
  wanted.outlived_by = graph.outlived_by(node);
  wanted.properties = resolve(node.inputs, resolver);
  for (const auto& [name, make] : node.secrets)
    wanted.properties[name] = fingerprint(identity, make(resolver));
  add_bonds(wanted, node, generations);
  set_tags(identity, wanted);
  return wanted;
}

void set_tags(const StackIdentity& identity, ResourceRecord& record) {
  if (kind_of(record.kind).tagging() == Tagging::none) return;
  std::vector<std::string> texts;
  for (const auto& [key, value] : resources::tag_map(identity, record))
    texts.push_back(key + "=" + value);
  record.properties["tags"] = std::move(texts);
}

void check_changeable(const Graph& graph, const std::vector<ResourceRecord>& known) {
  for (const ResourceRecord& record : known) {
    const Node* node = graph.find(record.node);
    if (node == nullptr || !node->reuse_id.empty() || record.id.empty()) continue;
    if (record.provenance == Provenance::reused) continue;
    for (const auto& [property, input] : node->inputs) {
      const auto* text = std::get_if<std::string>(&input);
      const bool differs = text != nullptr && record.properties.contains(property) &&
                           record.property(property) != *text;
      if (differs && kind_of(record.kind).effect_of(property) == ChangeEffect::refuse) {
        throw cannot_change(record, text_of({property, record.properties.at(property), *text}));
      }
    }
  }
}

std::vector<ResourceRecord> without_twins(std::vector<ResourceRecord> records) {
  std::vector<ResourceRecord> out;
  for (const ResourceRecord& record : records) {
    if (!is_other_name_of(record, records)) out.push_back(record);
  }
  return out;
}

Task<std::vector<ResourceRecord>> stored_resources(Store& store, std::string stack) {
  const std::vector<ResourceRecord> all = co_await store.resources(stack);
  for (const ResourceRecord& record : all) {
    if (is_other_name_of(record, all)) co_await store.erase_resource(stack, record.node);
  }
  co_return without_twins(all);
}

}  // namespace albatross
