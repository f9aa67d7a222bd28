#include "cli/json_parts.hpp"
#include "cli/plan_text.hpp"

namespace albatross::cli {
namespace {

Json node_json(const PlanNode& node) {
  Json changes = Json::array();
  for (const PlanChange& change : node.changes) {
    changes.push_back(Json{{"property", change.property},
                           {"before", or_null(change.before)},
                           {"after", or_null(change.after)},
                           {"changed_outside", change.outside}});
  }
  return Json{{"node", node.node},
              {"kind", node.kind},
              {"step", std::string(to_string(node.step))},
              {"action", std::string(to_string(node.action))},
              {"id", or_null(node.id)},
              {"why", or_null(node.why)},
              {"changes", std::move(changes)}};
}

}  // namespace

std::string plan_json(const Plan& plan, const std::string& simulation) {
  Json summary = Json::object();
  for (const PlanAction action :
       {PlanAction::create, PlanAction::update, PlanAction::replace, PlanAction::remove,
        PlanAction::forget, PlanAction::keep, PlanAction::reuse, PlanAction::refuse}) {
    summary[std::string(to_string(action))] = plan.count(action);
  }
  Json nodes = Json::array();
  for (const PlanNode& node : plan.nodes)
    nodes.push_back(node_json(node));
  const Json out{{"format", 1},
                 {"command", "plan"},
                 {"stack", plan.stack},
                 {"region", plan.region},
                 {"account", or_null(plan.account)},
                 {"exists", plan.exists},
                 {"changes", plan.changes()},
                 {"summary", std::move(summary)},
                 {"nodes", std::move(nodes)},
                 {"findings", findings_json(plan.findings)},
                 {"failure", plan.failure ? failure_json(*plan.failure) : Json(nullptr)},
                 {"simulation", simulation.empty() ? Json(nullptr) : Json::parse(simulation)}};
  return json_text(out, 2);
}

}  // namespace albatross::cli
