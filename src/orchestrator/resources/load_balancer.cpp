#include "albatross/orchestrator/names.hpp"
#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/looks.hpp"
#include "orchestrator/resources/elbv2_support.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Readiness readiness_of(const std::string& state) {
  if (state == "active" || state == "active_impaired") return Readiness::ready;
  return state == "failed" ? Readiness::failed : Readiness::pending;
}

Observed observe(const elbv2::LoadBalancer& balancer, const ResourceRecord& record) {
  Observed out;
  out.id = balancer.load_balancer_arn;
  out.outputs["arn"] = balancer.load_balancer_arn;
  out.outputs["dns_name"] = balancer.dns_name;
  out.outputs["hosted_zone_id"] = balancer.canonical_hosted_zone_id;
  out.actual["name"] = balancer.load_balancer_name;
  out.actual["scheme"] = balancer.scheme;
  out.actual["vpc_id"] = balancer.vpc_id;
  out.actual["ip_address_type"] = balancer.ip_address_type;
  out.actual["security_groups"] =
      in_wanted_order(balancer.security_groups, record.property_list("security_groups"));
  std::vector<std::string> subnets;
  for (const auto& zone : balancer.availability_zones)
    subnets.push_back(zone.subnet_id);
  out.actual["subnets"] = in_wanted_order(std::move(subnets), record.property_list("subnets"));
  out.state = balancer.state.code;
  out.detail = balancer.state.reason;
  out.readiness = readiness_of(balancer.state.code);
  return out;
}

/// AWS::ElasticLoadBalancingV2::LoadBalancer (application). Properties: name, scheme, vpc_id,
/// subnets, security_groups, ip_address_type. Gone only when its network interfaces are, because
/// they hold the security groups, the subnets and the internet gateway.
class LoadBalancer final : public Kind {
 public:
  std::string_view name() const override { return "load_balancer"; }
  Tagging tagging() const override { return Tagging::elbv2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    std::optional<elbv2::LoadBalancer> found;
    std::vector<ec2::NetworkInterface> held;
    if (record.id.empty()) {
      found = co_await by_name(session, record);
    } else {
      std::vector<Task<>> looks;
      looks.push_back(look(session, record.id, found));
      // Both at once: one of them alone says only that it is not gone yet.
      const bool leaving = record.status == RecordStatus::destroying;
      if (leaving) looks.push_back(look_for_interfaces(session, record.id, held));
      co_await when_all(std::move(looks));
    }
    std::optional<Observed> out;
    if (!found && !held.empty()) out = lingering(record.id, held);
    if (!found) co_return out;
    out = observe(*found, record);
    // By name a stranger's load balancer may be found; by recorded id never.
    co_await check_tags(session, record, out);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    elbv2::CreateLoadBalancerRequest request;
    request.name = record.property("name");
    request.scheme = record.property("scheme");
    request.type = "application";
    request.ip_address_type = record.property("ip_address_type");
    request.subnets = record.property_list("subnets");
    request.security_groups = record.property_list("security_groups");
    request.tags = tags_of(session, record);
    auto answer =
        co_await session.aws.elbv2.create_load_balancer(std::move(request), session.options);
    if (answer.load_balancers.empty()) {
      throw std::runtime_error("CreateLoadBalancer answered no load balancer");
    }
    co_return observe(answer.load_balancers.front(), record);
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string> changed) const override {
    for (const std::string& property : changed) {
      if (property == "security_groups") {
        elbv2::SetSecurityGroupsRequest request;
        request.load_balancer_arn = record.id;
        request.security_groups = record.property_list("security_groups");
        co_await session.aws.elbv2.set_security_groups(std::move(request), session.options);
      } else if (property == "subnets") {
        elbv2::SetSubnetsRequest request;
        request.load_balancer_arn = record.id;
        request.subnets = record.property_list("subnets");
        co_await session.aws.elbv2.set_subnets(std::move(request), session.options);
      } else if (property == "ip_address_type") {
        elbv2::SetIpAddressTypeRequest request;
        request.load_balancer_arn = record.id;
        request.ip_address_type = record.property("ip_address_type");
        co_await session.aws.elbv2.set_ip_address_type(std::move(request), session.options);
      }
    }
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    elbv2::DeleteLoadBalancerRequest request;
    request.load_balancer_arn = record.id;
    co_await session.aws.elbv2.delete_load_balancer(std::move(request), session.options);
  }

  ChangeEffect effect_of(std::string_view property) const override {
    const bool in_place =
        property == "security_groups" || property == "subnets" || property == "ip_address_type";
    return in_place ? ChangeEffect::in_place : ChangeEffect::replace;
  }

  std::size_t name_limit() const override { return load_balancer_name_limit; }

  bool lingers() const override { return true; }

  // Usually two to three minutes up; down, its interfaces take half a minute.
  Watch watch(const ResourceRecord& record) const override {
    const bool down = record.status == RecordStatus::destroying;
    return {std::chrono::seconds{down ? 10 : 60}, std::chrono::minutes{down ? 5 : 10}};
  }

 private:
  static Task<std::optional<elbv2::LoadBalancer>> by_name(Session& session,
                                                          const ResourceRecord& record) {
    elbv2::DescribeLoadBalancersRequest request;
    request.names = {record.property("name")};
    auto call = session.aws.elbv2.describe_load_balancers(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<elbv2::LoadBalancer> out;
    if (answer && !answer->load_balancers.empty()) out = std::move(answer->load_balancers.front());
    co_return out;
  }

  static Task<> look(Session& session, std::string arn, std::optional<elbv2::LoadBalancer>& found) {
    found = co_await session.aws.looks->load_balancer(std::move(arn), session);
  }

  static Task<> look_for_interfaces(Session& session, std::string arn,
                                    std::vector<ec2::NetworkInterface>& held) {
    // The interfaces are described as "ELB app/<name>/<id>": the end of the ARN.
    const std::size_t start = arn.find("app/");
    if (start == std::string::npos) co_return;
    held = co_await session.aws.looks->interfaces("ELB " + arn.substr(start), session);
  }

  static Observed lingering(const std::string& arn,
                            const std::vector<ec2::NetworkInterface>& held) {
    Observed out;
    out.id = arn;
    out.state = "deleted";
    out.readiness = Readiness::pending;
    out.detail = std::to_string(held.size()) + " network interfaces not released yet (" +
                 held.front().network_interface_id + ")";
    return out;
  }
};

}  // namespace

const Kind& load_balancer() {
  static const LoadBalancer kind;
  return kind;
}

}  // namespace albatross::resources
