#include "sim/inventory.hpp"

#include "sim/core/error.hpp"
#include "sim/elbv2/target_health.hpp"

#include <algorithm>

namespace albatross::sim {
namespace {

class Inventory {
 public:
  Inventory(const World& world, TimePoint now) : world_(world), now_(now) {}

  std::vector<Item> take() {
    network();
    groups();
    compute();
    balancing();
    storage();
    identity();
    std::sort(items_.begin(), items_.end());
    return std::move(items_);
  }

 private:
  void add(std::string type, std::string id, std::string name, std::string_view state,
           const Tags& tags) {
    Item item{std::move(type), std::move(id), std::move(name), std::string(state), {}};
    item.tags.assign(tags.begin(), tags.end());
    const auto label = tags.find("Name");
    if (item.name.empty() && label != tags.end()) item.name = label->second;
    items_.push_back(std::move(item));
  }
  void add(std::string type, const std::string& id, std::string_view state) {
    add(std::move(type), id, "", state, world_.tags_of(id));
  }

  void network() {
    for (const auto& [id, vpc] : world_.vpcs) {
      add("vpc", id, now_ < vpc.available_at ? "pending" : "available");
    }
    for (const auto& [id, subnet] : world_.subnets) {
      add("subnet", id, now_ < subnet.available_at ? "pending" : "available");
    }
    for (const auto& [id, gateway] : world_.gateways) {
      add("internet-gateway", id, gateway.vpc.empty() ? "detached" : "attached");
    }
    for (const auto& [id, table] : world_.route_tables) {
      add("route-table", id, "");
      for (const Route& route : table.routes) {
        add("route", cat(id, "/", route.destination), "", route.target, {});
      }
      for (const auto& association : table.associations) {
        add("route-table-association", association.id, "", association.subnet, {});
      }
    }
    for (const auto& [id, interface] : world_.interfaces) {
      add("network-interface", id, interface.description,
          interface.attachment.empty() ? "available" : "in-use", world_.tags_of(id));
    }
  }

  void groups() {
    for (const auto& [id, group] : world_.groups) {
      add("security-group", id, group.name, "", world_.tags_of(id));
      for (const SecurityRule& rule : group.rules) {
        const std::string peer = cat(rule.ipv4, rule.ipv6, rule.group, rule.prefix_list);
        add("security-group-rule", rule.id,
            cat(id, rule.egress ? " to " : " from ", peer, " ", rule.protocol, " ",
                std::to_string(rule.from), "-", std::to_string(rule.to)),
            "", world_.tags_of(rule.id));
      }
    }
  }

  void compute() {
    for (const auto& [id, instance] : world_.instances) {
      const InstanceState state = instance.state(now_);
      if (state != InstanceState::terminated) add("instance", id, to_string(state));
    }
    for (const auto& [id, volume] : world_.volumes) {
      add("volume", id, volume.instance.empty() ? "available" : "in-use");
    }
    for (const auto& [name, key] : world_.key_pairs)
      add("key-pair", key.id, name, "", world_.tags_of(key.id));
  }

  void balancing() {
    for (const auto& [arn, lb] : world_.load_balancers) {
      if (lb.deleted_at) continue;
      const char* ready = lb.failure.empty() ? "active" : "failed";
      add("load-balancer", arn, lb.name, now_ < lb.active_at ? "provisioning" : ready, lb.tags);
    }
    for (const auto& [arn, listener] : world_.listeners) {
      add("listener", arn, cat(listener.protocol, ":", std::to_string(listener.port)), "",
          listener.tags);
    }
    for (const auto& [arn, rule] : world_.rules) {
      add("listener-rule", arn, rule.priority == 0 ? "default" : std::to_string(rule.priority), "",
          rule.tags);
    }
    for (const auto& [arn, group] : world_.target_groups) {
      add("target-group", arn, group.name, group.load_balancer.empty() ? "unused" : "in-use",
          group.tags);
      for (const auto& [key, target] : group.targets) {
        add("target", cat(arn, "/", target_key(target)), group.name,
            health_of(world_, group, target, now_).state, {});
      }
    }
  }

  void storage() {
    for (const auto& [id, fs] : world_.file_systems) {
      add("file-system", id, "", fs.state(now_), fs.tags);
    }
    for (const auto& [id, target] : world_.mount_targets) {
      add("mount-target", id, target.file_system, target.state(now_), {});
    }
    for (const auto& [name, table] : world_.dynamo_tables) {
      if (table.deleted_at && now_ >= *table.deleted_at) continue;
      const char* ready = now_ < table.active_at ? "creating" : "active";
      add("dynamodb-table", name, name, table.deleted_at ? "deleting" : ready, table.tags);
    }
  }

  void identity() {
    for (const auto& [key, role] : world_.roles) {
      add("role", role.name, role.name, "", role.tags);
      for (const auto& [name, document] : role.policies) {
        add("role-policy", cat(role.name, "/", name), name, "", {});
      }
      for (const auto& [arn, name] : role.attached) {
        add("attached-policy", cat(role.name, "/", arn), name, "", {});
      }
    }
    for (const auto& [name, profile] : world_.profiles) {
      add("instance-profile", name, name, profile.role, profile.tags);
    }
    for (const auto& [arn, certificate] : world_.certificates) {
      const char* state = now_ < certificate.issued_at ? "pending-validation" : "issued";
      if (!certificate.deleted)
        add("certificate", arn, certificate.domain, state, certificate.tags);
    }
  }

  const World& world_;
  TimePoint now_;
  std::vector<Item> items_;
};

}  // namespace

std::vector<Item> take_inventory(const World& world, TimePoint now) {
  return Inventory(world, now).take();
}

}  // namespace albatross::sim
