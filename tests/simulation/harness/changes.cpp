#include "simulation/harness/changes.hpp"

#include "albatross/orchestrator/stack_file.hpp"
#include "albatross/runtime/entropy.hpp"

#include "simulation/harness/account.hpp"

#include <functional>
#include <sstream>

namespace albatross::simulation {
namespace {

constexpr const char* base = R"(
name: shop
network: {vpc: create}
instances: {count: 2, type: t3.small, user_data: "#!/bin/sh\nserve --password=hunter2\n"}
services:
  web: {port: 8080, health: {path: /health}}
  api: {port: 9090, health: {path: /ready}, route: {paths: ["/api/*"]}}
load_balancer: {enabled: true, listeners: [{port: 80, default_service: web}]}
)";

Stack base_stack() {
  return parse_stack(base, "base.yaml", [](const std::string&) { return std::nullopt; });
}

StackChange change(std::string name, const std::function<void(Stack&)>& edit) {
  StackChange out{std::move(name), base_stack(), base_stack()};
  edit(out.after);
  return out;
}

std::uint64_t mix(std::uint64_t digest, const std::string& text) {
  for (const char c : text)
    digest = (digest ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  return digest;
}

class ChangingScenario {
 public:
  explicit ChangingScenario(std::uint64_t seed) : entropy_(seed), account_(options(seed), seed) {
    verdict_.seed = seed;
    verdict_.trace = 14'695'981'039'346'656'037U;
    before_ = account_.inventory();
  }

  Verdict run() {
    Stack stack = base_stack();
    settle(stack, "the first deploy");
    const std::size_t changes = 1 + entropy_.below(3);
    for (std::size_t i = 0; i < changes; ++i) {
      stack = edited(std::move(stack));
      under_fire(stack);
      settle(stack, "change " + std::to_string(i + 1));
    }
    live(Verb::destroy, stack, never, never);
    for (const std::string& what : account_.difference(before_))
      complain(what);
    verdict_.calls = account_.cloud.total_calls();
    for (const auto& [kind, count] : account_.cloud.faults().injected())
      verdict_.faults[std::string(sim::to_string(kind))] += count;
    return std::move(verdict_);
  }

 private:
  static constexpr std::size_t never = static_cast<std::size_t>(-1);

  static sim::CloudOptions options(std::uint64_t seed) {
    sim::CloudOptions out;
    out.seed = seed;
    out.eventual_consistency = seed % 3 == 0;
    return out;
  }

  Stack edited(Stack stack) {
    static const std::vector<StackChange> all = sample_changes();
    const StackChange& drawn = all[entropy_.below(all.size())];
    // Sometimes two at once: the count is drawn for itself.
    Stack out = drawn.after;
    if (entropy_.below(2) == 0) out.instances.count = 1 + static_cast<int>(entropy_.below(3));
    out.name = stack.name;
    return out;
  }

  void under_fire(const Stack& stack) {
    sim::FaultRates rates;
    rates.seed = entropy_.next();
    rates.throttle = 0.02 * entropy_.uniform();
    rates.unavailable = 0.02 * entropy_.uniform();
    rates.lost_answer = 0.02 * entropy_.uniform();
    rates.reset_before = 0.02 * entropy_.uniform();
    account_.cloud.faults().set_rates(rates);
    const std::size_t lives = 1 + entropy_.below(2);
    for (std::size_t i = 0; i < lives; ++i) {
      const bool kill = entropy_.below(2) == 0;
      live(Verb::deploy, stack, kill ? entropy_.below(200) : never,
           kill ? never : 1 + entropy_.below(200));
      account_.wait(std::chrono::seconds{entropy_.below(400)});
    }
    account_.cloud.faults().set_rates(sim::FaultRates{});
  }

  void settle(const Stack& stack, const std::string& what) {
    const Life life = live(Verb::deploy, stack, never, never);
    if (!life.result || life.result->outcome != Outcome::done) {
      complain(what + " did not succeed: " + why(life));
      return;
    }
    for (const std::string& wrong : account_.disagreements())
      complain(what + ": " + wrong);
    const auto calls = account_.cloud.total_calls();
    live(Verb::deploy, stack, never, never);
    for (const sim::CallRecord& call : account_.cloud.calls()) {
      const bool reads = call.action.starts_with("Describe") || call.action.starts_with("Get");
      if (call.number > calls && !reads) complain(what + ", once more: " + call.action);
    }
  }

  Life live(Verb verb, const Stack& stack, std::size_t kill_at, std::size_t cancel_at) {
    Life life = account_.live(verb, stack, kill_at, cancel_at);
    ++verdict_.runs;
    if (!life.killed_at.empty()) ++verdict_.kills;
    const bool interrupted = life.result && life.result->outcome == Outcome::interrupted;
    if (interrupted) ++verdict_.cancellations;
    note(verb == Verb::deploy ? "-- deploy" : "-- destroy");
    for (const Event& event : life.events) {
      std::ostringstream line;
      line << event.elapsed.count() << " " << to_string(event.type) << " " << event.node << " "
           << event.id << " " << event.state << " " << event.detail;
      if (event.failure) line << " " << event.failure->text();
      if (line.str().find("hunter2") != std::string::npos) complain("a secret in an event");
      note(line.str());
    }
    if (!life.killed_at.empty()) note("-- killed " + life.killed_at);
    if (!life.error.empty()) complain(life.error);
    return life;
  }

  static std::string why(const Life& life) {
    if (!life.error.empty()) return life.error;
    return life.result && life.result->failure ? life.result->failure->text() : "no failure given";
  }

  void complain(std::string what) { verdict_.complaints.push_back(std::move(what)); }

  void note(std::string line) {
    verdict_.trace = mix(verdict_.trace, line);
    verdict_.log.push_back(std::move(line));
  }

  SeededEntropy entropy_;
  Account account_;
  std::vector<sim::Item> before_;
  Verdict verdict_;
};

}  // namespace

std::vector<StackChange> sample_changes() {
  std::vector<StackChange> out;
  out.push_back(change("port", [](Stack& stack) { stack.services[0].port = 8081; }));
  out.push_back(change("type", [](Stack& stack) { stack.instances.type = "t3.large"; }));
  out.push_back(change("out", [](Stack& stack) { stack.instances.count = 3; }));
  out.push_back(change("in", [](Stack& stack) { stack.instances.count = 1; }));
  out.push_back(change("scheme", [](Stack& stack) { stack.load_balancer.scheme = "internal"; }));
  out.push_back(change("content", [](Stack& stack) {
    stack.services[0].health_check.path = "/healthz";
    stack.services[1].route.paths = {"/v2/*"};
    stack.load_balancer.allow_from = {"10.0.0.0/8"};
    stack.tags = {{"owner", "somebody"}};
  }));
  out.push_back(change("service", [](Stack& stack) { stack.services.pop_back(); }));
  return out;
}

Verdict run_changing_scenario(std::uint64_t seed) {
  ChangingScenario scenario(seed);
  return scenario.run();
}

}  // namespace albatross::simulation
