#include "simulation/harness/account.hpp"

#include "albatross/clients/api_caller.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/sim/transport.hpp"

#include "simulation/harness/kill_switch.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace albatross::simulation {

const char* to_string(Verb verb) {
  switch (verb) {
    case Verb::deploy:
      return "deploy";
    case Verb::rollback_load_balancer:
      return "rollback";
    case Verb::rollback_all:
      return "rollback --all";
    case Verb::destroy:
      break;
  }
  return "destroy";
}

namespace {

ApiCaller::Options options_for(const Account& account) {
  ApiCaller::Options out;
  out.region = account.cloud.options().region;
  return out;
}

/// Counts what a process that should send nothing sends.
class CountingTransport final : public http::Transport {
 public:
  explicit CountingTransport(http::Transport& inner) : inner_(inner) {}
  Task<http::Response> send(http::Request request, Deadline deadline) override {
    ++sent_;
    return inner_.send(std::move(request), deadline);
  }
  std::size_t sent() const { return sent_; }

 private:
  http::Transport& inner_;
  std::size_t sent_ = 0;
};

/// A second process on the same stack at the same time.
struct Rival {
  Rival(Account& account, VirtualClock& clock, http::Transport& wire, std::uint64_t seed)
      : entropy(seed),
        transport(wire),
        credentials(account.cloud.credentials()),
        caller(clock, entropy, transport, credentials, options_for(account)),
        deployer(caller, account.store, entropy, "a rival") {}

  SeededEntropy entropy;
  CountingTransport transport;
  StaticCredentials credentials;
  ApiCaller caller;
  Deployer deployer;
  std::string error = "it was let in";
};

/// Everything that dies with a process.
struct Process {
  Process(Account& account, TimePoint start, std::uint64_t seed, std::size_t kill_at)
      : clock(context),
        entropy(seed),
        kill(clock, kill_at),
        wire(account.cloud, clock, std::chrono::milliseconds{100}),
        transport(wire, kill),
        store(account.store, kill),
        credentials(account.cloud.credentials()),
        caller(clock, entropy, transport, credentials, options_for(account)),
        deployer(caller, store, entropy, "a simulated process") {
    clock.drive_until(start);
  }

  boost::asio::io_context context{1};
  VirtualClock clock;
  SeededEntropy entropy;
  KillSwitch kill;
  sim::SimTransport wire;
  MortalTransport transport;
  MortalStore store;
  StaticCredentials credentials;
  ApiCaller caller;
  Deployer deployer;
};

/// @param transport to AWS and to the load balancers' names
RunOptions options_of(const Stack& stack, const Fate& fate, http::Transport& transport) {
  RunOptions how;
  how.drain = fate.drain;
  how.timeouts = stack.timeouts;
  how.visitors = [&transport](const http::Origin&) { return &transport; };
  return how;
}

Task<RunResult> start(Deployer& deployer, Verb verb, const Stack& stack, RunOptions how,
                      EventSink sink) {
  switch (verb) {
    case Verb::deploy:
      return deployer.deploy(stack, std::move(sink), how);
    case Verb::rollback_load_balancer:
      return deployer.rollback(stack.name, RollbackScope::load_balancer, std::move(sink), how);
    case Verb::rollback_all:
      return deployer.rollback(stack.name, RollbackScope::everything, std::move(sink), how);
    case Verb::destroy:
      break;
  }
  return deployer.destroy(stack.name, std::move(sink), how);
}

std::string words_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& thrown) {
    return thrown.what();
  }
}

/// One life in the making: what is watched and what is done to the process.
class Living {
 public:
  Living(Account& account, Verb verb, const Stack& stack, const Fate& fate, TimePoint start,
         std::uint64_t seed)
      : account_(account),
        verb_(verb),
        stack_(stack),
        fate_(fate),
        seed_(seed),
        process_(account, start, seed, fate.kill_at) {}

