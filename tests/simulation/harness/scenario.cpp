#include "simulation/harness/scenario.hpp"

#include "albatross/orchestrator/stack_file.hpp"
#include "albatross/runtime/finishing.hpp"

#include "simulation/harness/account.hpp"
#include "simulation/harness/chance.hpp"
#include "simulation/harness/oracle.hpp"

#include <array>
#include <charconv>
#include <string_view>

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
    R"(
name: featured
instances: {count: 1, type: t3.small}
services:
  web: {port: 8080, stickiness: 1h, deregistration_delay: 10s}
  next: {port: 9090}
load_balancer:
  listeners:
    - redirect: https
    - protocol: HTTPS
      certificate: [arn:aws:acm:us-east-1:123456789012:certificate/a,
                    arn:aws:acm:us-east-1:123456789012:certificate/b]
      default_service: web
  rules:
    canary: {headers: {X-Canary: "1"}, forward: {web: 9, next: 1}}
    closed: {paths: [/closed], fixed_response: 503}
  attributes: {idle_timeout: 2m, deletion_protection: true}
)",
};

constexpr std::string_view secret = "hunter2";

std::uint64_t mix(std::uint64_t digest, const std::string& text) {
  for (const char c : text)
    digest = (digest ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  return digest;
}

/// Quick, because it is made of every event of every seed.
void write(std::string& line, const Event& event) {
  std::array<char, 24> digits{};
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(event.elapsed).count();
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), ms).ptr;
  line.assign(digits.data(), end);
  line.append(" ms ").append(to_string(event.type)).append(" ").append(event.node);
  line.append(" ").append(event.id).append(" ").append(event.state).append(" ");
  line.append(event.detail);
  if (event.failure) line.append(" ").append(event.failure->text());
}

class Scenario {
 public:
  Scenario(std::uint64_t seed, bool keep_log)
      : keep_log_(keep_log),
        entropy_(seed),
        account_(draw_options(seed), seed),
        before_(account_.inventory()),
        stack_(draw_stack()) {
    verdict_.seed = seed;
    verdict_.trace = 14'695'981'039'346'656'037U;
  }

  Verdict run() {
    trouble();
    until_it_settles();
    peace();
    if (entropy_.below(4) != 0) deploy_for_good();
    if (entropy_.below(3) == 0) roll_back_for_good();
    if (has_stack_) {
      trouble();
      tear_at(Verb::destroy);
      peace();
    }
    if (has_stack_) destroy_for_good();
    for (const std::string& what : account_.difference(before_))
      complain(what);
    for (const std::string& what : touched(account_, before_))
      complain(what);
    verdict_.calls = account_.cloud.total_calls();
    count_faults();
    return std::move(verdict_);
  }

 private:
  Stack draw_stack() {
    const auto& all = parsed_stacks();
    Stack out = all[entropy_.below(all.size())];
    if (out.network.mode != NetworkSpec::Mode::create && entropy_.below(3) == 0) {
      use_what_exists(out, before_);
    }
    if (entropy_.below(3) == 0) {
      static constexpr std::array policies{FailurePolicy::rollback_load_balancer,
                                           FailurePolicy::rollback_all, FailurePolicy::keep};
      out.on_failure = policies.at(entropy_.below(policies.size()));
    }
    if (entropy_.below(8) == 0) out.timeouts.run = std::chrono::seconds{60 + entropy_.below(300)};
    return out;
  }

  static const std::vector<Stack>& parsed_stacks() {
    static const std::vector<Stack> all = sample_stacks();
    return all;
  }

  void trouble() {
    account_.cloud.faults().set_rates(draw_rates(entropy_));
    add_rules(account_.cloud.faults(), entropy_, stack_);
  }

  void peace() {
    count_faults();
    account_.cloud.faults().clear();
    stack_.timeouts.run = std::chrono::seconds::zero();
  }

  void count_faults() {
    for (const auto& [kind, count] : account_.cloud.faults().injected()) {
      verdict_.faults[std::string(sim::to_string(kind))] += count;
    }
  }

  /// Some runs that may be killed, interrupted or hit by faults; the file may change between them.
  void until_it_settles() {
    const std::size_t lives = 1 + entropy_.below(3);
    for (std::size_t i = 0; i < lives; ++i) {
      if (i > 0 && has_stack_ && entropy_.below(5) == 0) {
        const bool all = entropy_.below(2) == 0;
        live(all ? Verb::rollback_all : Verb::rollback_load_balancer, draw_fate(entropy_));
      }
      live(Verb::deploy, draw_fate(entropy_));
      account_.wait(std::chrono::seconds{entropy_.below(90)});
      if (entropy_.below(3) == 0) change(stack_, entropy_);
    }
  }

  void tear_at(Verb verb) {
    const std::size_t lives = 1 + entropy_.below(2);
    for (std::size_t i = 0; i < lives && has_stack_; ++i) {
      live(verb, draw_fate(entropy_));
      account_.wait(std::chrono::seconds{entropy_.below(90)});
    }
  }

  void deploy_for_good() {
    Life last = live(Verb::deploy, Fate{});
    // What was begun under faults may still end badly; then there is nothing bad left.
    if (ended_by_itself(last)) last = live(Verb::deploy, Fate{});
    if (!last.result || last.result->outcome != Outcome::done) {
      complain("a deploy without faults did not succeed: " + why(last));
    }
    for (const std::string& what : account_.disagreements())
      complain(what);
  }

