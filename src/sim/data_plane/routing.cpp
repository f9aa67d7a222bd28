#include "sim/data_plane/routing.hpp"

#include "sim/core/cidr.hpp"
#include "sim/core/error.hpp"
#include "sim/core/form.hpp"
#include "sim/core/glob.hpp"
#include "sim/elbv2/target_health.hpp"

#include <algorithm>

namespace albatross::sim {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

bool has_pair(const Inbound& request, std::string_view key, std::string_view value) {
  std::string_view rest = request.query;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('&'), rest.size());
    const auto pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    const auto k = percent_decode(pair.substr(0, equals), true);
    const auto v = percent_decode(equals < pair.size() ? pair.substr(equals + 1) : "", true);
    if (!k || !v) continue;
    // Keys and values of query strings compare without regard to case.
    const bool key_fits = key.empty() || glob(lower(key), lower(*k));
    if (key_fits && glob(lower(value), lower(*v))) return true;
  }
  return false;
}

bool value_fits(const RuleCondition& condition, const std::string& key, const std::string& value,
                const Inbound& request) {
  if (condition.field == "path-pattern") return glob(value, request.path);
  if (condition.field == "host-header") return glob(lower(value), lower(request.host));
  if (condition.field == "http-request-method") return value == request.method;
  if (condition.field == "query-string") return has_pair(request, key, value);
  if (condition.field == "source-ip") {
    const auto cidr = parse_cidr(value);
    return cidr && cidr->contains(request.source);
  }
  const std::string name = lower(condition.header_name);
  return std::any_of(request.headers.begin(), request.headers.end(), [&](const auto& header) {
    return lower(header.first) == name && glob(lower(value), lower(header.second));
  });
}

std::string filled(std::string text, const Inbound& request) {
  const std::pair<std::string_view, std::string> placeholders[] = {
      {"#{protocol}", request.tls ? "https" : "http"},
      {"#{host}", request.host},
      {"#{port}", std::to_string(request.port)},
      {"#{path}", request.path.substr(request.path.starts_with('/') ? 1 : 0)},
      {"#{query}", request.query},
  };
  for (const auto& [name, value] : placeholders) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
      text.replace(at, name.size(), value);
      at += value.size();
    }
  }
  return text;
}

}  // namespace

Inbound read_inbound(const http::Request& request, const Peer& peer, int port) {
  Inbound inbound;
  inbound.method = request.method;
  inbound.port = port;
  inbound.tls = peer.tls;
  inbound.source = peer.address;
  const auto mark = std::min(request.target.find('?'), request.target.size());
  inbound.path = request.target.substr(0, mark);
  if (mark < request.target.size()) inbound.query = request.target.substr(mark + 1);
  for (const auto& header : request.headers)
    inbound.headers.emplace_back(header.name, header.value);
  if (const auto host = request.headers.find("host")) {
    inbound.host = host->substr(0, host->rfind(':'));
  }
  return inbound;
}

bool is_serving(const LoadBalancer& balancer, TimePoint now) {
  return balancer.type == "application" && !balancer.deleted_at && balancer.failure.empty() &&
         now >= balancer.active_at;
}

const Listener* find_listener(const World& world, int port, const std::string& host, bool tls,
                              TimePoint now) {
  const Listener* found = nullptr;
  const bool of_ours = lower(host).ends_with("." + world.options.load_balancer_domain);
  for (const auto& [arn, listener] : world.listeners) {
    if (listener.port != port) continue;
    const auto balancer = world.load_balancers.find(listener.load_balancer);
    if (balancer == world.load_balancers.end() || !is_serving(balancer->second, now)) continue;
    if (lower(balancer->second.dns_name) == lower(host)) return &listener;
    const bool better = found == nullptr || (found->protocol == "HTTPS") != tls;
    if (!of_ours && better) found = &listener;
  }
  return found;
}

bool admits(const World& world, const LoadBalancer& balancer, int port) {
  return std::any_of(balancer.groups.begin(), balancer.groups.end(), [&](const std::string& id) {
    const auto group = world.groups.find(id);
    if (group == world.groups.end()) return false;
    const auto& rules = group->second.rules;
    return std::any_of(rules.begin(), rules.end(), [&](const SecurityRule& rule) {
      const bool tcp = rule.protocol == "tcp" && rule.from <= port && port <= rule.to;
      return !rule.egress && (rule.protocol == "-1" || tcp);
    });
  });
}

bool matches(const std::vector<RuleCondition>& conditions, const Inbound& request) {
  return std::all_of(conditions.begin(), conditions.end(), [&](const RuleCondition& condition) {
    return std::any_of(condition.values.begin(), condition.values.end(), [&](const auto& value) {
      return value_fits(condition, value.first, value.second, request);
    });
  });
}

const ListenerAction& choose_action(const World& world, const Listener& listener,
                                    const Inbound& request) {
  const ListenerRule* chosen = nullptr;
  for (const auto& [arn, rule] : world.rules) {
    if (rule.listener != listener.arn || rule.priority == 0) continue;
    if (chosen != nullptr && chosen->priority < rule.priority) continue;
    if (matches(rule.conditions, request)) chosen = &rule;
  }
  return chosen == nullptr ? listener.actions.front() : chosen->actions.front();
}

std::string redirect_location(const ListenerAction& action, const Inbound& request,
                              const std::function<int(int)>& served_at) {
  const std::string protocol = lower(filled(action.protocol, request));
  std::string port = filled(action.port, request);
  const std::string host = filled(action.host, request);
  if (served_at && host == request.host) {
    const int here = served_at(std::stoi(port));
    if (here != 0) port = std::to_string(here);
  }
  const std::string query = filled(action.query, request);
  const bool usual = (protocol == "https" && port == "443") || (protocol == "http" && port == "80");
  return cat(protocol, "://", host, usual ? "" : ":", usual ? "" : port,
             filled(action.path, request), query.empty() ? "" : "?", query);
}

const TargetGroup* choose_group(const World& world, const ListenerAction& action,
                                std::uint64_t turn) {
  std::uint64_t total = 0;
  for (const WeightedGroup& group : action.groups)
    total += static_cast<std::uint64_t>(group.weight);
  if (total == 0) return nullptr;
  std::uint64_t place = turn % total;
  for (const WeightedGroup& group : action.groups) {
    const auto weight = static_cast<std::uint64_t>(group.weight);
    if (place < weight) {
      const auto it = world.target_groups.find(group.arn);
      return it == world.target_groups.end() ? nullptr : &it->second;
    }
    place -= weight;
  }
  return nullptr;
}

std::vector<const Target*> eligible_targets(const World& world, const TargetGroup& group,
                                            TimePoint now) {
  std::vector<const Target*> healthy, registered;
  for (const auto& [key, target] : group.targets) {
    const auto state = health_of(world, group, target, now).state;
    if (state == "healthy") healthy.push_back(&target);
    if (state == "unhealthy" || state == "initial") registered.push_back(&target);
  }
  return healthy.empty() ? registered : healthy;
}

}  // namespace albatross::sim
