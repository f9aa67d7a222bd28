// Whether what is going to be made may be made, asked of AWS with dry runs of the same requests.
// Only where the request is the real one as far as policies can tell: one that names less could be
// refused although the real one is not.

#include "orchestrator/preflight/answer.hpp"
#include "orchestrator/resources/support.hpp"

#include <utility>

namespace albatross {

void AccountQuestions::plan_dry_runs(std::vector<Task<>>& tasks) {
  if (scope_.needs.network) tasks.push_back(try_vpc());
  if (scope_.needs.security_groups > 0 && stack_.network.mode != NetworkSpec::Mode::create)
    tasks.push_back(try_security_group());
}

/// A dry run always ends with an error: the one that says what would have happened.
template <class T>
Task<> AccountQuestions::dry_run(Task<T> call, std::string action) {
  try {
    co_await std::move(call);
  } catch (const ApiError& error) {
    if (error.error_class() != ErrorClass::permission) co_return;
    facts_.refusals.push_back({std::move(action), error.message(), error.request_id()});
  } catch (const CredentialsError&) {
    co_return;  // every other call says so too
  }
}

Task<> AccountQuestions::try_vpc() {
  ec2::CreateVpcRequest request;
  request.cidr_block = stack_.network.cidr;
  request.tag_specifications = tags_for("vpc", {"vpc"});
  request.dry_run = true;
  auto call = aws_.ec2.create_vpc(std::move(request), options_);
  co_await dry_run(std::move(call), "ec2:CreateVpc");
}

Task<> AccountQuestions::try_security_group() {
  ec2::CreateSecurityGroupRequest request;
  request.group_name = stack_.name + "-app";
  request.description = "Asked of AWS in a dry run";
  // Without one it is the default VPC's, as it will be.
  request.vpc_id = stack_.network.vpc_id;
  request.tag_specifications = tags_for("security_group.app", {"security-group"});
  request.dry_run = true;
  auto call = aws_.ec2.create_security_group(std::move(request), options_);
  co_await dry_run(std::move(call), "ec2:CreateSecurityGroup");
}

Task<> AccountQuestions::try_launch(SharedLook& look) {
  co_await look.image_known.wait();
  const bool in_default_vpc = stack_.network.mode == NetworkSpec::Mode::default_vpc;
  const bool named = !stack_.network.subnet_ids.empty();
  if (look.image_id.empty() || (!in_default_vpc && !named)) co_return;
  ec2::RunInstancesRequest request;
  request.image_id = look.image_id;
  request.instance_type = stack_.instances.type;
  request.key_name = stack_.instances.key_name;
  if (named) request.subnet_id = stack_.network.subnet_ids.front();
  request.security_group_ids = stack_.instances.security_groups;
  request.tag_specifications = tags_for("instance.app.0", {"instance", "volume"});
  request.dry_run = true;
  auto call = aws_.ec2.run_instances(std::move(request), options_);
  co_await dry_run(std::move(call), "ec2:RunInstances");
}

std::vector<ec2::TagSpecification> AccountQuestions::tags_for(
    const std::string& node, std::vector<std::string> types) const {
  std::vector<Tag> tags;
  for (const auto& [key, value] : identity_.tags(node))
    tags.push_back({key, value});
  std::vector<ec2::TagSpecification> out;
  for (std::string& type : types)
    out.push_back({std::move(type), tags});
  return out;
}

}  // namespace albatross
