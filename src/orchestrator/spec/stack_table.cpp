#include "orchestrator/spec/stack_table.hpp"

#include "orchestrator/spec/aws_formats.hpp"
#include "orchestrator/spec/balancing_tables.hpp"
#include "orchestrator/spec/formats.hpp"
#include "orchestrator/spec/shorthand.hpp"

namespace albatross::spec {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// A member that `finish` looks up in the reading, because it decides more than one thing.
template <class T, class V>
void looked_up_later(T&, V) {}

void choose_vpc(NetworkSpec& network, std::string choice) {
  using Mode = NetworkSpec::Mode;
  if (choice == "default") {
    network.mode = Mode::default_vpc;
  } else if (choice == "create") {
    network.mode = Mode::create;
  } else {
    network.mode = Mode::existing;
    network.vpc_id = std::move(choice);
  }
}

void set_user_data(InstancesSpec& instances, std::string text) {
  instances.user_data = Secret(std::move(text));
}

void use_file_system(Stack& stack, std::string id) {
  stack.file_system.enabled = true;
  stack.file_system.existing_id = std::move(id);
}

void use_instances(InstancesSpec& instances, std::vector<std::string> ids) {
  instances.existing_ids = std::move(ids);
}

void use_instances_tagged(InstancesSpec& instances, const std::string& key, std::string value) {
  instances.existing_tags[key] = std::move(value);
}

void set_failure_policy(Stack& stack, std::string word) {
  stack.on_failure = word == "rollback-all" ? FailurePolicy::rollback_all
                     : word == "keep"       ? FailurePolicy::keep
                                            : FailurePolicy::rollback_load_balancer;
}

const Section<NetworkSpec>& network_table() {
  using N = NetworkSpec;
  static const Section<N> table = {
      member("vpc", choose_vpc, vpc_choice(),
             "The VPC to use. default: the region's default VPC. create: a VPC of its own, with "
             "subnets, an internet gateway and routes; it goes when the stack goes.",
             "default"),
      defaulting_to("one per zone is chosen", list("subnets", &N::subnet_ids, subnet_id(), 1,
                                                   "Use exactly these subnets, all of one VPC.")),
      defaulting_to(
          "10.42.0.0/16, only with vpc: create",
          member("cidr", &N::cidr, vpc_cidr(), "The addresses of a VPC that is created.")),
      defaulting_to("the first two that qualify",
                    list("zones", &N::zones, zone_name(), 1, "The availability zones to use.")),
  };
  return table;
}

const Section<FileSystemSpec>& file_system_table() {
  using F = FileSystemSpec;
  static const Section<F> table = {
      defaulting_to(
          "true", member("enabled", &F::enabled, flag(), "Whether there is a file system at all.")),
      defaulting_to("one is made",
                    member("existing", &F::existing_id, file_system_id(),
                           "Use this file system and the mount targets that it has; where a zone "
                           "has none, one is added. It stays when the stack goes.")),
      member("mount", &F::mount_path, mount_path(), "Where every instance mounts it."),
      member("encrypted", &F::encrypted, flag(), "Encryption at rest, with the AWS managed key."),
      member("performance_mode", &F::performance_mode, word({"generalPurpose", "maxIO"}),
             "maxIO trades latency for throughput and needs throughput_mode: bursting."),
      member(
          "throughput_mode", &F::throughput_mode, word({"elastic", "bursting"}),
          "elastic follows the load; bursting grows with what is stored. EFS changes it once in 24 "
          "hours."),
  };
  return table;
}

const Section<Stack>& storage_table() {
  static const Section<Stack> table = {
      defaulting_to(
          "none",
          or_short(use_file_system, file_system_id(),
                   switchable("efs", &Stack::file_system, file_system_table(),
                              "One Amazon EFS file system with a mount target in every zone, "
                              "mounted by every instance before the user data runs."))),
  };
  return table;
}

const Section<InstancesSpec>& instances_table() {
  using I = InstancesSpec;
  static const Section<I> table = {
      member("count", &I::count, number_between(1, 100, "a number of instances"),
             "How many instances, spread over the zones."),
      member("type", &I::type, instance_type(), "The instance type of each."),
      defaulting_to("the latest Amazon Linux 2023 for the type's architecture",
                    member("image", &I::image, image_id(),
                           "The machine image, by id or by a public SSM parameter.")),
      defaulting_to("none", member("key_name", &I::key_name, key_pair_name(),
                                   "An existing EC2 key pair for SSH.")),
      defaulting_to("as the image has it", member("root_volume_gib", &I::root_volume_gib,
                                                  number_between(1, 16384, "a size in GiB"),
                                                  "The size of the root volume.")),
      member("public_ip", &I::public_ip, flag(), "Whether each instance has a public address."),
      defaulting_to("nobody",
                    list("ssh_from", &I::ssh_from, cidr_block(), 0, "Who may reach port 22.")),
      defaulting_to("one is made",
                    list("security_groups", &I::security_groups, security_group_id(), 1,
                         "Give the instances these groups. Their rules stay as they "
                         "are: they must let the services' ports through.")),
      defaulting_to("none",
                    or_short(use_instances, one_or_more(instance_id()),
                             mapped("existing", use_instances_tagged, any_tag_key(), tag_value(),
                                    "Launch none, serve from these: by id, or all running ones "
                                    "with these tags. They are used as they are."))),
      member("user_data", set_user_data, any_text("text, usually a block after '|'"),
             "A script (its first line names the interpreter) or cloud-init data, run at the first "
             "boot, after the file system is mounted.",
             "none"),
      member("user_data_file", looked_up_later<I, std::string>,
             any_text("the name of a file, relative to the stack file"),
             "The same from a file of its own.", "none"),
  };
  return table;
}

Format<seconds> step_time() {
  return seconds_between(seconds{1}, hours{24});
}

const Section<TimeoutsSpec>& timeouts_table() {
  using T = TimeoutsSpec;
  static const Section<T> table = {
      member("network", &T::network, step_time(), "Choosing or creating VPC, subnets and routes."),
      member("security_groups", &T::security_groups, step_time(),
             "The security groups and their rules."),
      member("storage", &T::storage, step_time(),
             "File system and mount targets until they are available."),
      member("instances", &T::instances, step_time(), "The instances until they run."),
      member("load_balancer", &T::load_balancer, step_time(),
             "The load balancer until it is active."),
      member("target_groups", &T::target_groups, step_time(), "The target groups."),
      member("registration", &T::registration, step_time(), "Registering the instances."),
      member("health", &T::health, step_time(), "From registration until every target is healthy."),
      member("answer", &T::answer, step_time(),
             "From healthy targets until each service answers through the load balancer."),
      member("destroy", &T::destroy, step_time(),
             "Removing any one resource, waits for what depends on it included."),
      defaulting_to("no limit",
                    member("run", &T::run, step_time(),
                           "The whole run, whatever single steps may take; what a failure leads to "
                           "(rollback) has its own time.")),
  };
  return table;
}

}  // namespace

