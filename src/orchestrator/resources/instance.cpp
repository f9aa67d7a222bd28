#include "orchestrator/looks.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Readiness readiness_of(const std::string& state) {
  if (state == "running") return Readiness::ready;
  if (state == "pending") return Readiness::pending;
  if (state == "terminated") return Readiness::gone;
  return Readiness::failed;
}

Observed observe(const ec2::Instance& instance) {
  Observed out;
  out.id = instance.instance_id;
  out.outputs["private_ip"] = instance.private_ip_address;
  out.outputs["public_ip"] = instance.public_ip_address;
  out.outputs["zone"] = instance.placement.availability_zone;
  out.outputs["image_id"] = instance.image_id;
  out.actual["type"] = instance.instance_type;
  out.actual["subnet_id"] = instance.subnet_id;
  std::vector<std::string> groups;
  for (const ec2::GroupIdentifier& group : instance.security_groups)
    groups.push_back(group.group_id);
  // Of one that is going AWS tells no groups any more.
  if (!groups.empty()) out.actual["security_groups"] = std::move(groups);
  out.state = instance.state.name;
  out.readiness = readiness_of(instance.state.name);
  if (instance.state_reason && out.readiness != Readiness::ready) {
    const auto& [code, message] = *instance.state_reason;
    // AWS mostly repeats the code in front of its message.
    out.detail = message.starts_with(code) ? message : code + ": " + message;
  }
  return out;
}

/// AWS::EC2::Instance. Properties: type, image (as in the stack file), image_id (what it stood for
/// at the launch), subnet_id, security_groups, public_ip, key_name, instance_profile,
/// root_device, root_volume_gib, user_data (a fingerprint; the secret holds the text).
class Instance final : public Kind {
 public:
  std::string_view name() const override { return "instance"; }
  Tagging tagging() const override { return Tagging::ec2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    std::optional<ec2::Instance> found;
    if (record.id.empty()) {
      found = co_await by_token(session, record);
    } else {
      found = co_await session.aws.looks->instance(record.id, session);
    }
    std::optional<Observed> out;
    if (!found) co_return out;
    out = observe(*found);
    out->actual["tags"] = tags_seen(found->tags, session, record);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets secrets) const override {
    ec2::RunInstancesRequest request = launch_request(record);
    request.tag_specifications = tag_specifications(session, record, "instance");
    request.tag_specifications.push_back({"volume", request.tag_specifications.front().tags});
    request.user_data = secrets["user_data"];
    auto answer = co_await session.aws.ec2.run_instances(std::move(request), session.options);
    if (answer.instances.empty()) throw std::runtime_error("RunInstances answered no instance");
    Observed out = observe(answer.instances.front());
    // A repeated token gives back the launch's own answer; only a look tells how far it is by now.
    if (out.readiness != Readiness::pending) out.readiness = Readiness::pending;
    co_return out;
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    co_await session.aws.looks->terminate(record.id, session);
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string>) const override {
    ec2::ModifyInstanceAttributeRequest request;
    request.instance_id = record.id;
    request.groups = record.property_list("security_groups");
    co_await session.aws.ec2.modify_instance_attribute(std::move(request), session.options);
  }

  // A running instance keeps the image that its alias meant when it was launched.
  ChangeEffect effect_of(std::string_view property) const override {
    const bool launch_only = property == "image_id" || property == "root_device";
    if (property == "security_groups") return ChangeEffect::in_place;
    return launch_only ? ChangeEffect::ignore : ChangeEffect::replace;
  }

  bool lingers() const override { return true; }

  // Usually ten to sixteen seconds up, thirty to sixty down.
  Watch watch(const ResourceRecord& record) const override {
    const bool down = record.status == RecordStatus::destroying;
    return {std::chrono::seconds{down ? 10 : 5}, std::chrono::minutes{down ? 5 : 2}};
  }

 private:
  static Task<std::optional<ec2::Instance>> by_token(Session& session,
                                                     const ResourceRecord& record) {
    ec2::DescribeInstancesRequest request;
    request.filters = {ec2::Filter{"client-token", {record.token}}};
    request.max_results = 100;
    auto answer = co_await session.aws.ec2.all_instances(std::move(request), session.options);
    std::optional<ec2::Instance> out;
    if (!answer.empty()) out = std::move(answer.front());
    co_return out;
  }

  static ec2::RunInstancesRequest launch_request(const ResourceRecord& record) {
    ec2::RunInstancesRequest request;
    request.image_id = record.property("image_id");
    request.instance_type = record.property("type");
    request.client_token = record.token;
    request.key_name = record.property("key_name");
    request.iam_instance_profile_name = record.property("instance_profile");
    request.metadata_options.emplace();
    request.metadata_options->http_tokens = "required";
    // Two hops, so that containers on the instance reach the metadata service as well.
    request.metadata_options->http_put_response_hop_limit = 2;
    ec2::InstanceNetworkInterfaceSpecification network;
    network.subnet_id = record.property("subnet_id");
    network.groups = record.property_list("security_groups");
    network.associate_public_ip_address = record.property("public_ip") == "true";
    network.delete_on_termination = true;
    request.network_interfaces.push_back(std::move(network));
    if (!record.property("root_volume_gib").empty()) {
      ec2::BlockDeviceMapping root;
      root.device_name = record.property("root_device");
      root.ebs.emplace();
      root.ebs->volume_size = number(record.property("root_volume_gib"));
      root.ebs->delete_on_termination = true;
      request.block_device_mappings.push_back(std::move(root));
    }
    return request;
  }
};

}  // namespace

const Kind& instance() {
  static const Instance kind;
  return kind;
}

}  // namespace albatross::resources
