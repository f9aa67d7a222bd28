#include "sim/data_plane/data_plane.hpp"

#include "sim/core/answer.hpp"
#include "sim/elbv2/target_health.hpp"
#include "sim/wire.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <set>

namespace albatross::sim {
namespace {

using Endpoint = std::pair<std::string, std::uint16_t>;  // instance, port

http::Response text_answer(int status, std::string body, std::string type = "text/plain") {
  http::Response response;
  response.status = status;
  response.headers.add("Server", "awselb/2.0");
  if (!type.empty()) response.headers.add("Content-Type", std::move(type));
  response.body = std::move(body);
  return response;
}

http::Response gateway_error(int status) {
  http::Response page = render_html(status);
  page.headers.add("Server", "awselb/2.0");
  return page;
}

bool of_connection(std::string_view name) {
  std::string lower(name);
  for (char& c : lower)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  static const std::set<std::string> names = {
      "connection", "keep-alive", "content-length", "transfer-encoding", "proxy-connection", "te",
      "trailer",    "upgrade",    "expect"};
  return names.contains(lower);
}

/// The health check's port, as RegisterTargets and the group's settings give it.
std::uint16_t check_port(const TargetGroup& group, const Target& target) {
  if (group.health_port == "traffic-port") return static_cast<std::uint16_t>(target.port);
  return static_cast<std::uint16_t>(std::stoi(group.health_port));
}

}  // namespace

struct DataPlane::Shared : std::enable_shared_from_this<DataPlane::Shared> {
  Shared(boost::asio::any_io_executor ex, Cloud& served, Clock& time,
         std::function<TimePoint()> now)
      : executor(std::move(ex)),
        cloud(served),
        clock(time),
        cloud_now(std::move(now)),
        transport(time, transport_options()) {}

  static http::BeastTransportOptions transport_options() {
    http::BeastTransportOptions options;
    options.connect_timeout = std::chrono::seconds{10};
    options.user_agent = "";
    return options;
  }

  void refresh();
  void open_instances();
  void open_fronts();
  bool open_front(int port, const std::string& protocol, const std::string& name);
  void send_checks();
  std::string address_of(const std::string& instance);

  Task<http::Response> instance_answer(Endpoint self, http::Request request);
  Task<http::Response> front_answer(int port, http::Request request, Peer peer);
  Task<http::Response> forward(const ListenerAction& action, http::Request request,
                               Inbound inbound);
  Task<> check(std::string group, std::string target, std::uint16_t target_port,
               http::Request request, std::string matcher, Duration limit);
  const Listener* listener_for(int port, const std::string& host) const;

  boost::asio::any_io_executor executor;
  Cloud& cloud;
  Clock& clock;
  std::function<TimePoint()> cloud_now;
  http::BeastTransport transport;
  std::map<Endpoint, std::unique_ptr<HttpService>> services;
  std::map<int, std::unique_ptr<HttpService>> fronts;  // by listener port
  std::map<std::string, std::uint32_t> addresses;
  std::map<std::string, std::uint64_t> turns;  // by listener, and by target group
  TlsIdentity identity;
  bool stopped = false;
};

std::string DataPlane::Shared::address_of(const std::string& instance) {
  const auto next = static_cast<std::uint32_t>(addresses.size()) + 1;
  const auto number = addresses.emplace(instance, next).first->second;
  return ipv4_text((127U << 24U | 64U << 16U) + number);
}

void DataPlane::Shared::refresh() {
  if (stopped) return;
  cloud.world().settle(cloud_now());
  open_instances();
  open_fronts();
  send_checks();
}

void DataPlane::Shared::open_instances() {
  World& world = cloud.world();
  const TimePoint now = cloud_now();
  std::set<Endpoint> wanted;
  const auto want = [&](const std::string& id, std::uint16_t port) {
    const auto it = world.instances.find(id);
    if (it == world.instances.end()) return;
    const Instance& instance = it->second;
    const bool booted = instance.state(now) == InstanceState::running &&
                        now >= instance.running_at + world.options.times.instance_boot;
    if (booted && !instance.silent_ports.contains(port)) wanted.emplace(id, port);
  };
  for (const auto& [arn, group] : world.target_groups) {
    for (const auto& [key, target] : group.targets) {
      want(target.id, static_cast<std::uint16_t>(target.port));
      want(target.id, check_port(group, target));
    }
  }
  std::erase_if(services, [&](const auto& entry) { return !wanted.contains(entry.first); });
  for (const Endpoint& endpoint : wanted) {
    if (services.contains(endpoint)) continue;
    auto answer = [self = shared_from_this(), endpoint](http::Request request, Peer) {
      return self->instance_answer(endpoint, std::move(request));
    };
    try {
      services[endpoint] = std::make_unique<HttpService>(executor, address_of(endpoint.first),
                                                         endpoint.second, std::move(answer));
    } catch (const boost::system::system_error&) {
      // Not ours to bind: any free port will do, health checks and the proxy ask the service.
      auto again = [self = shared_from_this(), endpoint](http::Request request, Peer) {
        return self->instance_answer(endpoint, std::move(request));
      };
      services[endpoint] =
          std::make_unique<HttpService>(executor, address_of(endpoint.first), 0, std::move(again));
    }
  }
}

void DataPlane::Shared::open_fronts() {
  const World& world = cloud.world();
  std::map<int, const Listener*> wanted;
  for (const auto& [arn, listener] : world.listeners) {
    const auto lb = world.load_balancers.find(listener.load_balancer);
    const bool active = lb != world.load_balancers.end() && !lb->second.deleted_at &&
                        lb->second.failure.empty() && cloud_now() >= lb->second.active_at;
    if (active) wanted.emplace(listener.port, &listener);
  }
  std::erase_if(fronts, [&](const auto& entry) { return !wanted.contains(entry.first); });
  for (const auto& [port, listener] : wanted) {
    if (fronts.contains(port)) continue;
    open_front(port, listener->protocol, world.load_balancers.at(listener->load_balancer).dns_name);
  }
}

bool DataPlane::Shared::open_front(int port, const std::string& protocol, const std::string& name) {
  const bool tls = protocol == "HTTPS";
  if (tls && identity.key.empty()) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(clock.wall().time_since_epoch());
    identity = self_signed("*" + name.substr(name.find('.')), seconds.count());
  }
  for (const int candidate : {port, port + 8000, 0}) {
    if (candidate > 65535) continue;
    auto answer = [self = shared_from_this(), port](http::Request request, Peer peer) {
      return self->front_answer(port, std::move(request), peer);
    };
    try {
      fronts[port] = std::make_unique<HttpService>(executor, "127.0.0.1",
                                                   static_cast<std::uint16_t>(candidate),
                                                   std::move(answer), tls ? &identity : nullptr);
      return true;
    } catch (const boost::system::system_error&) {
      fronts.erase(port);
    }
  }
  return false;
}