  Life live() {
    auto done = [this](std::exception_ptr error, RunResult result) {
      finish(std::move(error), std::move(result));
    };
    auto run =
        start(process_.deployer, verb_, stack_, options_of(stack_, fate_, process_.transport),
              [this](const Event& event) { see(event); });
    boost::asio::co_spawn(process_.context, std::move(run),
                          boost::asio::bind_cancellation_slot(ctrl_c_.slot(), std::move(done)));
    if (fate_.kill_after) spawn(kill_later(process_, *fate_.kill_after));
    process_.clock.drive();
    life_.points = process_.kill.points();
    life_.killed_at = process_.kill.place();
    if (rival_) {
      life_.rival_error = rival_->error;
      life_.rival_requests = rival_->transport.sent();
    }
    if (!life_.result && life_.error.empty() && !process_.kill.killed()) {
      life_.error = "deadlock: the run waits for something that never happens";
    }
    return std::move(life_);
  }

  /// When the next process may begin.
  TimePoint end() const {
    // What was sent before the death still arrives.
    if (process_.kill.killed()) {
      return process_.kill.time_of_death() + std::chrono::milliseconds{200};
    }
    return rival_ ? process_.clock.now() : ended_;
  }

 private:
  static Task<> kill_later(Process& process, Duration after) {
    co_await process.clock.sleep_for(after);
    process.kill.die("while waiting");
  }

  void spawn(Task<> task) {
    boost::asio::co_spawn(process_.context, std::move(task), [](std::exception_ptr) {});
  }

  void see(const Event& event) {
    if (process_.kill.killed()) return;
    life_.events.push_back(event);
    if (life_.events.size() == fate_.cancel_at) {
      cancelled_ = process_.clock.now();
      ctrl_c_.emit(boost::asio::cancellation_type::terminal);
    }
    if (life_.events.size() == fate_.rival_at) compete();
  }

  void compete() {
    rival_ = std::make_unique<Rival>(account_, process_.clock, process_.wire, seed_ + 77);
    auto run = start(rival_->deployer, verb_, stack_, options_of(stack_, fate_, rival_->transport),
                     nullptr);
    boost::asio::co_spawn(process_.context, std::move(run),
                          [this](std::exception_ptr error, const RunResult&) {
                            if (error) rival_->error = words_of(error);
                          });
  }

  void finish(std::exception_ptr error, RunResult result) {
    ended_ = process_.clock.now();
    if (process_.kill.killed()) return;
    // A second process that comes later than this one's end is nobody's rival; and a killer that
    // comes too late kills nobody.
    process_.kill.retire();
    if (cancelled_) life_.time_to_stop = ended_ - *cancelled_;
    if (error) {
      life_.error = words_of(error);
    } else {
      life_.result = std::move(result);
    }
  }

  Account& account_;
  Verb verb_;
  const Stack& stack_;
  const Fate& fate_;
  std::uint64_t seed_;
  Life life_;
  boost::asio::cancellation_signal ctrl_c_;
  std::optional<TimePoint> cancelled_;
  TimePoint ended_{};
  // Before the process: its coroutines live in that one's event loop.
  std::unique_ptr<Rival> rival_;
  Process process_;
};

std::string tag(const sim::Item& item, std::string_view key) {
  for (const auto& [name, value] : item.tags) {
    if (name == key) return value;
  }
  return "";
}

/// The node that something of its own was made for; empty for what goes with something else.
std::string node_of(const sim::Item& item) {
  if (item.type == "security-group-rule" || item.type == "volume") return "";
  return tag(item, tag_node);
}

bool was_terminated(const sim::Cloud& cloud, const std::string& id) {
  return std::any_of(cloud.calls().begin(), cloud.calls().end(), [&](const auto& call) {
    return call.action == "TerminateInstances" && call.parameters.find(id) != std::string::npos;
  });
}

/// An instance that AWS is ending of itself, and nobody had to terminate: it needs no record, and
/// is no second one beside what takes its place.
bool ends_by_itself(const sim::Cloud& cloud, const sim::Item& item) {
  return item.state == "shutting-down" && !was_terminated(cloud, item.id);
}

}  // namespace

