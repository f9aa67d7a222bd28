#include "albatross/orchestrator/names.hpp"

#include "orchestrator/resources/elbv2_support.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Observed observe(const elbv2::TargetGroup& group) {
  Observed out;
  out.id = group.target_group_arn;
  out.outputs["arn"] = group.target_group_arn;
  out.actual["name"] = group.target_group_name;
  out.actual["port"] = std::to_string(group.port.value_or(0));
  out.actual["protocol"] = group.protocol;
  out.actual["protocol_version"] = group.protocol_version;
  out.actual["health_check.protocol"] = group.health_check_protocol;
  out.actual["vpc_id"] = group.vpc_id;
  out.actual["health_check.path"] = group.health_check_path;
  out.actual["health_check.port"] = group.health_check_port;
  out.actual["health_check.interval"] = std::to_string(group.health_check_interval_seconds);
  out.actual["health_check.timeout"] = std::to_string(group.health_check_timeout_seconds);
  out.actual["health_check.healthy_threshold"] = std::to_string(group.healthy_threshold_count);
  out.actual["health_check.unhealthy_threshold"] = std::to_string(group.unhealthy_threshold_count);
  const bool grpc = group.protocol_version == "GRPC";
  out.actual["health_check.codes"] = grpc ? group.matcher.grpc_code : group.matcher.http_code;
  return out;
}

/// The health-check members, which creating and modifying share.
template <class Request>
void set_health_check(Request& request, const ResourceRecord& record) {
  request.health_check_protocol = record.property("health_check.protocol");
  request.health_check_path = record.property("health_check.path");
  request.health_check_port = record.property("health_check.port");
  request.health_check_interval_seconds = number(record.property("health_check.interval"));
  request.health_check_timeout_seconds = number(record.property("health_check.timeout"));
  request.healthy_threshold_count = number(record.property("health_check.healthy_threshold"));
  request.unhealthy_threshold_count = number(record.property("health_check.unhealthy_threshold"));
  request.matcher.emplace();
  const bool grpc = record.property("protocol_version") == "GRPC";
  (grpc ? request.matcher->grpc_code : request.matcher->http_code) =
      record.property("health_check.codes");
}

/// AWS::ElasticLoadBalancingV2::TargetGroup of instances. Properties: name, port, protocol,
/// protocol_version, vpc_id,
/// health_check.{protocol,path,port,interval,timeout,healthy_threshold,unhealthy_threshold,codes}.
class TargetGroup final : public Kind {
 public:
  std::string_view name() const override { return "target_group"; }
  Tagging tagging() const override { return Tagging::elbv2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    elbv2::DescribeTargetGroupsRequest request;
    if (record.id.empty()) {
      request.names = {record.property("name")};
    } else {
      request.target_group_arns = {record.id};
    }
    auto call = session.aws.elbv2.describe_target_groups(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer || answer->target_groups.empty()) co_return out;
    out = observe(answer->target_groups.front());
    co_await check_tags(session, record, out);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    elbv2::CreateTargetGroupRequest request;
    request.name = record.property("name");
    request.protocol = record.property("protocol");
    request.protocol_version = record.property("protocol_version");
    request.port = number(record.property("port"));
    request.vpc_id = record.property("vpc_id");
    request.target_type = "instance";
    set_health_check(request, record);
    request.tags = tags_of(session, record);
    auto answer =
        co_await session.aws.elbv2.create_target_group(std::move(request), session.options);
    if (answer.target_groups.empty()) {
      throw std::runtime_error("CreateTargetGroup answered no target group");
    }
    co_return observe(answer.target_groups.front());
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string>) const override {
    elbv2::ModifyTargetGroupRequest request;
    request.target_group_arn = record.id;
    set_health_check(request, record);
    co_await session.aws.elbv2.modify_target_group(std::move(request), session.options);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    elbv2::DeleteTargetGroupRequest request;
    request.target_group_arn = record.id;
    co_await session.aws.elbv2.delete_target_group(std::move(request), session.options);
  }

  std::size_t name_limit() const override { return target_group_name_limit; }

  ChangeEffect effect_of(std::string_view property) const override {
    return property.starts_with("health_check.") ? ChangeEffect::in_place : ChangeEffect::replace;
  }
};

}  // namespace

const Kind& target_group() {
  static const TargetGroup kind;
  return kind;
}

}  // namespace albatross::resources
