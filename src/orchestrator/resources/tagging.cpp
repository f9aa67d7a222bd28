#include "orchestrator/resources/support.hpp"

#include <set>
#include <stdexcept>

namespace albatross::resources {
namespace {

std::string key_in(const std::string& text) {
  return text.substr(0, text.find('='));
}

struct TagChange {
  std::vector<Tag> set;
  std::vector<std::string> dropped;
};

TagChange change_between(const std::vector<std::string>& seen,
                         const std::vector<std::string>& wanted) {
  TagChange out;
  std::set<std::string> kept;
  for (const std::string& text : wanted)
    kept.insert(key_in(text));
  for (const std::string& text : without(wanted, seen))
    out.set.push_back({key_in(text), text.substr(key_in(text).size() + 1)});
  for (const std::string& text : without(seen, wanted)) {
    if (!kept.contains(key_in(text))) out.dropped.push_back(key_in(text));
  }
  return out;
}

Task<> retag_ec2(Session& session, std::string id, TagChange change) {
  if (!change.set.empty()) {
    ec2::CreateTagsRequest request;
    request.resources = {id};
    request.tags = std::move(change.set);
    co_await session.aws.ec2.create_tags(std::move(request), session.options);
  }
  if (change.dropped.empty()) co_return;
  ec2::DeleteTagsRequest request;
  request.resources = {id};
  for (std::string& key : change.dropped)
    request.tags.push_back({std::move(key), std::nullopt});
  co_await session.aws.ec2.delete_tags(std::move(request), session.options);
}

Task<> retag_elbv2(Session& session, std::string arn, TagChange change) {
  if (!change.set.empty()) {
    elbv2::AddTagsRequest request;
    request.resource_arns = {arn};
    request.tags = std::move(change.set);
    co_await session.aws.elbv2.add_tags(std::move(request), session.options);
  }
  if (change.dropped.empty()) co_return;
  elbv2::RemoveTagsRequest request;
  request.resource_arns = {arn};
  request.tag_keys = std::move(change.dropped);
  co_await session.aws.elbv2.remove_tags(std::move(request), session.options);
}

Task<> retag_efs(Session& session, std::string id, TagChange change) {
  if (!change.set.empty()) {
    efs::TagResourceRequest request;
    request.resource_id = id;
    request.tags = std::move(change.set);
    co_await session.aws.efs.tag_resource(std::move(request), session.options);
  }
  if (change.dropped.empty()) co_return;
  efs::UntagResourceRequest request;
  request.resource_id = id;
  request.tag_keys = std::move(change.dropped);
  co_await session.aws.efs.untag_resource(std::move(request), session.options);
}

Task<> retag_role(Session& session, std::string name, TagChange change) {
  if (!change.set.empty()) {
    iam::TagRoleRequest request;
    request.role_name = name;
    request.tags = std::move(change.set);
    co_await session.aws.iam.tag_role(std::move(request), session.options);
  }
  if (change.dropped.empty()) co_return;
  iam::UntagRoleRequest request;
  request.role_name = name;
  request.tag_keys = std::move(change.dropped);
  co_await session.aws.iam.untag_role(std::move(request), session.options);
}

Task<> retag_instance_profile(Session& session, std::string name, TagChange change) {
  if (!change.set.empty()) {
    iam::TagInstanceProfileRequest request;
    request.instance_profile_name = name;
    request.tags = std::move(change.set);
    co_await session.aws.iam.tag_instance_profile(std::move(request), session.options);
  }
  if (change.dropped.empty()) co_return;
  iam::UntagInstanceProfileRequest request;
  request.instance_profile_name = name;
  request.tag_keys = std::move(change.dropped);
  co_await session.aws.iam.untag_instance_profile(std::move(request), session.options);
}

}  // namespace

Value tags_seen(const std::vector<Tag>& found, const Session& session,
                const ResourceRecord& record) {
  std::set<std::string> keys;
  for (const auto& [key, value] : tag_map(session.identity, record))
    keys.insert(key);
  for (const std::string& text : record.property_list("tags"))
    keys.insert(key_in(text));
  std::vector<std::string> out;
  for (const Tag& tag : found) {
    if (keys.contains(tag.key)) out.push_back(tag.key + "=" + tag.value);
  }
  return out;
}

Task<> retag(Session& session, Tagging tagging, ResourceRecord record, Observed now) {
  const auto seen = now.actual.find("tags");
  const std::vector<std::string> before =
      seen == now.actual.end() ? std::vector<std::string>() : texts_of(seen->second);
  TagChange change = change_between(before, record.property_list("tags"));
  switch (tagging) {
    case Tagging::ec2:
      co_await retag_ec2(session, record.id, std::move(change));
      break;
    case Tagging::elbv2:
      co_await retag_elbv2(session, record.id, std::move(change));
      break;
    case Tagging::efs:
      co_await retag_efs(session, record.id, std::move(change));
      break;
    case Tagging::iam_role:
      co_await retag_role(session, record.id, std::move(change));
      break;
    case Tagging::iam_instance_profile:
      co_await retag_instance_profile(session, record.id, std::move(change));
      break;
    case Tagging::none:
      throw std::logic_error("a " + record.kind + " has no tags");
  }
}

}  // namespace albatross::resources