Task<http::Response> DataPlane::Shared::instance_answer(Endpoint self, http::Request request) {
  std::string body = "{\"instance\":" + json_string(self.first) +
                     ",\"address\":" + json_string(address_of(self.first)) +
                     ",\"port\":" + std::to_string(self.second) +
                     ",\"method\":" + json_string(request.method) +
                     ",\"target\":" + json_string(request.target) + ",\"headers\":{";
  bool first = true;
  for (const auto& header : request.headers) {
    body += (first ? "" : ",") + json_string(header.name) + ":" + json_string(header.value);
    first = false;
  }
  http::Response response;
  response.status = 200;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("X-Albatross-Instance", self.first);
  response.body = body + "}}\n";
  co_return response;
}

const Listener* DataPlane::Shared::listener_for(int port, const std::string& host) const {
  const World& world = cloud.world();
  const Listener* found = nullptr;
  for (const auto& [arn, listener] : world.listeners) {
    if (listener.port != port) continue;
    const auto lb = world.load_balancers.find(listener.load_balancer);
    if (lb == world.load_balancers.end() || lb->second.deleted_at) continue;
    if (lb->second.dns_name == host) return &listener;
    if (found == nullptr) found = &listener;
  }
  return found;
}

Task<http::Response> DataPlane::Shared::front_answer(int port, http::Request request, Peer peer) {
  World& world = cloud.world();
  world.settle(cloud_now());
  const auto host = request.headers.find("host").value_or("");
  const std::string name(host.substr(0, host.rfind(':')));
  const Listener* listener = listener_for(port, name);
  if (listener == nullptr) co_return gateway_error(503);
  const bool tls = listener->protocol == "HTTPS";
  const Inbound inbound = read_inbound(request, peer.address, port, tls);
  const ListenerAction action = choose_action(world, *listener, inbound);
  if (action.type == "fixed-response") {
    co_return text_answer(std::stoi(action.status_code), action.message_body, action.content_type);
  }
  if (action.type == "redirect") {
    http::Response moved = text_answer(action.status_code == "HTTP_301" ? 301 : 302, "", "");
    moved.headers.add("Location", redirect_location(action, inbound));
    co_return moved;
  }
  auto forwarded = forward(action, std::move(request), inbound);
  auto response = co_await std::move(forwarded);
  co_return response;
}

