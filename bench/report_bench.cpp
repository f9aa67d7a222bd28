// The report of a run of a thousand events: read back from its stream, laid out, written as a page.
#include "cli/report/report_page.hpp"
#include "cli/runs/event_lines.hpp"
#include "figures.hpp"

#include <string>

namespace albatross::bench {
namespace {

using namespace cli;
using std::chrono::milliseconds;

constexpr int nodes = 100;

Event event_of(EventType type, int node, int at_ms) {
  Event event;
  event.type = type;
  event.elapsed = milliseconds{at_ms};
  event.node = "target_group.service-" + std::to_string(node);
  event.kind = "target_group";
  event.step = static_cast<Step>(node * step_count / nodes);
  event.id = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop/" +
             std::to_string(node);
  return event;
}

/// Ten events a node: dependencies, waits, a retry, targets.
std::string stream() {
  RunHeader header;
  header.run = 1;
  header.stack = "shop";
  header.doing = "deploy";
  std::string text = header_line(header);
  for (int node = 0; node < nodes; ++node) {
    const int start = node * 100;
    Event started = event_of(EventType::resource_started, node, start);
    if (node > 0) started.dependencies = {{event_of({}, node - 1, 0).node, Milestone::created}};
    text += event_line(started);
    text += event_line(event_of(EventType::resource_created, node, start + 90));
    for (int look = 0; look < 6; ++look) {
      Event waiting = event_of(EventType::waiting, node, start + 100 + 500 * look);
      waiting.state = look % 2 == 0 ? "provisioning" : "pending";
      waiting.detail = "what AWS says of it, look " + std::to_string(look);
      TargetState target{"service-" + std::to_string(node), "instance.app.0",
                         "i-0123456789abcdef0"};
      target.state = look < 5 ? "unhealthy" : "healthy";
      target.reason = "Target.Timeout";
      waiting.targets = {target};
      text += event_line(waiting);
    }
    Event retrying = event_of(EventType::retrying, node, start + 3200);
    retrying.state = "Throttling";
    retrying.pause = milliseconds{200};
    retrying.detail = "DescribeTargetHealth: Throttling: Rate exceeded; again in 0.2 s";
    text += event_line(retrying);
    text += event_line(event_of(EventType::resource_ready, node, start + 3500));
  }
  return text;
}

std::vector<Figure> run() {
  const std::string text = stream();
  std::size_t size = 0;
  const Times times = interleave([&] { size = report_page(read_run(text)).size(); }, [] {},
                                 {40, std::chrono::milliseconds{1}});
  return {
      {"report/thousand_events", times.work_ns / 1e6, "ms", "", 0, "<= 50"},
      {"report/size", static_cast<double>(size) / 1000, "kB", "", 0, "<= 1000"},
  };
}

const bool added = add("report", run);

}  // namespace
}  // namespace albatross::bench
