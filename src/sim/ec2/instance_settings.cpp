#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

#include <vector>

/// What has an action of its own to change it: monitoring, CPU credits, recovery.
namespace albatross::sim::ec2 {
namespace {

void set_monitoring(Call& call, bool on) {
  std::vector<Instance*> instances;
  for (const auto id : call.params["InstanceId"].texts())
    instances.push_back(&instance_of(call, id));
  call.out.in("instancesSet", [&] {
    for (Instance* instance : instances) {
      instance->monitoring = on;
      call.out.in("item", [&] {
        call.out.leaf("instanceId", instance->id);
        call.out.in("monitoring", [&] { call.out.leaf("state", on ? "pending" : "disabling"); });
      });
    }
  });
}

void modify_credits(Call& call) {
  const auto wanted = call.params["InstanceCreditSpecification"].items();
  call.out.in("successfulInstanceCreditSpecificationSet", [&] {
    for (const Param one : wanted) {
      Instance& instance = instance_of(call, one["InstanceId"].text());
      instance.credits = one["CpuCredits"].text_or(instance.credits);
      call.out.in("item", [&] { call.out.leaf("instanceId", instance.id); });
    }
  });
  call.out.empty("unsuccessfulInstanceCreditSpecificationSet");
}

void describe_credits(Call& call) {
  const auto ids = call.params["InstanceId"].texts();
  call.out.in("instanceCreditSpecificationSet", [&] {
    for (const auto id : ids) {
      const Instance& instance = instance_of(call, id);
      call.out.in("item", [&] {
        call.out.leaf("instanceId", instance.id);
        call.out.leaf("cpuCredits", instance.credits);
      });
    }
  });
}

void modify_maintenance(Call& call) {
  Instance& instance = instance_of(call, call.params["InstanceId"].text());
  instance.auto_recovery = call.params["AutoRecovery"].text_or(instance.auto_recovery);
  call.out.leaf("instanceId", instance.id);
  call.out.leaf("autoRecovery", instance.auto_recovery);
}

constexpr Action actions[] = {
    {"MonitorInstances", [](Call& call) { set_monitoring(call, true); }},
    {"UnmonitorInstances", [](Call& call) { set_monitoring(call, false); }},
    {"ModifyInstanceCreditSpecification", modify_credits},
    {"DescribeInstanceCreditSpecifications", describe_credits},
    {"ModifyInstanceMaintenanceOptions", modify_maintenance},
};

}  // namespace

std::span<const Action> instance_setting_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
