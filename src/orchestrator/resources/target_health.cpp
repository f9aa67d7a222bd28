#include "orchestrator/doctor/health_doctor.hpp"
#include "orchestrator/resources/elbv2_support.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"
#include "orchestrator/target_hints.hpp"

#include <algorithm>

namespace albatross::resources {
namespace {

/// Not a thing but a state: every target of one service is healthy. Properties: service,
/// target_group_arn, port, instances (ids), instance_nodes (their names, in the same order).
class TargetHealth final : public Kind {
 public:
  std::string_view name() const override { return "target_health"; }
  bool mutates() const override { return false; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    elbv2::DescribeTargetHealthRequest request;
    request.target_group_arn = record.property("target_group_arn");
    request.targets = targets(record.property_list("instances"), record.property("port"));
    auto call = session.aws.elbv2.describe_target_health(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (answer) out = observe(*answer, record);
    co_return out;
  }

  Task<> explain(Session& session, ResourceRecord record, Observed& now) const override {
    co_await diagnose_targets(session, record.property("target_group_arn"), now.targets);
  }

  // As long as it takes until the software on the instances answers.
  Watch watch(const ResourceRecord&) const override {
    return {Duration::zero(), std::chrono::minutes{10}};
  }

 private:
  static Observed observe(const elbv2::DescribeTargetHealthResponse& answer,
                          const ResourceRecord& record) {
    const auto ids = record.property_list("instances");
    const auto nodes = record.property_list("instance_nodes");
    Observed out;
    std::size_t healthy = 0;
    std::string lost;
    for (const auto& description : answer.target_health_descriptions) {
      TargetState target;
      target.service = record.property("service");
      target.instance_id = description.target.id;
      target.port = description.target.port.value_or(0);
      target.state = description.target_health.state;
      target.reason = description.target_health.reason;
      target.description = description.target_health.description;
      const auto place = std::find(ids.begin(), ids.end(), target.instance_id);
      const auto index = static_cast<std::size_t>(place - ids.begin());
      if (index < nodes.size()) target.instance_node = nodes[index];
      target.hint = target_hint(target);
      if (target.state == "healthy") ++healthy;
      // AWS says so of an instance that has ended or was stopped: no check will ever reach it.
      const bool starts = target.description.find("pending") != std::string::npos;
      if (target.reason == "Target.InvalidState" && !starts) lost = target.instance_id;
      out.targets.push_back(std::move(target));
    }
    out.state = std::to_string(healthy) + "/" + std::to_string(ids.size()) + " healthy";
    out.readiness = healthy == ids.size() ? Readiness::ready : Readiness::pending;
    for (const TargetState& target : out.targets) {
      if (target.state == "healthy" || !out.detail.empty()) continue;
      out.detail = target.instance_id + " " + target.state + " " + target.reason;
    }
    if (lost.empty()) return out;
    out.readiness = Readiness::failed;
    out.state = "Failed";
    out.detail = lost + " has ended or was stopped: no health check can reach it any more";
    return out;
  }
};

}  // namespace

const Kind& target_health() {
  static const TargetHealth kind;
  return kind;
}

}  // namespace albatross::resources
