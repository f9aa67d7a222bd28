#pragma once

#include "albatross/orchestrator/graph.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/state/store.hpp"

#include <functional>
#include <string>
#include <vector>

namespace albatross {

/// The generation that a node is at.
using Generations = std::function<int(const std::string& node)>;

/// The record that a node ought to have: `before` (a fresh one when there is none) with everything
/// that the graph says now. Secrets are in it as fingerprints. Pure.
ResourceRecord wanted_record(const StackIdentity& identity, const Graph& graph, const Node& node,
                             ResourceRecord before, const Resolver& resolver,
                             const Generations& generations);

/// Sets the property "tags" of a kind that has some, for the record's generation. Pure.
void set_tags(const StackIdentity& identity, ResourceRecord& record);

/// @throws NodeFailed when the graph asks for a change that is refused on something that exists; as
/// far as that can be seen without asking AWS. Pure.
void check_changeable(const Graph& graph, const std::vector<ResourceRecord>& known);

/// The records without those that are only an older name of another's thing. A run that died while
/// it put the next generation in a thing's place leaves such a one. Pure.
std::vector<ResourceRecord> without_twins(std::vector<ResourceRecord> records);

/// The stack's records without twins, which are erased from the store.
Task<std::vector<ResourceRecord>> stored_resources(Store& store, std::string stack);

}  // namespace albatross
