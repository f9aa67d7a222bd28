#include "orchestrator/run.hpp"

#include "orchestrator/looks.hpp"

#include <array>
#include <iomanip>
#include <sstream>
#include <utility>

namespace albatross {
namespace {

std::chrono::seconds timeout_of_step(const TimeoutsSpec& timeouts, Step step) {
  switch (step) {
    case Step::network:
      return timeouts.network;
    case Step::security_groups:
      return timeouts.security_groups;
    case Step::storage:
      return timeouts.storage;
    case Step::instances:
      return timeouts.instances;
    case Step::load_balancer:
      return timeouts.load_balancer;
    case Step::target_groups:
      return timeouts.target_groups;
    case Step::registration:
      return timeouts.registration;
    case Step::health:
      return timeouts.health;
  }
  return timeouts.network;
}

}  // namespace

std::int64_t to_ms(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

AwsClients::AwsClients(ApiCaller& the_caller)
    : caller(the_caller),
      clock(the_caller.clock()),
      ec2(the_caller),
      elbv2(the_caller),
      efs(the_caller),
      iam(the_caller),
      sts(the_caller),
      ssm(the_caller),
      acm(the_caller),
      service_quotas(the_caller),
      looks(std::make_unique<Looks>(*this, the_caller.clock())) {}

AwsClients::~AwsClients() = default;

std::map<std::string, std::string> StackIdentity::tags(const std::string& node) const {
  std::map<std::string, std::string> out = user_tags;
  out["Name"] = stack + "/" + node;
  out[tag_stack] = stack;
  out[tag_deployment] = deployment_id;
  out[tag_node] = node;
  return out;
}

Emitter::Emitter(const Clock& clock, EventSink sink, std::string stack)
    : clock_(clock), sink_(std::move(sink)), stack_(std::move(stack)), start_(clock.now()) {}

void Emitter::emit(Event event) const {
  if (!sink_) return;
  event.elapsed = clock_.now() - start_;
  event.at = clock_.wall();
  event.stack = stack_;
  sink_(event);
}

Event Emitter::about(EventType type, const ResourceRecord& record, Step step) const {
  Event event;
  event.type = type;
  event.node = record.node;
  event.kind = record.kind;
  event.step = step;
  event.id = record.id;
  return event;
}

Session Run::session(const ResourceRecord& record, Step step, Deadline deadline) const {
  CallOptions options(deadline);
  Event event = events.about(EventType::retrying, record, step);
  options.on_retry = [this, event](const RetryNotice& notice) mutable {
    const double pause = std::chrono::duration<double>(notice.pause).count();
    std::ostringstream text;
    text << notice.action << ": " << notice.code << ": " << notice.message << "; again in "
         << std::fixed << std::setprecision(1) << pause << " s";
    event.state = notice.code;
    event.pause = notice.pause;
    event.detail = text.str();
    events.emit(event);
    finishing->pausing(event.node, notice.pause);
  };
  return Session{aws, identity, std::move(options), false, drain, visitors};
}

Deadline Run::within(Duration limit) const {
  return earlier(Deadline::after(clock, limit), end);
}

Deadline end_of_run(const Clock& clock, const TimeoutsSpec& timeouts) {
  if (timeouts.run == std::chrono::seconds::zero()) return Deadline::never();
  return Deadline::after(clock, timeouts.run);
}

std::chrono::seconds timeout_of(const TimeoutsSpec& timeouts, Step step, std::string_view kind) {
  return kind == answer_kind ? timeouts.answer : timeout_of_step(timeouts, step);
}

std::string_view timeout_name(Step step, std::string_view kind) {
  return kind == answer_kind ? answer_kind : to_string(step);
}

Step step_of_kind(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, Step>, 17> table{{
      {"security_group", Step::security_groups},
      {"security_group_rules", Step::security_groups},
      {"file_system", Step::storage},
      {"mount_target", Step::storage},
      {"role", Step::instances},
      {"role_policy", Step::instances},
      {"instance_profile", Step::instances},
      {"instance_profile_role", Step::instances},
      {"instance", Step::instances},
      {"load_balancer", Step::load_balancer},
      {"load_balancer_attributes", Step::load_balancer},
      {"listener", Step::load_balancer},
      {"listener_certificate", Step::load_balancer},
      {"rule", Step::load_balancer},
      {"target_group", Step::target_groups},
      {"target_group_attributes", Step::target_groups},
      {"registration", Step::registration},
  }};
  for (const auto& [name, step] : table) {
    if (name == kind) return step;
  }
  return kind == "target_health" || kind == answer_kind ? Step::health : Step::network;
}

}  // namespace albatross
