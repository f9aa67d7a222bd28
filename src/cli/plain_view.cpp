#include "cli/plain_view.hpp"

#include "cli/node_text.hpp"

#include <utility>

namespace albatross::cli {
namespace {

constexpr Duration heartbeat_interval = std::chrono::seconds{30};
constexpr std::size_t time_width = 7;

std::string state_text(const std::string& state, const std::string& detail) {
  if (detail.empty()) return one_line(state);
  return one_line(state.empty() ? detail : state + ": " + detail);
}

std::string last_word(const NodeProgress& node, const std::vector<TargetState>& targets) {
  if (!node.trouble.empty()) return one_line(node.trouble);
  if (node.kind != "target_health") return state_text(node.state, node.detail);
  std::vector<TargetState> own;
  for (const TargetState& target : targets) {
    if (target.service == label(node.node)) own.push_back(target);
  }
  return own.empty() ? state_text(node.state, node.detail)
                     : join(health_by_service(own), ", ") + " healthy";
}

/// Each node that is waited for, what AWS last said of it, and how long such things usually take.
void append_waiting(std::vector<std::string>& out,
                    const std::array<StepProgress, step_count>& steps,
                    const std::array<std::optional<UsualTime>, step_count>& usual,
                    const std::vector<TargetState>& targets) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const NodeProgress& node : steps[i].nodes) {
      if (node.settled()) continue;
      std::vector<std::string> about;
      const std::string last = last_word(node, targets);
      if (!last.empty()) about.push_back(last);
      if (usual[i]) about.push_back("usually " + usual_text(*usual[i], false));
      const std::string said = join(about, ", ");
      out.push_back(said.empty() ? node.node : node.node + " (" + said + ")");
    }
  }
}

}  // namespace

PlainView::PlainView(std::ostream& out, TextStyle style, std::string title, std::string name)
    : out_(out), style_(style), title_(std::move(title)), name_(std::move(name)) {}

void PlainView::line(Duration at, const std::string& text) {
  out_ << paint(Tone::dim, pad_left(elapsed_text(at), time_width), style_) << "  ";
  if (!name_.empty()) out_ << name_ << "  ";
  out_ << text << std::endl;
  last_line_ = at;
}

bool PlainView::is_news(const std::string& node, const std::string& said) {
  std::string& last = said_[node];
  if (last == said) return false;
  last = said;
  return true;
}

void PlainView::on_event(const Event& event) {
  model_.apply(event);
  if (event.type == EventType::warning) {
    const std::string where = event.node.empty() ? "" : event.node + ": ";
    line(event.elapsed, paint(Tone::warn, "warning: ", style_) + one_line(where + event.detail));
  } else if (event.node.empty()) {
    run_event(event);
  } else {
    node_event(event);
  }
}

void PlainView::on_tick(Duration now) {
  warn_of_slow_steps(now);
  if (now - last_line_ >= heartbeat_interval) heartbeat(now);
}

void PlainView::note(const std::string& line) {
  out_ << line << std::endl;
}

void PlainView::run_event(const Event& event) {
  switch (event.type) {
    case EventType::run_started:
      line(event.elapsed, title_);
      break;
    case EventType::plan_ready:
      line(event.elapsed,
           counted(static_cast<std::size_t>(event.count), "resource") +
               (event.detail.empty() ? "" : ", " + one_line(event.detail)) +
               (expectations_.total ? ", about " + rough_text(*expectations_.total) : ""));
      break;
    case EventType::waiting:
      line(event.elapsed, one_line(event.detail));
      break;
    case EventType::rollback_started:
      line(event.elapsed, one_line("Rolling back: " + event.detail));
      break;
    default:
      break;
  }
}

void PlainView::announce_step(const Event& event) {
  const bool removal =
      event.type == EventType::resource_destroying || event.type == EventType::resource_gone;
  const bool building = event.type == EventType::resource_started;
  if (!removal && !building) return;
  const std::string title{removal ? removal_title(event.step) : albatross::title(event.step)};
  if (announced_.insert(title).second) line(event.elapsed, title);
}