sim::CloudOptions plain_cloud() {
  sim::CloudOptions out;
  out.verify_signatures = false;
  return out;
}

Account::Account(sim::CloudOptions options, std::uint64_t seed)
    : cloud(std::move(options)), seed_(seed) {}

Life Account::live(Verb verb, const Stack& stack, const Fate& fate) {
  Living living(*this, verb, stack, fate, now_, seed_ * 1000 + ++lives_);
  Life life = living.live();
  now_ = living.end();
  return life;
}

std::vector<ResourceRecord> Account::records() {
  std::vector<ResourceRecord> out;
  boost::asio::io_context context;
  auto collect = [&]() -> Task<> {
    std::vector<StackRecord> stacks = co_await store.stacks();
    for (const StackRecord& stack : stacks) {
      std::vector<ResourceRecord> some = co_await store.resources(stack.name);
      out.insert(out.end(), some.begin(), some.end());
    }
  };
  boost::asio::co_spawn(context, collect(), [](std::exception_ptr) {});
  context.run();
  return out;
}

std::vector<std::string> Account::disagreements() {
  std::vector<std::string> out;
  const std::vector<sim::Item> items = inventory();
  std::set<std::string> existing;
  for (const sim::Item& item : items)
    existing.insert(item.id);
  // Records of relations (an attachment, a policy, a registration) have made-up ids with a slash.
  static const std::set<std::string> things{
      "vpc",  "subnet",           "internet_gateway", "route_table",   "security_group",
      "role", "instance_profile", "instance",         "load_balancer", "target_group",
      "rule", "listener",         "file_system",      "mount_target"};
  std::map<std::pair<std::string, std::string>, std::string> recorded;
  std::set<std::string> intended;
  for (const ResourceRecord& record : records()) {
    recorded[{record.kind, record.node}] = record.id;
    if (record.id.empty()) intended.insert(record.label());
    if (record.id.empty() || !things.contains(record.kind)) continue;
    // A record outlives its thing until AWS has confirmed that it is gone.
    if (record.status == RecordStatus::destroying) continue;
    if (!existing.contains(record.id)) {
      out.push_back("recorded but not there: " + record.node + " " + record.id);
    }
  }
  std::set<std::string> known;
  for (const auto& [key, id] : recorded)
    known.insert(id);
  for (const sim::Item& item : items) {
    const std::string node = node_of(item);
    // An intent without an answer stands for whatever has come of it.
    const bool known_or_ending = known.contains(item.id) || ends_by_itself(cloud, item);
    if (!node.empty() && !known_or_ending && !intended.contains(node)) {
      out.push_back("there but not recorded: " + item.type + " " + item.id + " of " + node);
    }
  }
  return out;
}

std::vector<std::string> Account::duplicates() {
  std::vector<std::string> out;
  std::set<std::string> seen;
  for (const sim::Item& item : inventory()) {
    const std::string node = node_of(item);
    if (ends_by_itself(cloud, item)) continue;
    if (!node.empty() && !seen.insert(item.type + " " + node).second) {
      out.push_back("there more than once: " + item.type + " of " + node + ", " + item.id + " " +
                    item.state);
    }
  }
  return out;
}

std::vector<std::string> Account::difference(const std::vector<sim::Item>& before) {
  std::vector<std::string> out;
  const std::vector<sim::Item> now = inventory();
  for (const sim::Item& item : now) {
    if (!std::binary_search(before.begin(), before.end(), item)) {
      out.push_back("left: " + item.type + " " + item.id + " " + item.name + " " + item.state);
    }
  }
  for (const sim::Item& item : before) {
    if (!std::binary_search(now.begin(), now.end(), item)) {
      out.push_back("missing: " + item.type + " " + item.id + " " + item.name);
    }
  }
  return out;
}

}  // namespace albatross::simulation
