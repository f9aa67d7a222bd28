#include "orchestrator/looks.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Observed observe(const ec2::Subnet& subnet) {
  Observed out;
  out.id = subnet.subnet_id;
  out.outputs["zone"] = subnet.availability_zone;
  out.outputs["cidr"] = subnet.cidr_block;
  out.actual["zone"] = subnet.availability_zone;
  out.actual["cidr"] = subnet.cidr_block;
  out.actual["vpc_id"] = subnet.vpc_id;
  out.state = subnet.state;
  out.readiness = ready_when(subnet.state, "available");
  return out;
}

/// AWS::EC2::Subnet. Properties: vpc_id, cidr, zone.
class Subnet final : public Kind {
 public:
  std::string_view name() const override { return "subnet"; }
  Tagging tagging() const override { return Tagging::ec2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    std::optional<ec2::Subnet> found;
    if (record.id.empty()) {
      found = co_await by_tags(session, record);
    } else {
      found = co_await session.aws.looks->subnet(record.id, session);
    }
    std::optional<Observed> out;
    if (!found) co_return out;
    out = observe(*found);
    out->actual["tags"] = tags_seen(found->tags, session, record);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::CreateSubnetRequest request;
    request.vpc_id = record.property("vpc_id");
    request.cidr_block = record.property("cidr");
    request.availability_zone = record.property("zone");
    request.tag_specifications = tag_specifications(session, record, "subnet");
    auto answer = co_await session.aws.ec2.create_subnet(std::move(request), session.options);
    co_return observe(answer.subnet);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::DeleteSubnetRequest request;
    request.subnet_id = record.id;
    co_await session.aws.ec2.delete_subnet(std::move(request), session.options);
  }

 private:
  static Task<std::optional<ec2::Subnet>> by_tags(Session& session, const ResourceRecord& record) {
    ec2::DescribeSubnetsRequest request;
    request.filters = node_filters(session, record);
    auto answer = co_await session.aws.ec2.describe_subnets(std::move(request), session.options);
    std::optional<ec2::Subnet> out;
    if (!answer.subnets.empty()) out = std::move(answer.subnets.front());
    co_return out;
  }
};

}  // namespace

const Kind& subnet() {
  static const Subnet kind;
  return kind;
}

}  // namespace albatross::resources