Task<http::Response> DataPlane::Shared::forward(const ListenerAction& action, http::Request request,
                                                Inbound inbound) {
  const World& world = cloud.world();
  std::uint64_t& turn = turns[action.groups.empty() ? "" : action.groups.front().arn + "*"];
  const TargetGroup* group = choose_group(world, action, turn++);
  if (group == nullptr) co_return gateway_error(503);
  const auto targets = eligible_targets(world, *group, cloud_now());
  if (targets.empty()) co_return gateway_error(503);
  const Target& target = *targets[turns[group->arn]++ % targets.size()];
  const auto service = services.find({target.id, static_cast<std::uint16_t>(target.port)});
  if (service == services.end()) co_return gateway_error(502);
  http::Request onward;
  onward.origin = {false, address_of(target.id), service->second->port()};
  onward.method = request.method;
  onward.target = request.target;
  onward.body = std::move(request.body);
  std::string chain;
  for (const auto& header : request.headers) {
    if (of_connection(header.name)) continue;
    onward.headers.add(header.name, header.value);
  }
  if (const auto before = request.headers.find("x-forwarded-for"))
    chain = std::string(*before) + ", ";
  onward.headers.set("X-Forwarded-For", chain + ipv4_text(inbound.source));
  onward.headers.set("X-Forwarded-Proto", inbound.tls ? "https" : "http");
  onward.headers.set("X-Forwarded-Port", std::to_string(inbound.port));
  const auto lb = world.load_balancers.find(group->load_balancer);
  int limit = 60;
  if (lb != world.load_balancers.end()) {
    limit = std::stoi(lb->second.attributes.at("idle_timeout.timeout_seconds"));
  }
  const Deadline deadline = Deadline::after(clock, std::chrono::seconds{limit});
  auto sent = transport.send(std::move(onward), deadline);
  int failure = 0;
  try {
    auto response = co_await std::move(sent);
    for (const char* own : {"Connection", "Content-Length", "Transfer-Encoding", "Keep-Alive"})
      response.headers.remove(own);
    co_return response;
  } catch (const http::TransportError& error) {
    failure = error.kind() == http::TransportErrorKind::timeout ? 504 : 502;
  }
  co_return gateway_error(failure);
}

void DataPlane::Shared::send_checks() {
  World& world = cloud.world();
  const TimePoint now = cloud_now();
  world.advance_health(now);
  for (auto& [arn, group] : world.target_groups) {
    for (auto& [key, target] : group.targets) {
      if (!target.checking_since || target.deregistered_at || target.next_check > now) continue;
      const Duration interval = world.caller_seconds(group.interval);
      while (target.next_check <= now)
        target.next_check += interval;
      const Probe obstacle = standing_obstacle(world, group, target);
      if (!obstacle.passed) {
        count_check(group, target, obstacle);
        continue;
      }
      const auto service = services.find({target.id, check_port(group, target)});
      if (service == services.end()) {
        count_check(group, target, {false, "Target.FailedHealthChecks", "Health checks failed"});
        continue;
      }
      http::Request request;
      request.origin = {false, address_of(target.id), service->second->port()};
      request.target = group.health_path;
      request.headers.add("User-Agent", "ELB-HealthChecker/2.0");
      auto checking = check(arn, target.id, static_cast<std::uint16_t>(target.port),
                            std::move(request), group.matcher, std::chrono::seconds{group.timeout});
      boost::asio::co_spawn(executor, std::move(checking), rethrow_failure);
    }
  }
}

Task<> DataPlane::Shared::check(std::string group, std::string target, std::uint16_t target_port,
                                http::Request request, std::string matcher, Duration limit) {
  const auto alive = shared_from_this();
  Probe probe{false, "Target.FailedHealthChecks", "Health checks failed"};
  auto sent = transport.send(std::move(request), Deadline::after(clock, limit));
  try {
    const auto response = co_await std::move(sent);
    probe.passed = matcher_takes(matcher, response.status);
    probe.reason = "Target.ResponseCodeMismatch";
    probe.description =
        "Health checks failed with these codes: [" + std::to_string(response.status) + "]";
  } catch (const http::TransportError& error) {
    if (error.kind() == http::TransportErrorKind::timeout) {
      probe = {false, "Target.Timeout", "Request timed out"};
    }
  }
  if (!stopped) cloud.report_probe(group, target, target_port, probe, cloud_now());
}

DataPlane::DataPlane(boost::asio::any_io_executor executor, Cloud& cloud, Clock& clock,
                     std::function<TimePoint()> cloud_now)
    : shared_(std::make_shared<Shared>(std::move(executor), cloud, clock, std::move(cloud_now))) {}

DataPlane::~DataPlane() {
  shared_->stopped = true;
  shared_->services.clear();
  shared_->fronts.clear();
  shared_->transport.close_idle();
}

void DataPlane::refresh() {
  shared_->refresh();
}

std::vector<Front> DataPlane::fronts() const {
  std::vector<Front> found;
  const World& world = shared_->cloud.world();
  for (const auto& [arn, listener] : world.listeners) {
    const auto front = shared_->fronts.find(listener.port);
    if (front == shared_->fronts.end()) continue;
    const auto& lb = world.load_balancers.at(listener.load_balancer);
    const bool tls = listener.protocol == "HTTPS";
    const auto port = front->second->port();
    const bool usual = port == (tls ? 443 : 80);
    found.push_back({lb.name, arn,
                     (tls ? "https://" : "http://") + lb.dns_name +
                         (usual ? "" : ":" + std::to_string(port)) + "/"});
  }
  return found;
}

std::string DataPlane::address_of(const std::string& instance) {
  return shared_->address_of(instance);
}

}  // namespace albatross::sim
