#include "sim/account_graph.hpp"

#include "sim/core/cidr.hpp"
#include "sim/core/error.hpp"
#include "sim/data_plane/instance_ports.hpp"
#include "sim/elbv2/target_health.hpp"

#include <set>

namespace albatross::sim {
namespace {

std::string condition_text(const RuleCondition& condition) {
  std::string out;
  for (const auto& [key, value] : condition.values) {
    if (!out.empty()) out += " or ";
    if (condition.field == "http-header") out += condition.header_name + ": ";
    out += key.empty() ? value : cat(key, "=", value);
  }
  return out;
}

std::string conditions_text(const std::vector<RuleCondition>& conditions) {
  std::string out;
  for (const RuleCondition& condition : conditions)
    out += (out.empty() ? "" : ", ") + condition_text(condition);
  return out;
}

std::string action_text(const ListenerAction& action) {
  if (action.type == "redirect") {
    return cat("redirects to ", action.protocol, "://", action.host, ":", action.port, action.path);
  }
  if (action.type == "fixed-response") return cat("answers ", action.status_code);
  return "forwards";
}

class Builder {
 public:
  Builder(const World& world, TimePoint now) : world_(world), now_(now) {}

  AccountGraph build() {
    balancers();
    target_groups();
    instances();
    file_systems();
    return std::move(graph_);
  }

 private:
  void link(const std::string& from, const std::string& to) {
    graph_.links.push_back({from, to, "", ""});
  }
  void forward(const std::string& from, const std::vector<ListenerAction>& actions) {
    for (const ListenerAction& action : actions) {
      for (const WeightedGroup& group : action.groups)
        link(from, group.arn);
    }
  }

  void balancers() {
    for (const auto& [arn, lb] : world_.load_balancers) {
      if (lb.deleted_at) continue;
      const char* ready = lb.failure.empty() ? "active" : "failed";
      graph_.nodes.push_back(
          {arn, "load-balancer", lb.name, lb.scheme, now_ < lb.active_at ? "provisioning" : ready});
    }
    for (const auto& [arn, listener] : world_.listeners) {
      graph_.nodes.push_back({arn, "listener",
                              cat(listener.protocol, " ", std::to_string(listener.port)),
                              cat("else ", action_text(listener.actions.front())), ""});
      link(listener.load_balancer, arn);
      forward(arn, listener.actions);
    }
    for (const auto& [arn, rule] : world_.rules) {
      if (rule.priority == 0) continue;
      graph_.nodes.push_back(
          {arn, "listener-rule", conditions_text(rule.conditions),
           cat("rule ", std::to_string(rule.priority), " ", action_text(rule.actions.front())),
           ""});
      link(rule.listener, arn);
      forward(arn, rule.actions);
    }
  }

  void target_groups() {
    for (const auto& [arn, group] : world_.target_groups) {
      std::size_t healthy = 0;
      for (const auto& [key, target] : group.targets) {
        const HealthReport health = health_of(world_, group, target, now_);
        healthy += health.state == "healthy" ? 1U : 0U;
        const Instance* instance = instance_behind(world_, target);
        graph_.links.push_back({arn, instance == nullptr ? target.id : instance->id,
                                std::string(health.state), health.reason});
      }
      const std::string count =
          cat(std::to_string(healthy), " of ", std::to_string(group.targets.size()), " healthy");
      graph_.nodes.push_back({arn, "target-group", group.name,
                              cat(group.protocol, " ", std::to_string(group.port), ", ", count),
                              group.load_balancer.empty() ? "unused" : ""});
    }
  }

  void instances() {
    for (const auto& [id, instance] : world_.instances) {
      const InstanceState state = instance.state(now_);
      if (state == InstanceState::terminated) continue;
      const Tags& tags = world_.tags_of(id);
      const auto name = tags.find("Name");
      graph_.nodes.push_back({id, "instance", name == tags.end() ? id : name->second,
                              cat(instance.type, ", ", world_.zone_name(instance.zone)),
                              std::string(to_string(state))});
      std::set<std::string> mounted;
      for (const auto& [mount_id, mount] : world_.mount_targets) {
        if (mount.vpc == instance.vpc && !mount.deleted_at) mounted.insert(mount.file_system);
      }
      for (const std::string& file_system : mounted)
        link(id, file_system);
    }
  }

  void file_systems() {
    for (const auto& [id, fs] : world_.file_systems) {
      std::size_t ready = 0;
      std::size_t all = 0;
      for (const auto& [mount_id, mount] : world_.mount_targets) {
        if (mount.file_system != id || mount.deleted_at) continue;
        ++all;
        ready += now_ >= mount.available_at ? 1U : 0U;
      }
      const auto name = fs.tags.find("Name");
      graph_.nodes.push_back(
          {id, "file-system", name == fs.tags.end() ? id : name->second,
           cat(std::to_string(ready), "/", std::to_string(all), " mount targets"),
           std::string(fs.state(now_))});
    }
  }

  const World& world_;
  TimePoint now_;
  AccountGraph graph_;
};

}  // namespace

AccountGraph account_graph(const World& world, TimePoint now) {
  return Builder(world, now).build();
}

}  // namespace albatross::sim