void PlainView::node_event(const Event& event) {
  announce_step(event);
  const std::string name = "  " + event.node + ": ";
  const std::string id = event.id.empty() ? "" : " " + event.id;
  switch (event.type) {
    case EventType::resource_created:
      line(event.elapsed, name + "created" + id);
      break;
    case EventType::resource_adopted:
      line(event.elapsed, name + "found" + id);
      break;
    case EventType::resource_updated:
      line(event.elapsed, name + "updated: " + one_line(event.detail));
      break;
    case EventType::resource_replacing:
      line(event.elapsed, name + "to be replaced: " + one_line(event.detail));
      break;
    case EventType::waiting:
      waiting(event);
      break;
    case EventType::retrying:
      if (is_news(event.node, event.state)) {
        line(event.elapsed, name + "retrying: " + one_line(event.detail));
      }
      break;
    case EventType::resource_ready:
      ready(event);
      break;
    case EventType::resource_failed:
      line(event.elapsed, name + paint(Tone::bad, "failed: ", style_) +
                              one_line(event.failure ? event.failure->text() : event.detail));
      break;
    case EventType::resource_gone:
      line(event.elapsed, name + "gone");
      break;
    case EventType::resource_kept:
      line(event.elapsed, name + "kept" + (event.detail.empty() ? "" : ": " + event.detail));
      break;
    default:
      break;
  }
}

/// What is ready as soon as it is created is not worth two lines; health always is, and that a
/// service answers.
void PlainView::ready(const Event& event) {
  const bool awaited = said_.erase(event.node) > 0;
  if (!event.targets.empty()) {
    line(event.elapsed,
         "  " + event.node + ": " + join(health_by_service(event.targets), ", ") + " healthy");
  } else if (awaited || event.step == Step::health) {
    line(event.elapsed, "  " + event.node + ": " + state_text("ready", event.state));
  }
}

void PlainView::waiting(const Event& event) {
  if (!event.targets.empty()) {
    target_changes(event);
    return;
  }
  const std::string text = state_text(event.state, event.detail);
  if (!text.empty() && is_news(event.node, text)) {
    line(event.elapsed, "  " + event.node + ": " + text);
  }
}

void PlainView::target_changes(const Event& event) {
  const std::string summary = join(health_by_service(event.targets), ", ") + " healthy";
  if (is_news(event.node, summary)) line(event.elapsed, "  " + event.node + ": " + summary);
  for (const TargetState& target : event.targets) {
    if (is_healthy(target)) continue;
    std::string text = target.state;
    if (!target.reason.empty()) text += " " + target.reason;
    if (!target.description.empty()) text += ": " + target.description;
    const std::string name =
        target.service + " on " + target.instance_id + ":" + std::to_string(target.port);
    if (is_news(name, text)) line(event.elapsed, "    " + name + " " + one_line(text));
    const bool says = !target.hint.empty() && is_news(name + " hint", target.hint);
    if (says) line(event.elapsed, "      " + one_line(target.hint));
  }
}

void PlainView::warn_of_slow_steps(Duration now) {
  const auto look = [&](const StepProgress& step, std::string_view title,
                        const std::optional<UsualTime>& usual) {
    if (!is_slow(usual, step, now) || !warned_.insert(std::string(title)).second) return;
    line(now, paint(Tone::warn, "slower than usual: ", style_) + std::string(title) + " " +
                  elapsed_text(step.elapsed(now)) + " so far, usually " +
                  usual_text(*usual, false));
  };
  if (model_.finished()) return;
  for (std::size_t i = 0; i < step_count; ++i) {
    const auto step = static_cast<Step>(i);
    look(model_.building()[i], albatross::title(step), expectations_.building[i]);
    look(model_.removing()[i], removal_title(step), expectations_.removing[i]);
  }
}

void PlainView::heartbeat(Duration now) {
  std::vector<std::string> nodes;
  append_waiting(nodes, model_.building(), expectations_.building, model_.targets());
  append_waiting(nodes, model_.removing(), expectations_.removing, model_.targets());
  if (nodes.empty() || model_.finished()) return;
  line(now, "still waiting for " + join(nodes, ", "));
}

}  // namespace albatross::cli
