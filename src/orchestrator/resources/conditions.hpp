#pragma once

#include "albatross/orchestrator/kind.hpp"

#include <vector>

/// Which requests a rule is for, as properties and as AWS's RuleCondition. Properties: paths,
/// hosts, methods, source_ips, header.<name>, query.<key>; each a list of values.
namespace albatross::resources {

std::vector<elbv2::RuleCondition> conditions_of(const ResourceRecord& record);

/// Adds what AWS has to `actual`.
void observe_conditions(const std::vector<elbv2::RuleCondition>& conditions,
                        const ResourceRecord& record, Properties& actual);

}  // namespace albatross::resources
