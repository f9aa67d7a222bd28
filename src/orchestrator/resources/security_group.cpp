#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

/// AWS::EC2::SecurityGroup without its rules. Properties: name, description, vpc_id.
class SecurityGroup final : public Kind {
 public:
  std::string_view name() const override { return "security_group"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    ec2::DescribeSecurityGroupsRequest request;
    if (record.id.empty()) {
      request.filters = node_filters(session, record);
    } else {
      request.group_ids = {record.id};
    }
    auto call = session.aws.ec2.describe_security_groups(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer || answer->security_groups.empty()) co_return out;
    const ec2::SecurityGroup& group = answer->security_groups.front();
    out.emplace();
    out->id = group.group_id;
    out->actual["name"] = group.group_name;
    out->actual["vpc_id"] = group.vpc_id;
    out->actual["description"] = group.description;
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::CreateSecurityGroupRequest request;
    request.group_name = record.property("name");
    request.description = record.property("description");
    request.vpc_id = record.property("vpc_id");
    request.tag_specifications = tag_specifications(session, record, "security-group");
    auto answer =
        co_await session.aws.ec2.create_security_group(std::move(request), session.options);
    Observed out;
    out.id = answer.group_id;
    co_return out;
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::DeleteSecurityGroupRequest request;
    request.group_id = record.id;
    co_await session.aws.ec2.delete_security_group(std::move(request), session.options);
  }
};

}  // namespace

const Kind& security_group() {
  static const SecurityGroup kind;
  return kind;
}

}  // namespace albatross::resources
