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
#include <set>

namespace albatross::simulation {
namespace {

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
        caller(clock, entropy, transport, credentials, options(account)),
        deployer(caller, store, entropy, "a simulated process") {
    clock.drive_until(start);
  }

  static ApiCaller::Options options(const Account& account) {
    ApiCaller::Options out;
    out.region = account.cloud.options().region;
    return out;
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

std::string tag(const sim::Item& item, std::string_view key) {
  for (const auto& [name, value] : item.tags) {
    if (name == key) return value;
  }
  return "";
}

}  // namespace

Account::Account(sim::CloudOptions options, std::uint64_t seed)
    : cloud(std::move(options)), seed_(seed) {}

Life Account::live(Verb verb, const Stack& stack, std::size_t kill_at, std::size_t cancel_at) {
  Life life;
  boost::asio::cancellation_signal ctrl_c;
  Process process(*this, now_, seed_ * 1000 + ++lives_, kill_at);
  auto watch = [&](const Event& event) {
    if (process.kill.killed()) return;
    life.events.push_back(event);
    if (life.events.size() == cancel_at) ctrl_c.emit(boost::asio::cancellation_type::terminal);
  };
  auto done = [&](std::exception_ptr error, RunResult result) {
    if (process.kill.killed()) return;
    if (!error) {
      life.result = std::move(result);
      return;
    }
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& thrown) {
      life.error = thrown.what();
    }
  };
  Task<RunResult> run = verb == Verb::deploy ? process.deployer.deploy(stack, watch)
                                             : process.deployer.destroy(stack.name, watch);
  boost::asio::co_spawn(process.context, std::move(run),
                        boost::asio::bind_cancellation_slot(ctrl_c.slot(), std::move(done)));
  process.clock.drive();
  now_ = process.kill.killed() ? process.kill.time_of_death() : process.clock.now();
  life.points = process.kill.points();
  life.killed_at = process.kill.place();
  if (!life.result && life.error.empty() && !process.kill.killed()) {
    life.error = "deadlock: the run waits for something that never happens";
  }
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
  for (const ResourceRecord& record : records()) {
    recorded[{record.kind, record.node}] = record.id;
    if (record.id.empty() || !things.contains(record.kind)) continue;
    if (!existing.contains(record.id)) {
      out.push_back("recorded but not there: " + record.node + " " + record.id);
    }
  }
  std::set<std::string> known;
  for (const auto& [key, id] : recorded)
    known.insert(id);
  std::map<std::string, std::vector<std::string>> by_node;
  for (const sim::Item& item : items) {
    const std::string node = tag(item, tag_node);
    if (node.empty() || item.type == "security-group-rule" || item.type == "volume") continue;
    by_node[item.type + " " + node].push_back(item.id);
    if (!known.contains(item.id)) {
      out.push_back("there but not recorded: " + item.type + " " + item.id + " of " + node);
    }
  }
  for (const auto& [what, ids] : by_node) {
    if (ids.size() > 1) out.push_back("there " + std::to_string(ids.size()) + " times: " + what);
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