  void roll_back_for_good() {
    if (!has_stack_) return;
    const auto kept = ids_of(account_.inventory(), "instance");
    const bool all = entropy_.below(2) == 0;
    const Life last = live(all ? Verb::rollback_all : Verb::rollback_load_balancer, Fate{});
    // Killed before it was recorded.
    if (no_such_stack(last)) has_stack_ = false;
    if (no_such_stack(last)) return;
    if (!last.result || last.result->outcome != Outcome::done) {
      complain("a rollback without faults did not succeed: " + why(last));
    }
    const auto items = account_.inventory();
    if (!ids_of(items, "load-balancer").empty() || !ids_of(items, "target-group").empty()) {
      complain("a rollback left load-balancing resources");
    }
    if (!all && ids_of(items, "instance") != kept) complain("a rollback touched the instances");
    if (all) {
      for (const std::string& what : account_.difference(before_))
        complain("after rollback --all: " + what);
    }
    for (const std::string& what : account_.disagreements()) {
      // One that AWS ended by itself is missed by who looks at instances, and this does not.
      const bool lost = what.starts_with("recorded but not there: instance.");
      if (all || !lost) complain(what);
    }
  }

  void destroy_for_good() {
    const Life last = live(Verb::destroy, Fate{});
    if (has_stack_) complain("a destroy without faults did not succeed: " + why(last));
  }

  Life live(Verb verb, const Fate& fate) {
    Life life = account_.live(verb, stack_, fate);
    ++verdict_.runs;
    note(std::string("-- ") + to_string(verb));
    std::string line;
    for (const Event& event : life.events) {
      write(line, event);
      note(line);
      count_paths(event, verdict_.paths);
      if (line.find(secret) != std::string::npos) complain("a secret in an event");
    }
    note_end(verb, life);
    judge(verb, fate, life);
    has_stack_ = has_stack_ || verb == Verb::deploy;
    if (verb == Verb::destroy && is_over(life)) has_stack_ = false;
    return life;
  }

  void note_end(Verb verb, const Life& life) {
    if (!life.killed_at.empty()) {
      ++verdict_.kills;
      note("-- killed " + life.killed_at);
    }
    if (!life.error.empty()) note("-- error " + life.error);
    if (!life.result) return;
    if (life.result->outcome == Outcome::interrupted) ++verdict_.cancellations;
    note("-- outcome " + std::to_string(static_cast<int>(life.result->outcome)));
    count_paths(verb, *life.result, verdict_.paths);
  }

  void judge(Verb verb, const Fate& fate, const Life& life) {
    if (!life.error.empty() && !no_such_stack(life)) complain(life.error);
    for (const std::string& what : account_.duplicates())
      complain(what);
    for (const ResourceRecord& record : account_.records()) {
      if (mentions(record, secret)) complain("a secret in the record of " + record.node);
    }
    if (life.rival_error.find("is locked") != std::string::npos) {
      ++verdict_.paths["refused by the lock"];
      if (life.rival_requests != 0) complain("a run that was refused the lock spoke to AWS");
    } else if (!life.rival_error.empty() && life.events.size() > fate.rival_at) {
      complain("two runs on one stack at once: " + life.rival_error);
    }
    if (life.time_to_stop && *life.time_to_stop > time_to_stop) {
      ++verdict_.paths["slow to stop"];
    }
    if (life.time_to_stop && *life.time_to_stop > Finishing::patience + time_to_stop)
      complain("an interrupted run went on");
    if (!life.result || !life.result->receipt) return;
    const bool all = verb == Verb::destroy || verb == Verb::rollback_all;
    if (!all || life.result->outcome != Outcome::done) return;
    for (const std::string& what : judge_receipt(account_, *life.result->receipt))
      complain(what);
  }

  /// A load balancer or an instance whose end was decided when it was made.
  static bool ended_by_itself(const Life& life) {
    if (!life.result || !life.result->failure) return false;
    const std::string& code = life.result->failure->code;
    return code == "failed" || code == "terminated" || code == "shutting-down" || code == "Failed";
  }

  static bool no_such_stack(const Life& life) {
    return life.error.starts_with("there is no stack");
  }

  static bool is_over(const Life& life) {
    return no_such_stack(life) || (life.result && life.result->outcome == Outcome::done);
  }

  static std::string why(const Life& life) {
    if (!life.error.empty()) return life.error;
    if (life.result && life.result->failure) return life.result->failure->text();
    return "no failure given";
  }

  void complain(std::string what) { verdict_.complaints.push_back(std::move(what)); }

  void note(const std::string& line) {
    verdict_.trace = mix(verdict_.trace, line);
    if (keep_log_) verdict_.log.push_back(line);
  }

  /// A call in flight is answered within that (100 ms of latency, 3 s of delay by fault).
  static constexpr Duration time_to_stop = std::chrono::seconds{1};

  bool keep_log_;
  SeededEntropy entropy_;
  Account account_;
  std::vector<sim::Item> before_;
  Stack stack_;
  Verdict verdict_;
  bool has_stack_ = false;
};

}  // namespace

void Verdict::add(const Verdict& other) {
  runs += other.runs;
  kills += other.kills;
  cancellations += other.cancellations;
  calls += other.calls;
  for (const auto& [kind, count] : other.faults)
    faults[kind] += count;
  for (const auto& [path, count] : other.paths)
    paths[path] += count;
}

std::vector<Stack> sample_stacks() {
  std::vector<Stack> out;
  for (const char* text : stacks) {
    out.push_back(
        parse_stack(text, "sample.yaml", [](const std::string&) { return std::nullopt; }));
  }
  return out;
}

Verdict run_scenario(std::uint64_t seed, bool keep_log) {
  Scenario scenario(seed, keep_log);
  return scenario.run();
}

}  // namespace albatross::simulation
