#include "sim/ec2/instances.hpp"

#include "sim/ec2/catalog.hpp"
#include "sim/ec2/lists.hpp"

#include <algorithm>

namespace albatross::sim::ec2 {
namespace {

const NetworkInterface* primary_of(const Call& call, const Instance& instance) {
  if (instance.interfaces.empty()) return nullptr;
  const auto it = call.world.interfaces.find(instance.interfaces.front());
  return it == call.world.interfaces.end() ? nullptr : &it->second;
}

constexpr Filter<Instance> filters[] = {
    {"instance-id", [](const Call&, const Instance& i, Values& out) { out.push_back(i.id); }},
    {"instance-state-name", [](const Call& c, const Instance& i,
                               Values& out) { out.emplace_back(to_string(i.state(c.now))); }},
    {"instance-state-code",
     [](const Call& c, const Instance& i, Values& out) {
       out.push_back(std::to_string(state_code(i.state(c.now))));
     }},
    {"client-token",
     [](const Call&, const Instance& i, Values& out) { out.push_back(i.client_token); }},
    {"image-id", [](const Call&, const Instance& i, Values& out) { out.push_back(i.image); }},
    {"instance-type", [](const Call&, const Instance& i, Values& out) { out.push_back(i.type); }},
    {"vpc-id", [](const Call&, const Instance& i, Values& out) { out.push_back(i.vpc); }},
    {"subnet-id", [](const Call&, const Instance& i, Values& out) { out.push_back(i.subnet); }},
    {"network-interface.subnet-id",
     [](const Call&, const Instance& i, Values& out) { out.push_back(i.subnet); }},
    {"network-interface.vpc-id",
     [](const Call&, const Instance& i, Values& out) { out.push_back(i.vpc); }},
    {"network-interface.network-interface-id",
     [](const Call&, const Instance& i, Values& out) { out = i.interfaces; }},
    {"reservation-id",
     [](const Call&, const Instance& i, Values& out) { out.push_back(i.reservation); }},
    {"key-name", [](const Call&, const Instance& i, Values& out) { out.push_back(i.key_name); }},
    {"owner-id",
     [](const Call& c, const Instance&, Values& out) { out.push_back(c.world.options.account); }},
    {"availability-zone", [](const Call& c, const Instance& i,
                             Values& out) { out.push_back(c.world.zone_name(i.zone)); }},
    {"private-ip-address",
     [](const Call&, const Instance& i, Values& out) { out.push_back(ipv4_text(i.address)); }},
    {"ip-address",
     [](const Call& c, const Instance& i, Values& out) {
       const NetworkInterface* primary = primary_of(c, i);
       if (primary != nullptr && primary->public_address != 0) {
         out.push_back(ipv4_text(primary->public_address));
       }
     }},
    {"instance.group-id",
     [](const Call& c, const Instance& i, Values& out) {
       if (const auto* primary = primary_of(c, i)) out = primary->groups;
     }},
    {"network-interface.group-id",
     [](const Call& c, const Instance& i, Values& out) {
       if (const auto* primary = primary_of(c, i)) out = primary->groups;
     }},
    {"instance.group-name",
     [](const Call& c, const Instance& i, Values& out) {
       const auto* primary = primary_of(c, i);
       if (primary == nullptr) return;
       for (const auto& id : primary->groups)
         out.push_back(c.world.groups.at(id).name);
     }},
    {"iam-instance-profile.arn",
     [](const Call& c, const Instance& i, Values& out) {
       const auto it = c.world.profiles.find(i.profile);
       if (it != c.world.profiles.end()) out.push_back(it->second.arn);
     }},
    {"architecture",
     [](const Call&, const Instance& i, Values& out) {
       const Image* image = find_image(i.image);
       if (image != nullptr) out.emplace_back(image->architecture);
     }},
    {"tenancy", [](const Call&, const Instance& i, Values& out) { out.push_back(i.tenancy); }},
    {"instance-lifecycle", [](const Call&, const Instance&, Values&) {}},
    {"root-device-type",
     [](const Call&, const Instance&, Values& out) { out.emplace_back("ebs"); }},
    {"metadata-options.http-tokens",
     [](const Call&, const Instance& i, Values& out) { out.push_back(i.http_tokens); }},
};

void describe_instances(Call& call) {
  static constexpr Listing<Instance> listing{
      "InstanceId", "", "i-", "InvalidInstanceID", "instance ID", 5, 1000, true, filters};
  std::vector<std::pair<std::string, std::vector<Instance*>>> reservations;
  const auto last = select(call, listing, call.world.instances, [&](Instance& instance) {
    const auto known = std::find_if(reservations.begin(), reservations.end(),
                                    [&](const auto& r) { return r.first == instance.reservation; });
    if (known == reservations.end()) {
      reservations.push_back({instance.reservation, {&instance}});
    } else {
      known->second.push_back(&instance);
    }
  });
  call.out.in("reservationSet", [&] {
    for (const auto& [id, instances] : reservations) {
      call.out.in("item", [&, &reservation = id, &members = instances] {
        write_reservation(call, reservation, members);
      });
    }
  });
  write_next_token(call, last);
}

std::string_view check_state(const Call& call, const Instance& instance) {
  if (instance.state(call.now) != InstanceState::running) return "not-applicable";
  const auto ok_at = instance.running_at + call.world.options.times.status_checks;
  return call.now >= ok_at ? "ok" : "initializing";
}

constexpr Filter<Instance> status_filters[] = {
    {"instance-state-name", filters[1].values},
    {"instance-state-code", filters[2].values},
    {"availability-zone", [](const Call& c, const Instance& i,
                             Values& out) { out.push_back(c.world.zone_name(i.zone)); }},
    {"instance-status.status",
     [](const Call& c, const Instance& i, Values& out) { out.emplace_back(check_state(c, i)); }},
    {"system-status.status",
     [](const Call& c, const Instance& i, Values& out) { out.emplace_back(check_state(c, i)); }},
};

void write_check(Call& call, const char* element, std::string_view state) {
  call.out.in(element, [&] {
    call.out.leaf("status", state);
    if (state == "not-applicable") return;
    call.out.in("details", [&] {
      call.out.in("item", [&] {
        call.out.leaf("name", "reachability");
        call.out.leaf("status", state == "ok" ? "passed" : "initializing");
      });
    });
  });
}

void describe_status(Call& call) {
  static constexpr Listing<Instance> listing{
      "InstanceId", "", "i-", "InvalidInstanceID", "instance ID", 5, 1000, true, status_filters};
  if (call.params["InstanceId"].items().size() > 100) {
    refuse("InvalidParameterValue", "The maximum number of instance ids is 100");
  }
  const bool all = call.params["IncludeAllInstances"].is_true();
  call.out.open("instanceStatusSet");
  const auto last = select(call, listing, call.world.instances, [&](const Instance& instance) {
    const InstanceState state = instance.state(call.now);
    if (!all && state != InstanceState::running) return;
    call.out.in("item", [&] {
      call.out.leaf("instanceId", instance.id);
      call.out.leaf("availabilityZone", call.world.zone_name(instance.zone));
      call.out.in("instanceState", [&] {
        call.out.leaf("code", state_code(state));
        call.out.leaf("name", to_string(state));
      });
      write_check(call, "systemStatus", check_state(call, instance));
      write_check(call, "instanceStatus", check_state(call, instance));
    });
  });
  call.out.close("instanceStatusSet");
  write_next_token(call, last);
}

/// Every instance that the call names; any unknown id fails the whole call.
std::vector<Instance*> named_instances(Call& call) {
  const auto ids = call.params["InstanceId"].texts();
  if (ids.empty()) refuse("MissingParameter", "The request must contain the parameter InstanceId");
  static constexpr Listing<Instance> listing{"InstanceId", "", "i-", "InvalidInstanceID",
                                             "instance ID"};
  check_listed_ids(call, listing, call.world.instances, ids);
  std::vector<Instance*> instances;
  for (const auto id : ids)
    instances.push_back(&call.world.instances.find(id)->second);
  return instances;
}

void write_change(Call& call, const Instance& instance, InstanceState before) {
  const auto write = [&](const char* element, InstanceState state) {
    call.out.in(element, [&] {
      call.out.leaf("code", state_code(state));
      call.out.leaf("name", to_string(state));
    });
  };
  call.out.in("item", [&] {
    call.out.leaf("instanceId", instance.id);
    write("currentState", instance.state(call.now));
    write("previousState", before);
  });
}

void terminate(Call& call) {
  const auto instances = named_instances(call);
  for (const Instance* instance : instances) {
    if (!instance->termination_protection || instance->terminating) continue;
    refuse("OperationNotPermitted",
           cat("The instance '", instance->id,
               "' may not be terminated. Modify its "
               "'disableApiTermination' instance attribute and try again."));
  }
  call.out.in("instancesSet", [&] {
    for (Instance* instance : instances) {
      const InstanceState before = instance->state(call.now);
      begin_termination(call.world, *instance, call.now, call.wall, "Client.UserInitiatedShutdown",
                        "Client.UserInitiatedShutdown: User initiated shutdown");
      write_change(call, *instance, before);
    }
  });
}

[[noreturn]] void wrong_state(const Instance& instance, std::string_view wanted) {
  refuse("IncorrectInstanceState", cat("The instance '", instance.id,
                                       "' is not in a state from which it can be ", wanted, "."));
}

void stop(Call& call) {
  const auto instances = named_instances(call);
  for (const Instance* instance : instances) {
    const InstanceState state = instance->state(call.now);
    if (state == InstanceState::terminated || state == InstanceState::shutting_down ||
        state == InstanceState::pending)
      wrong_state(*instance, "stopped");
  }
  call.out.in("instancesSet", [&] {
    for (Instance* instance : instances) {
      const InstanceState before = instance->state(call.now);
      if (before == InstanceState::running) {
        instance->stopping = call.now;
        instance->stopped_at = call.now + call.world.options.times.instance_stopped;
        instance->reason_code = "Client.UserInitiatedShutdown";
        instance->reason = "Client.UserInitiatedShutdown: User initiated shutdown";
        instance->ended_wall = call.wall;
        for (const auto& id : instance->interfaces) {
          call.world.interfaces.at(id).public_address = 0;
        }
      }
      write_change(call, *instance, before);
    }
  });
}

void start(Call& call) {
  const auto instances = named_instances(call);
  for (const Instance* instance : instances) {
    const InstanceState state = instance->state(call.now);
    if (state != InstanceState::stopped && state != InstanceState::running &&
        state != InstanceState::pending)
      wrong_state(*instance, "started");
  }
  call.out.in("instancesSet", [&] {
    for (Instance* instance : instances) {
      const InstanceState before = instance->state(call.now);
      if (before == InstanceState::stopped) {
        instance->stopping.reset();
        instance->started = call.now;
        instance->running_at = call.now + call.world.options.times.instance_running;
        instance->reason_code.clear();
        instance->launched_wall = call.wall;
        if (instance->auto_public_ip) {
          call.world.give_public_address(call.world.interfaces.at(instance->interfaces.front()));
        }
      }
      write_change(call, *instance, before);
    }
  });
}

void reboot(Call& call) {
  for (const Instance* instance : named_instances(call)) {
    if (instance->state(call.now) != InstanceState::running) wrong_state(*instance, "rebooted");
  }
  write_return(call);
}

constexpr Action actions[] = {
    {"DescribeInstances", describe_instances}, {"DescribeInstanceStatus", describe_status},
    {"TerminateInstances", terminate, true},   {"StopInstances", stop, true},
    {"StartInstances", start, true},           {"RebootInstances", reboot},
};

}  // namespace

std::span<const Action> instance_actions() {
  return actions;
}

void begin_termination(World& world, Instance& instance, TimePoint at, WallTime wall,
                       std::string code, std::string words) {
  if (instance.terminating) return;
  instance.terminating = at;
  const bool was_stopped = instance.stopping && at >= instance.stopped_at;
  instance.terminated_at = was_stopped ? at : at + world.options.times.instance_terminated;
  instance.reason_code = std::move(code);
  instance.reason = std::move(words);
  instance.ended_wall = wall;
  world.schedule(instance.terminated_at, Due::release_instance, instance.id);
  world.schedule(instance.terminated_at + world.options.times.terminated_visible,
                 Due::forget_instance, instance.id);
}

}  // namespace albatross::sim::ec2
