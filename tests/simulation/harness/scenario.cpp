#include "simulation/harness/scenario.hpp"

#include "albatross/orchestrator/stack_file.hpp"
#include "albatross/runtime/entropy.hpp"

#include "simulation/harness/account.hpp"

#include <algorithm>
#include <sstream>

namespace albatross::simulation {
namespace {

constexpr const char* stacks[] = {
    R"(
name: web
instances: {count: 1, type: t3.small}
services: {web: {port: 8080}}
load_balancer: {enabled: true}
)",
    R"(
name: shop
network: {vpc: create}
storage: {efs: true}
instances: {count: 2, type: t3.small, user_data: "#!/bin/sh\nserve --password=hunter2\n"}
services:
  web: {port: 8080, health: {path: /health}}
  api: {port: 9090, health: {path: /ready}, route: {paths: ["/api/*"]}}
load_balancer: {enabled: true, listeners: [{port: 80, default_service: web}]}
)",
    R"(
name: plain
storage: {efs: true}
instances: {count: 3, type: t3.small}
services: {web: {port: 8080}}
)",
    R"(
name: everything
network: {vpc: create}
instances: {count: 2, type: t3.small}
services: {web: {port: 8080}, api: {port: 9090, route: {hosts: [api.example.com]}}}
load_balancer: {enabled: true, listeners: [{port: 80, default_service: web}, {port: 8080, default_service: api}]}
on_failure: rollback-all
)",
};

std::uint64_t mix(std::uint64_t digest, const std::string& text) {
  for (const char c : text)
    digest = (digest ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  return digest;
}

std::string line_of(const Event& event) {
  std::ostringstream out;
  out << std::chrono::duration_cast<std::chrono::milliseconds>(event.elapsed).count() << " ms "
      << to_string(event.type) << " " << event.node << " " << event.id << " " << event.state << " "
      << event.detail;
  if (event.failure) out << " " << event.failure->text();
  return out.str();
}

class Scenario {
 public:
  explicit Scenario(std::uint64_t seed)
      : entropy_(seed), account_(options(seed), seed), stack_(draw_stack()) {
    verdict_.seed = seed;
    verdict_.trace = 14'695'981'039'346'656'037U;
    before_ = account_.inventory();
  }

  Verdict run() {
    account_.cloud.faults().set_rates(draw_rates());
    until_it_settles(Verb::deploy);
    const bool abandon = entropy_.below(4) == 0;
    if (!abandon) deploy_for_good();
    destroy_for_good();
    verdict_.calls = account_.cloud.total_calls();
    for (const auto& [kind, count] : account_.cloud.faults().injected()) {
      verdict_.faults[std::string(sim::to_string(kind))] += count;
    }
    return std::move(verdict_);
  }

 private:
  static sim::CloudOptions options(std::uint64_t seed) {
    sim::CloudOptions out;
    out.seed = seed;
    out.eventual_consistency = seed % 3 == 0;
    return out;
  }

  Stack draw_stack() {
    const auto all = sample_stacks();
    return all[entropy_.below(all.size())];
  }

  sim::FaultRates draw_rates() {
    sim::FaultRates rates;
    rates.seed = entropy_.next();
    const auto rate = [&]() { return entropy_.below(3) == 0 ? 0.04 * entropy_.uniform() : 0.0; };
    rates.throttle = rate();
    rates.internal_error = rate();
    rates.unavailable = rate();
    rates.reset_before = rate();
    rates.lost_answer = rate();
    rates.delay = rate();
    rates.truncated_body = rate();
    rates.malformed_body = rate();
    rates.longest_delay = std::chrono::seconds{3};
    return rates;
  }

  /// Some runs that may be killed, cancelled or hit by faults.
  void until_it_settles(Verb verb) {
    const std::size_t lives = 1 + entropy_.below(3);
    for (std::size_t i = 0; i < lives; ++i) {
      const bool kill = entropy_.below(2) == 0;
      const bool cancel = !kill && entropy_.below(3) == 0;
      live(verb, kill ? entropy_.below(250) : never, cancel ? 1 + entropy_.below(120) : never);
      account_.wait(std::chrono::seconds{entropy_.below(90)});
    }
  }

  void deploy_for_good() {
    // A life of faults may end in a failure that the policy cleaned up; without faults it must
    // work.
    account_.cloud.faults().set_rates(sim::FaultRates{});
    const Life last = live(Verb::deploy, never, never);
    if (!last.result || last.result->outcome != Outcome::done) {
      complain("a deploy without faults did not succeed: " + why(last));
    }
    for (const std::string& what : account_.disagreements())
      complain(what);
  }

  void destroy_for_good() {
    account_.cloud.faults().set_rates(draw_rates());
    if (has_stack_) until_it_settles(Verb::destroy);
    account_.cloud.faults().set_rates(sim::FaultRates{});
    if (has_stack_) {
      const Life last = live(Verb::destroy, never, never);
      if (has_stack_) complain("a destroy without faults did not succeed: " + why(last));
    }
    for (const std::string& what : account_.difference(before_))
      complain(what);
  }

  Life live(Verb verb, std::size_t kill_at, std::size_t cancel_at) {
    const bool destroy = verb == Verb::destroy;
    if (destroy && !has_stack_) return {};
    Life life = account_.live(verb, stack_, kill_at, cancel_at);
    ++verdict_.runs;
    if (!life.killed_at.empty()) ++verdict_.kills;
    const bool interrupted = life.result && life.result->outcome == Outcome::interrupted;
    if (interrupted) ++verdict_.cancellations;
    note((destroy ? "-- destroy" : "-- deploy"));
    for (const Event& event : life.events)
      note(line_of(event));
    if (!life.killed_at.empty()) note("-- killed " + life.killed_at);
    if (!life.error.empty() && !life.error.starts_with("there is no stack")) complain(life.error);
    check_secrets(life);
    has_stack_ = !destroy || !finished_destroy(life);
    return life;
  }

  bool finished_destroy(const Life& life) const {
    if (life.error.starts_with("there is no stack")) return true;
    return life.result && life.result->outcome == Outcome::done;
  }

  static std::string why(const Life& life) {
    if (!life.error.empty()) return life.error;
    if (life.result && life.result->failure) return life.result->failure->text();
    return "no failure given";
  }

  void check_secrets(const Life& life) {
    for (const Event& event : life.events) {
      if (line_of(event).find("hunter2") != std::string::npos) complain("a secret in an event");
    }
  }

  void complain(std::string what) { verdict_.complaints.push_back(std::move(what)); }

  void note(std::string line) {
    verdict_.trace = mix(verdict_.trace, line);
    verdict_.log.push_back(std::move(line));
  }

  static constexpr std::size_t never = static_cast<std::size_t>(-1);

  SeededEntropy entropy_;
  Account account_;
  Stack stack_;
  std::vector<sim::Item> before_;
  Verdict verdict_;
  bool has_stack_ = false;
};

}  // namespace

std::vector<Stack> sample_stacks() {
  std::vector<Stack> out;
  for (const char* text : stacks) {
    out.push_back(
        parse_stack(text, "sample.yaml", [](const std::string&) { return std::nullopt; }));
  }
  return out;
}

Verdict run_scenario(std::uint64_t seed) {
  Scenario scenario(seed);
  return scenario.run();
}

}  // namespace albatross::simulation
