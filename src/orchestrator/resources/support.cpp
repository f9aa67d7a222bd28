#include "orchestrator/resources/support.hpp"

#include <algorithm>
#include <charconv>

namespace albatross::resources {

std::vector<Tag> tags_of(const Session& session, const ResourceRecord& record) {
  std::vector<Tag> out;
  for (const auto& [key, value] : tag_map(session.identity, record))
    out.push_back({key, value});
  return out;
}

std::map<std::string, std::string> tag_map(const StackIdentity& identity,
                                           const ResourceRecord& record) {
  auto out = identity.tags(record.base_node());
  out[tag_node] = record.label();
  return out;
}

std::vector<ec2::TagSpecification> tag_specifications(const Session& session,
                                                      const ResourceRecord& record,
                                                      std::string resource_type) {
  std::vector<ec2::TagSpecification> out(1);
  out[0].resource_type = std::move(resource_type);
  out[0].tags = tags_of(session, record);
  return out;
}

std::vector<ec2::Filter> node_filters(const Session& session, const ResourceRecord& record) {
  const auto tag = [](const char* key, const std::string& value) {
    return ec2::Filter{std::string("tag:") + key, {value}};
  };
  return {tag(tag_stack, session.identity.stack),
          tag(tag_deployment, session.identity.deployment_id), tag(tag_node, record.label())};
}

bool is_ours(const std::vector<Tag>& tags, const Session& session, const ResourceRecord& record) {
  const auto says = [&](const char* key, const std::string& value) {
    const std::string* found = find_tag(tags, key);
    return found != nullptr && *found == value;
  };
  return says(tag_stack, session.identity.stack) &&
         says(tag_deployment, session.identity.deployment_id) && says(tag_node, record.label());
}

bool is_of_node(const std::vector<Tag>& tags, const Session& session, const std::string& node) {
  ResourceRecord record;
  const std::string* label = find_tag(tags, tag_node);
  if (label != nullptr) record.node = *label;
  if (record.base_node() != node) return false;
  const std::size_t mark = record.node.find('@');
  if (mark != std::string::npos) record.generation = number(record.node.substr(mark + 1));
  return is_ours(tags, session, record);
}

int number(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string> in_wanted_order(std::vector<std::string> found,
                                         const std::vector<std::string>& wanted) {
  std::vector<std::string> sorted_wanted = wanted;
  std::sort(found.begin(), found.end());
  std::sort(sorted_wanted.begin(), sorted_wanted.end());
  return found == sorted_wanted ? wanted : found;
}

std::vector<std::string> without(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  std::vector<std::string> out;
  for (const std::string& text : a) {
    if (std::find(b.begin(), b.end(), text) == b.end()) out.push_back(text);
  }
  return out;
}

Readiness ready_when(const std::string& state, const std::string& ready_state) {
  return state == ready_state ? Readiness::ready : Readiness::pending;
}

}  // namespace albatross::resources
