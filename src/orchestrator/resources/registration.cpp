#include "orchestrator/resources/elbv2_support.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

using Ids = std::vector<std::string>;

// The deregistration delay of a target group that nobody has set.
constexpr int usual_drain_seconds = 300;

/// The instances of a stack in one target group. Properties: target_group_arn, port, instances
/// (ids), service and instance_nodes (for people), drain_seconds (the target group's delay; absent:
/// AWS's usual one). Output: leaving, the instances that were let go and may still be draining.
/// Ready, and gone, when nothing drains any more; without Session::drain as soon as AWS sends the
/// targets no new requests.
class Registration final : public Kind {
 public:
  std::string_view name() const override { return "registration"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    elbv2::DescribeTargetHealthRequest request;
    request.target_group_arn = record.property("target_group_arn");
    auto call = session.aws.elbv2.describe_target_health(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer) co_return out;
    std::vector<std::string> registered;
    std::vector<std::string> draining;
    for (const auto& target : answer->target_health_descriptions) {
      const elbv2::TargetHealth& health = target.target_health;
      if (health.state == "draining") draining.push_back(target.target.id);
      const bool leaving = health.state == "draining" || health.reason == "Target.NotRegistered";
      if (!leaving) registered.push_back(target.target.id);
    }
    const Ids ours = leaving_from(record);
    draining = session.drain ? common(draining, ours) : Ids();
    // Whatever else is registered goes with the target group.
    if (record.status == RecordStatus::destroying) registered = common(registered, ours);
    if (registered.empty() && draining.empty()) co_return out;
    out = observe(record);
    if (!draining.empty()) wait_for(*out, draining, record);
    out->outputs["leaving"] = std::move(draining);
    out->actual["instances"] =
        in_wanted_order(std::move(registered), record.property_list("instances"));
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    co_await add(session, record, record.property_list("instances"));
    co_return observe(record);
  }

  Task<> update(Session& session, ResourceRecord record, Observed now,
                std::vector<std::string>) const override {
    const auto wanted = record.property_list("instances");
    const auto seen = now.actual.find("instances");
    std::vector<std::string> registered;
    if (seen != now.actual.end()) registered = std::get<std::vector<std::string>>(seen->second);
    co_await add(session, record, without(wanted, registered));
    co_await drop(session, record, without(registered, wanted));
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    co_await drop(session, record, leaving_from(record));
  }

  bool lingers() const override { return true; }

  // How long targets drain, AWS's answer says.
  Belonging belonging(const ResourceRecord& record, bool drain) const override {
    const bool drains = drain && record.property("drain_seconds") != "0";
    return {drains ? "" : record.property("target_group_arn"), ""};
  }

  ChangeEffect effect_of(std::string_view property) const override {
    if (property == "instances") return ChangeEffect::in_place;
    const bool words =
        property == "service" || property == "instance_nodes" || property == "drain_seconds";
    return words ? ChangeEffect::ignore : ChangeEffect::replace;
  }

 private:
  static Task<> add(Session& session, const ResourceRecord& record, std::vector<std::string> ids) {
    if (ids.empty()) co_return;
    elbv2::RegisterTargetsRequest request;
    request.target_group_arn = record.property("target_group_arn");
    request.targets = targets(ids, record.property("port"));
    co_await session.aws.elbv2.register_targets(std::move(request), session.options);
  }

  static Task<> drop(Session& session, const ResourceRecord& record, std::vector<std::string> ids) {
    if (ids.empty()) co_return;
    elbv2::DeregisterTargetsRequest request;
    request.target_group_arn = record.property("target_group_arn");
    request.targets = targets(ids, record.property("port"));
    co_await session.aws.elbv2.deregister_targets(std::move(request), session.options);
  }

  /// Those of ours that are on their way out.
  static Ids leaving_from(const ResourceRecord& record) {
    Ids out = record.output_list("leaving");
    if (record.status != RecordStatus::destroying) return out;
    for (std::string& id : without(record.property_list("instances"), out))
      out.push_back(std::move(id));
    return out;
  }

  static Ids common(const Ids& a, const Ids& b) { return without(a, without(a, b)); }

  static void wait_for(Observed& out, const Ids& draining, const ResourceRecord& record) {
    const std::string& own = record.property("drain_seconds");
    const int seconds = own.empty() ? usual_drain_seconds : number(own);
    out.readiness = Readiness::pending;
    out.state = "draining";
    out.detail = "draining " + draining.front();
    if (draining.size() > 1) out.detail += " and " + std::to_string(draining.size() - 1) + " more";
    out.lasts = std::chrono::seconds{seconds};
  }

  static Observed observe(const ResourceRecord& record) {
    Observed out;
    out.id = record.property("target_group_arn") + "/targets";
    out.state = "registered";
    return out;
  }
};

}  // namespace

const Kind& registration() {
  static const Registration kind;
  return kind;
}

}  // namespace albatross::resources
