#include "sim/data_plane/visit.hpp"

#include "sim/data_plane/routing.hpp"

#include <algorithm>
#include <string>

namespace albatross::sim {
namespace {

using http::TransportErrorKind;

Visit failed(TransportErrorKind kind) {
  Visit out;
  out.failure = kind;
  return out;
}

Visit answered(int status) {
  Visit out;
  out.response.emplace();
  out.response->status = status;
  out.response->headers.add("Server", "awselb/2.0");
  return out;
}

const LoadBalancer* balancer_named(const World& world, std::string_view host) {
  for (const auto& [arn, balancer] : world.load_balancers) {
    if (balancer.dns_name == host) return &balancer;
  }
  return nullptr;
}

/// What the target's own port does with a request.
int answer_of(const World& world, const Target& target, TimePoint now) {
  const auto found = world.instances.find(target.id);
  if (found == world.instances.end()) return 502;
  const Instance& instance = found->second;
  const ServiceState service = instance.service(static_cast<std::uint16_t>(target.port));
  const bool up = instance.state(now) == InstanceState::running &&
                  now >= instance.running_at + world.options.times.instance_boot;
  if (!up || !service.listening) return 502;
  return service.hangs ? 504 : service.status;
}

Visit forwarded(const World& world, const ListenerAction& action, TimePoint now) {
  const TargetGroup* group = choose_group(world, action, 0);
  if (group == nullptr) return answered(503);
  const auto targets = eligible_targets(world, *group, now);
  return answered(targets.empty() ? 503 : answer_of(world, *targets.front(), now));
}

Visit acted(const World& world, const ListenerAction& action, const Inbound& inbound,
            TimePoint now) {
  if (action.type == "fixed-response") return answered(std::stoi(action.status_code));
  if (action.type != "redirect") return forwarded(world, action, now);
  Visit moved = answered(action.status_code == "HTTP_301" ? 301 : 302);
  moved.response->headers.add("Location", redirect_location(action, inbound));
  return moved;
}

}  // namespace

bool is_load_balancer_name(const World& world, std::string_view host) {
  return host.ends_with("." + world.options.load_balancer_domain);
}

Visit visit(World& world, const http::Request& request, TimePoint now) {
  world.settle(now);
  world.advance_health(now);
  const http::Origin& origin = request.origin;
  const LoadBalancer* balancer = balancer_named(world, origin.host);
  if (balancer == nullptr || !is_serving(*balancer, now))
    return failed(TransportErrorKind::resolve);
  const Listener* listener = find_listener(world, origin.port, origin.host, origin.tls, now);
  if (listener == nullptr) return failed(TransportErrorKind::connect);
  if (!admits(world, *balancer, origin.port)) return failed(TransportErrorKind::timeout);
  // No certificate is for a load balancer's own name.
  if (origin.tls) return failed(TransportErrorKind::tls);
  if (listener->protocol == "HTTPS") return answered(400);
  Peer peer;
  http::Request named = request;
  if (!named.headers.find("Host")) named.headers.add("Host", origin.authority());
  const Inbound inbound = read_inbound(named, peer, origin.port);
  return acted(world, choose_action(world, *listener, inbound), inbound, now);
}

}  // namespace albatross::sim
