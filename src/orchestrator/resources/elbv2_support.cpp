#include "orchestrator/resources/elbv2_support.hpp"

#include <algorithm>

namespace albatross::resources {

Task<std::vector<Tag>> tags_of_arn(Session& session, std::string arn) {
  elbv2::DescribeTagsRequest request;
  request.resource_arns = {std::move(arn)};
  auto call = session.aws.elbv2.describe_tags(std::move(request), session.options);
  auto answer = co_await if_found(std::move(call));
  std::vector<Tag> out;
  if (answer && !answer->tag_descriptions.empty()) out = answer->tag_descriptions.front().tags;
  co_return out;
}

namespace {

constexpr std::size_t most_groups_of_an_action = 5;

bool forwards(const std::vector<elbv2::Action>& actions) {
  return actions.size() == 1 && actions[0].type == "forward";
}

std::vector<elbv2::TargetGroupTuple> groups_of(const elbv2::Action& action) {
  if (action.forward_config && !action.forward_config->target_groups.empty()) {
    return action.forward_config->target_groups;
  }
  std::vector<elbv2::TargetGroupTuple> out(1);
  out[0].target_group_arn = action.target_group_arn;
  out[0].weight = 1;
  return out;
}

}  // namespace

Task<> check_tags(Session& session, const ResourceRecord& record, std::optional<Observed>& found) {
  const bool by_id = !record.id.empty();
  if (by_id && !session.thorough) co_return;
  const std::vector<Tag> tags = co_await tags_of_arn(session, found->id);
  found->actual["tags"] = tags_seen(tags, session, record);
  if (!by_id && !is_ours(tags, session, record)) found.reset();
}

std::optional<std::vector<elbv2::Action>> joined(const std::vector<elbv2::Action>& now,
                                                 const std::vector<elbv2::Action>& wanted) {
  std::optional<std::vector<elbv2::Action>> out;
  if (!forwards(now) || !forwards(wanted)) return out;
  std::vector<elbv2::TargetGroupTuple> groups = groups_of(now[0]);
  for (const elbv2::TargetGroupTuple& group : groups_of(wanted[0])) {
    const bool there = std::any_of(groups.begin(), groups.end(), [&](const auto& other) {
      return other.target_group_arn == group.target_group_arn;
    });
    if (!there) groups.push_back({group.target_group_arn, 0});
  }
  if (groups.size() > most_groups_of_an_action) return out;
  out = now;
  elbv2::Action& action = out->front();
  action.target_group_arn.clear();
  if (!action.forward_config) action.forward_config.emplace();
  action.forward_config->target_groups = std::move(groups);
  return out;
}

std::vector<elbv2::TargetDescription> targets(const std::vector<std::string>& instance_ids,
                                              const std::string& port) {
  std::vector<elbv2::TargetDescription> out;
  for (const std::string& id : instance_ids) {
    elbv2::TargetDescription target;
    target.id = id;
    target.port = number(port);
    out.push_back(std::move(target));
  }
  return out;
}

}  // namespace albatross::resources
