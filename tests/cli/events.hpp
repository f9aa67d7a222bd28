#pragma once

#include "albatross/orchestrator/event.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace albatross::cli {

/// Events as the orchestrator would send them, one call each; time is what at() said last.
class EventScript {
 public:
  EventScript& at(double seconds) {
    now_ = std::chrono::milliseconds{static_cast<int>(seconds * 1000)};
    return *this;
  }

  EventScript& run(const std::string& doing) {
    Event event = make(EventType::run_started);
    event.detail = doing;
    return add(std::move(event));
  }

  EventScript& plan(std::array<int, step_count> nodes_by_step) {
    Event event = make(EventType::plan_ready);
    event.nodes_by_step = nodes_by_step;
    for (const int nodes : nodes_by_step)
      event.count += nodes;
    return add(std::move(event));
  }

  EventScript& node(EventType type, Step step, const std::string& name, const std::string& id = {},
                    const std::string& state = {}, const std::string& detail = {}) {
    Event event = make(type);
    event.step = step;
    event.node = name;
    event.kind = name.substr(0, name.find('.'));
    event.id = id;
    event.state = state;
    event.detail = detail;
    return add(std::move(event));
  }

  /// Started, created and ready at once.
  EventScript& made(Step step, const std::string& name, const std::string& id = {}) {
    node(EventType::resource_started, step, name);
    node(EventType::resource_created, step, name, id);
    return node(EventType::resource_ready, step, name, id);
  }

  EventScript& failed(Step step, const std::string& name, const std::string& code,
                      const std::string& message) {
    Failure failure;
    failure.doing = "creating " + name;
    failure.node = name;
    failure.code = code;
    failure.message = message;
    node(EventType::resource_failed, step, name);
    events_.back().failure = failure;
    return *this;
  }

  EventScript& health(std::vector<TargetState> targets) {
    node(EventType::waiting, Step::health, "target_health.n8n");
    events_.back().targets = std::move(targets);
    return *this;
  }

  EventScript& whole(EventType type, const std::string& detail = {}) {
    Event event = make(type);
    event.detail = detail;
    return add(std::move(event));
  }

  const std::vector<Event>& events() const { return events_; }

 private:
  Event make(EventType type) const {
    Event event;
    event.type = type;
    event.elapsed = now_;
    event.stack = "web";
    return event;
  }
  EventScript& add(Event event) {
    events_.push_back(std::move(event));
    return *this;
  }

  Duration now_{};
  std::vector<Event> events_;
};

inline TargetState target(const std::string& service, int instance, const std::string& state,
                          const std::string& reason = {}, const std::string& description = {}) {
  TargetState out;
  out.service = service;
  out.instance_node = "instance.app." + std::to_string(instance);
  out.instance_id = "i-0123456789abcdef" + std::to_string(instance);
  out.port = 5678;
  out.state = state;
  out.reason = reason;
  out.description = description;
  return out;
}

}  // namespace albatross::cli
