#include "sim/data_plane/balancer.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "sim/core/answer.hpp"
#include "sim/core/cidr.hpp"
#include "sim/core/error.hpp"
#include "sim/data_plane/stickiness.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace albatross::sim {
namespace {

http::Response signed_answer(http::Response response) {
  response.headers.set("Server", "awselb/2.0");
  return response;
}

http::Response text_answer(int status, std::string body, std::string type) {
  http::Response response;
  response.status = status;
  if (!type.empty()) response.headers.add("Content-Type", std::move(type));
  response.body = std::move(body);
  return signed_answer(std::move(response));
}

http::Response gateway_error(int status) {
  return signed_answer(render_html(status));
}

http::Response nobody_here(const std::string& host, int port) {
  return text_answer(421,
                     cat("No load balancer of this simulator listens for ", host, " on port ",
                         std::to_string(port), ".\n"),
                     "text/plain");
}

http::Response wrong_protocol() {
  return text_answer(400, "The plain HTTP request was sent to an HTTPS port.\n", "text/plain");
}

bool of_connection(std::string_view name) {
  static constexpr std::array<std::string_view, 9> names = {
      "connection", "keep-alive", "content-length", "transfer-encoding", "proxy-connection", "te",
      "trailer",    "upgrade",    "expect"};
  const auto same = [&](std::string_view other) {
    return std::equal(name.begin(), name.end(), other.begin(), other.end(),
                      [](char a, char b) { return a == b || (a | 32) == b; });
  };
  return std::any_of(names.begin(), names.end(), same);
}

int idle_timeout(const LoadBalancer& balancer) {
  const auto it = balancer.attributes.find("idle_timeout.timeout_seconds");
  return it == balancer.attributes.end() ? 60 : std::stoi(it->second);
}

std::string trace_id(WallTime wall, Ids& ids) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wall.time_since_epoch());
  std::array<char, 24> start{};
  std::snprintf(start.data(), start.size(), "Root=1-%08llx-",
                static_cast<unsigned long long>(seconds.count()));
  return start.data() + ids.hex(24);
}

}  // namespace

Task<std::optional<http::Response>> Balancer::answer(int port, http::Request request, Peer peer) {
  World& world = cloud_.world();
  world.settle(pace_.now());
  const Inbound inbound = read_inbound(request, peer, port);
  const Listener* listener = find_listener(world, port, inbound.host, peer.tls, pace_.now());
  if (listener == nullptr) co_return nobody_here(inbound.host, port);
  if (!peer.tls && listener->protocol == "HTTPS") co_return wrong_protocol();
  LoadBalancer balancer = world.load_balancers.at(listener->load_balancer);
  if (!admits(world, balancer, port)) co_return std::nullopt;
  ListenerAction action = choose_action(world, *listener, inbound);
  if (action.type == "fixed-response") {
    co_return text_answer(std::stoi(action.status_code), action.message_body, action.content_type);
  }
  if (action.type == "redirect") {
    http::Response moved = text_answer(action.status_code == "HTTP_301" ? 301 : 302, "", "");
    const LocalPort here = peer.proxied ? LocalPort() : local_port_;
    moved.headers.add("Location", redirect_location(action, inbound, here));
    co_return moved;
  }
  auto forwarded = forward(std::move(action), idle_timeout(balancer), std::move(request), inbound);
  auto response = co_await std::move(forwarded);
  co_return response;
}

const TargetGroup* Balancer::group_for(const ListenerAction& action, const Inbound& inbound) {
  const World& world = cloud_.world();
  if (const TargetGroup* same = remembered_group(world, action, inbound)) return same;
  if (action.groups.empty()) return nullptr;
  return choose_group(world, action, turns_["rule " + action.groups.front().arn]++);
}

const Target* Balancer::target_for(const TargetGroup& group, const Inbound& inbound) {
  const auto targets = eligible_targets(cloud_.world(), group, pace_.now());
  if (targets.empty()) return nullptr;
  const bool sticky = target_stickiness_seconds(group) > 0;
  const Target* same = sticky ? remembered_target(group, inbound, targets) : nullptr;
  return same != nullptr ? same : targets[turns_[group.arn]++ % targets.size()];
}

http::Request Balancer::rewritten(http::Request request, const Inbound& inbound,
                                  http::Origin origin) {
  http::Request onward;
  onward.origin = std::move(origin);
  onward.method = std::move(request.method);
  onward.target = std::move(request.target);
  onward.body = std::move(request.body);
  std::string chain;
  for (const auto& header : request.headers) {
    if (!of_connection(header.name)) onward.headers.add(header.name, header.value);
  }
  if (const auto before = request.headers.find("x-forwarded-for")) chain = cat(*before, ", ");
  onward.headers.set("X-Forwarded-For", chain + ipv4_text(inbound.source));
  onward.headers.set("X-Forwarded-Proto", inbound.tls ? "https" : "http");
  onward.headers.set("X-Forwarded-Port", std::to_string(inbound.port));
  if (!request.headers.find("x-amzn-trace-id")) {
    onward.headers.set("X-Amzn-Trace-Id", trace_id(clock_.wall(), trace_ids_));
  }
  return onward;
}

Task<http::Response> Balancer::forward(ListenerAction action, int limit_seconds,
                                       http::Request request, Inbound inbound) {
  const TargetGroup* group = group_for(action, inbound);
  const Target* target = group == nullptr ? nullptr : target_for(*group, inbound);
  if (target == nullptr) co_return gateway_error(503);
  const Instance* instance = instance_behind(cloud_.world(), *target);
  const auto port = static_cast<std::uint16_t>(target->port);
  auto origin = instance == nullptr ? std::nullopt : instances_.origin_of(instance->id, port);
  if (!origin) co_return gateway_error(502);
  // What is remembered is read before the wait: afterwards the account may have changed.
  const int sticky_seconds = target_stickiness_seconds(*group);
  const std::string target_value = cookie_value(*group, *target);
  const std::string group_value = cookie_value(*group);
  auto onward = rewritten(std::move(request), inbound, std::move(*origin));
  auto exchanged = exchange(std::move(onward), limit_seconds);
  auto response = co_await std::move(exchanged);
  const WallTime wall = clock_.wall();
  if (sticky_seconds > 0) set_cookie(response, target_cookie, target_value, sticky_seconds, wall);
  if (action.sticky) {
    set_cookie(response, group_cookie, group_value, action.sticky_seconds, wall);
  }
  co_return response;
}

Task<http::Response> Balancer::exchange(http::Request request, int limit_seconds) {
  const Deadline deadline = Deadline::after(clock_, std::chrono::seconds{limit_seconds});
  auto sent = transport_.send(std::move(request), deadline);
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

}  // namespace albatross::sim
