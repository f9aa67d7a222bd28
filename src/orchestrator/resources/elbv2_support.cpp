#include "orchestrator/resources/elbv2_support.hpp"

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

std::vector<elbv2::Action> forward_to(const std::string& target_group_arn) {
  std::vector<elbv2::Action> out(1);
  out[0].type = "forward";
  out[0].target_group_arn = target_group_arn;
  return out;
}

std::string forward_target(const std::vector<elbv2::Action>& actions) {
  const bool plain = actions.size() == 1 && actions[0].type == "forward";
  return plain && !actions[0].target_group_arn.empty() ? actions[0].target_group_arn : "several";
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
