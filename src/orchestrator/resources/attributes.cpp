#include "orchestrator/attributes.hpp"

#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

using List = std::vector<elbv2::Attribute>;

/// AWS's keys have a dot, names of other properties do not.
bool is_attribute(const std::string& name) {
  return name.find('.') != std::string::npos;
}

/// The settings of a load balancer or target group that the stack file has: a thing of its own,
/// which is gone when AWS's defaults hold again. Properties: the ARN of what they are of, and the
/// settings by AWS's keys.
class AttributesKind : public Kind {
 public:
  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    std::optional<List> found = co_await describe(session, record);
    std::optional<Observed> out;
    if (!found) co_return out;
    Observed seen;
    seen.id = record.property(std::string(arn_property())) + "/attributes";
    bool all_default = true;
    for (elbv2::Attribute& attribute : *found) {
      if (!record.properties.contains(attribute.key)) continue;
      const auto usual = default_attribute(attribute.key);
      if (usual && *usual != attribute.value) all_default = false;
      seen.actual[attribute.key] = std::move(attribute.value);
    }
    const bool gone = record.status == RecordStatus::destroying && all_default;
    if (!gone) out = std::move(seen);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    List list;
    for (const auto& [name, value] : record.properties) {
      if (is_attribute(name)) list.push_back({name, record.property(name)});
    }
    co_await modify(session, record, std::move(list));
    Observed out;
    out.id = record.property(std::string(arn_property())) + "/attributes";
    co_return out;
  }

  /// Everything that is wanted, and the defaults of what no longer is.
  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string> changed) const override {
    List list;
    for (const std::string& name : changed) {
      const bool wanted = record.properties.contains(name);
      const auto usual = default_attribute(name);
      if (wanted) list.push_back({name, record.property(name)});
      if (!wanted && usual) list.push_back({name, *usual});
    }
    if (list.empty()) co_return;
    co_await modify(session, record, std::move(list));
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    List list;
    for (const auto& [name, value] : record.properties) {
      const auto usual = default_attribute(name);
      if (usual) list.push_back({name, *usual});
    }
    if (list.empty()) co_return;
    co_await modify(session, record, std::move(list));
  }

  Belonging belonging(const ResourceRecord& record, bool) const override {
    // That one keeps AWS from deleting the load balancer.
    const bool may_protect = record.properties.contains("deletion_protection.enabled");
    return {may_protect ? "" : record.property(std::string(arn_property())), ""};
  }

  ChangeEffect effect_of(std::string_view property) const override {
    return property == arn_property() ? ChangeEffect::replace : ChangeEffect::in_place;
  }

 private:
  virtual std::string_view arn_property() const = 0;
  /// nullopt when the thing itself is gone.
  virtual Task<std::optional<List>> describe(Session& session, ResourceRecord record) const = 0;
  virtual Task<> modify(Session& session, ResourceRecord record, List list) const = 0;
};

class LoadBalancerAttributes final : public AttributesKind {
 public:
  std::string_view name() const override { return "load_balancer_attributes"; }

 private:
  std::string_view arn_property() const override { return "load_balancer_arn"; }

  Task<std::optional<List>> describe(Session& session, ResourceRecord record) const override {
    elbv2::DescribeLoadBalancerAttributesRequest request;
    request.load_balancer_arn = record.property("load_balancer_arn");
    auto call =
        session.aws.elbv2.describe_load_balancer_attributes(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<List> out;
    if (answer) out = std::move(answer->attributes);
    co_return out;
  }

  Task<> modify(Session& session, ResourceRecord record, List list) const override {
    elbv2::ModifyLoadBalancerAttributesRequest request;
    request.load_balancer_arn = record.property("load_balancer_arn");
    request.attributes = std::move(list);
    co_await session.aws.elbv2.modify_load_balancer_attributes(std::move(request), session.options);
  }
};

class TargetGroupAttributes final : public AttributesKind {
 public:
  std::string_view name() const override { return "target_group_attributes"; }

 private:
  std::string_view arn_property() const override { return "target_group_arn"; }

  Task<std::optional<List>> describe(Session& session, ResourceRecord record) const override {
    elbv2::DescribeTargetGroupAttributesRequest request;
    request.target_group_arn = record.property("target_group_arn");
    auto call =
        session.aws.elbv2.describe_target_group_attributes(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<List> out;
    if (answer) out = std::move(answer->attributes);
    co_return out;
  }

  Task<> modify(Session& session, ResourceRecord record, List list) const override {
    elbv2::ModifyTargetGroupAttributesRequest request;
    request.target_group_arn = record.property("target_group_arn");
    request.attributes = std::move(list);
    co_await session.aws.elbv2.modify_target_group_attributes(std::move(request), session.options);
  }
};

}  // namespace

const Kind& load_balancer_attributes() {
  static const LoadBalancerAttributes kind;
  return kind;
}

const Kind& target_group_attributes() {
  static const TargetGroupAttributes kind;
  return kind;
}

}  // namespace albatross::resources
