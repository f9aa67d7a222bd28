#include "orchestrator/looks.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Observed observe(const ec2::Vpc& vpc) {
  Observed out;
  out.id = vpc.vpc_id;
  out.outputs["cidr"] = vpc.cidr_block;
  out.actual["cidr"] = vpc.cidr_block;
  out.state = vpc.state;
  out.readiness = ready_when(vpc.state, "available");
  return out;
}

/// AWS::EC2::VPC. Properties: cidr.
class Vpc final : public Kind {
 public:
  std::string_view name() const override { return "vpc"; }
  Tagging tagging() const override { return Tagging::ec2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    std::optional<ec2::Vpc> found;
    if (record.id.empty()) {
      found = co_await by_tags(session, record);
    } else {
      found = co_await session.aws.looks->vpc(record.id, session);
    }
    std::optional<Observed> out;
    if (!found) co_return out;
    out = observe(*found);
    out->actual["tags"] = tags_seen(found->tags, session, record);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::CreateVpcRequest request;
    request.cidr_block = record.property("cidr");
    request.tag_specifications = tag_specifications(session, record, "vpc");
    auto answer = co_await session.aws.ec2.create_vpc(std::move(request), session.options);
    co_return observe(answer.vpc);
  }

  // Everything in it would have to move, file system included.
  ChangeEffect effect_of(std::string_view) const override { return ChangeEffect::refuse; }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::DeleteVpcRequest request;
    request.vpc_id = record.id;
    co_await session.aws.ec2.delete_vpc(std::move(request), session.options);
  }

 private:
  static Task<std::optional<ec2::Vpc>> by_tags(Session& session, const ResourceRecord& record) {
    ec2::DescribeVpcsRequest request;
    request.filters = node_filters(session, record);
    auto answer = co_await session.aws.ec2.describe_vpcs(std::move(request), session.options);
    std::optional<ec2::Vpc> out;
    if (!answer.vpcs.empty()) out = std::move(answer.vpcs.front());
    co_return out;
  }
};

/// The EnableDnsHostnames attribute, which EFS host names need. Dies with the VPC.
class VpcDnsHostnames final : public Kind {
 public:
  std::string_view name() const override { return "vpc_dns_hostnames"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    ec2::DescribeVpcAttributeRequest request;
    request.vpc_id = record.property("vpc_id");
    request.attribute = "enableDnsHostnames";
    auto call = session.aws.ec2.describe_vpc_attribute(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (answer && answer->enable_dns_hostnames.value_or(false)) {
      out.emplace();
      out->id = answer->vpc_id + "/enableDnsHostnames";
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::ModifyVpcAttributeRequest request;
    request.vpc_id = record.property("vpc_id");
    request.enable_dns_hostnames = true;
    co_await session.aws.ec2.modify_vpc_attribute(std::move(request), session.options);
    Observed out;
    out.id = record.property("vpc_id") + "/enableDnsHostnames";
    co_return out;
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::ModifyVpcAttributeRequest request;
    request.vpc_id = record.property("vpc_id");
    request.enable_dns_hostnames = false;
    co_await session.aws.ec2.modify_vpc_attribute(std::move(request), session.options);
  }

  Belonging belonging(const ResourceRecord& record, bool) const override {
    return {record.property("vpc_id"), ""};
  }
};

}  // namespace

const Kind& vpc() {
  static const Vpc kind;
  return kind;
}

const Kind& vpc_dns_hostnames() {
  static const VpcDnsHostnames kind;
  return kind;
}

}  // namespace albatross::resources
