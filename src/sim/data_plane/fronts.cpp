#include "sim/data_plane/fronts.hpp"

#include "sim/data_plane/routing.hpp"

#include <boost/system/system_error.hpp>

#include <chrono>
#include <set>

namespace albatross::sim {
namespace {

constexpr const char* own_address = "127.0.0.1";

std::string url_of(const Listener& listener, const LoadBalancer& balancer, int local_port) {
  const bool tls = listener.protocol == "HTTPS";
  const bool usual = local_port == (tls ? 443 : 80);
  return (tls ? "https://" : "http://") + balancer.dns_name +
         (usual ? "" : ":" + std::to_string(local_port)) + "/";
}

}  // namespace

void Fronts::refresh(NextChange& next) {
  const World& world = cloud_.world();
  std::set<int> wanted;
  for (const auto& [arn, listener] : world.listeners) {
    const auto balancer = world.load_balancers.find(listener.load_balancer);
    if (balancer == world.load_balancers.end()) continue;
    next.note(balancer->second.active_at);
    if (!is_serving(balancer->second, next.now)) continue;
    wanted.insert(listener.port);
    if (listener.protocol == "HTTPS") identity_of(listener);
  }
  std::erase_if(open_, [&](const auto& entry) { return !wanted.contains(entry.first); });
  for (const int port : wanted) {
    if (!open_.contains(port)) open(port);
  }
}

void Fronts::open(int port) {
  for (const int candidate : {port, port + moved_by, 0}) {
    if (candidate > 65535) continue;
    auto answer = [this, port](http::Request request, Peer peer) {
      return answer_(port, std::move(request), peer);
    };
    auto identity = [this, port](const std::string& name) { return identity_for(port, name); };
    try {
      open_[port] = std::make_unique<HttpService>(executor_, own_address,
                                                  static_cast<std::uint16_t>(candidate),
                                                  std::move(answer), std::move(identity));
      return;
    } catch (const boost::system::system_error&) {
      open_.erase(port);
    }
  }
}

const TlsIdentity* Fronts::identity_for(int port, const std::string& server_name) {
  const World& world = cloud_.world();
  // Who does not say whom it wants gets what the port has.
  const Listener* listener = find_listener(world, port, server_name, true, TimePoint::max());
  return listener == nullptr || listener->protocol != "HTTPS" ? nullptr : &identity_of(*listener);
}

const TlsIdentity& Fronts::identity_of(const Listener& listener) {
  const std::string arn = listener.certificates.empty() ? "" : listener.certificates.front();
  const auto known = identities_.find(arn);
  if (known != identities_.end()) return known->second;
  const auto& options = cloud_.options();
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(clock_.wall().time_since_epoch());
  const std::string subject = arn.substr(arn.rfind('/') + 1);
  auto made =
      self_signed(subject.empty() ? "Albatross simulator" : subject,
                  "*." + options.region + "." + options.load_balancer_domain, seconds.count());
  return identities_.emplace(arn, std::move(made)).first->second;
}

int Fronts::local_port(int port) const {
  const auto it = open_.find(port);
  return it == open_.end() ? 0 : it->second->port();
}

std::vector<Front> Fronts::list(TimePoint now) const {
  std::vector<Front> found;
  const World& world = cloud_.world();
  for (const auto& [arn, listener] : world.listeners) {
    const auto balancer = world.load_balancers.find(listener.load_balancer);
    if (balancer == world.load_balancers.end() || !is_serving(balancer->second, now)) continue;
    const int port = local_port(listener.port);
    if (port == 0) continue;
    found.push_back({balancer->second.name, arn, url_of(listener, balancer->second, port)});
  }
  return found;
}

std::string Fronts::certificates() const {
  std::string all;
  for (const auto& [arn, identity] : identities_)
    all += identity.certificate;
  return all;
}

}  // namespace albatross::sim