const Section<Stack>& stack_table() {
  using S = Stack;
  using std::chrono::milliseconds;
  static const Section<S> table = {
      required(member("name", &S::name, stack_name(),
                      "The stack's name; everything it creates is named after it.")),
      defaulting_to("from the environment or the profile",
                    member("region", &S::region, region_name(), "Where it is deployed.")),
      member("tier", looked_up_later<S, int>, tier_number(),
             "1: instances and storage. 2: a load balancer in front of them.",
             "2 with a load_balancer, else 1"),
      text_map("tags", &S::tags, tag_key(), tag_value(),
               "Tags for everything that is created, 40 at most."),
      section("network", &S::network, network_table(), "Where the stack lives."),
      group("storage", storage_table(), "What the instances share."),
      section("instances", &S::instances, instances_table(), "The machines."),
      defaulting_to(
          "none", named_sections(
                      "services", &S::services, &ServiceSpec::name, service_name(), service_table(),
                      "What listens on the instances, by name. With a load balancer each gets a "
                      "target group with every instance in it.")),
      defaulting_to("none: a Tier 1 stack",
                    switchable("load_balancer", &S::load_balancer, load_balancer_table(),
                               "An Application Load Balancer in front of the services.")),
      section("timeouts", &S::timeouts, timeouts_table(), "How long each step may take."),
      member("poll_interval", &S::poll_interval, milliseconds_between(milliseconds{100}, hours{1}),
             "The longest pause between two looks at something that is awaited."),
      member("on_failure", set_failure_policy, word({"rollback-alb", "rollback-all", "keep"}),
             "What is removed when a deployment fails. rollback-alb: the load balancer and what "
             "belongs to it, the instances stay. rollback-all: all that the stack created. keep: "
             "nothing.",
             "rollback-alb"),
  };
  return table;
}

const SectionInfo& stack_vocabulary() {
  static const SectionInfo info = describe_section(stack_table());
  return info;
}

}  // namespace albatross::spec
