#pragma once

#include "albatross/clients/api_error.hpp"
#include "albatross/clients/ec2/common.hpp"
#include "albatross/orchestrator/kind.hpp"
#include "albatross/runtime/task.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What the resource kinds share.
namespace albatross::resources {

/// The tags of the record's resource: the stack's own, and which node and generation it is.
std::map<std::string, std::string> tag_map(const StackIdentity& identity,
                                           const ResourceRecord& record);
/// The same as the services take them.
std::vector<Tag> tags_of(const Session& session, const ResourceRecord& record);
/// The same for an EC2 create call.
std::vector<ec2::TagSpecification> tag_specifications(const Session& session,
                                                      const ResourceRecord& record,
                                                      std::string resource_type);
/// EC2 filters that match exactly this node of this deployment.
std::vector<ec2::Filter> node_filters(const Session& session, const ResourceRecord& record);
/// Do these tags say that the thing is this node of this deployment?
bool is_ours(const std::vector<Tag>& tags, const Session& session, const ResourceRecord& record);

/// The same of any generation of the node.
bool is_of_node(const std::vector<Tag>& tags, const Session& session, const std::string& node);

/// The answer, or nullopt when AWS says that the thing does not exist.
template <class T>
Task<std::optional<T>> if_found(Task<T> call) {
  std::optional<T> out;
  try {
    T value = co_await std::move(call);
    out.emplace(std::move(value));
  } catch (const ApiError& error) {
    if (error.error_class() != ErrorClass::not_found) throw;
  }
  co_return out;
}

/// The property "tags" as found: those that the stack gives the record's resource, or once gave it.
/// What others tag it with is theirs.
Value tags_seen(const std::vector<Tag>& found, const Session& session,
                const ResourceRecord& record);
/// Brings the tags of `record.id` from what was seen to what the record says, by one call or two.
Task<> retag(Session& session, Tagging tagging, ResourceRecord record, Observed now);

int number(const std::string& text);

/// `found` when it holds other texts than `wanted`, else `wanted` itself: for lists whose order
/// means nothing.
std::vector<std::string> in_wanted_order(std::vector<std::string> found,
                                         const std::vector<std::string>& wanted);

/// The texts of `a` that are not in `b`.
std::vector<std::string> without(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b);

/// "pending"/"available"/"creating" and the like.
Readiness ready_when(const std::string& state, const std::string& ready_state);

}  // namespace albatross::resources
