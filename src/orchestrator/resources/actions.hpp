#pragma once

#include "albatross/orchestrator/kind.hpp"

#include <string>
#include <vector>

/// What a listener or rule does with a request, as properties and as AWS's Action. Properties: one
/// that names the target group (`group_property`); or target_groups, weights (in their order,
/// "9,1") and stickiness (seconds, or empty); or
/// redirect.{protocol,port,host,path,query,status_code}; or
/// fixed_response.{status_code,content_type,message_body}.
namespace albatross::resources {

std::vector<elbv2::Action> actions_of(const ResourceRecord& record,
                                      const std::string& group_property);

/// Adds what AWS has to `actual`; a property of the record that it does not have becomes empty.
void observe_actions(const std::vector<elbv2::Action>& actions, const ResourceRecord& record,
                     const std::string& group_property, Properties& actual);

}  // namespace albatross::resources
