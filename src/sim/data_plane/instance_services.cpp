#include "sim/data_plane/instance_services.hpp"

#include "sim/core/cidr.hpp"
#include "sim/world.hpp"

#include <boost/system/system_error.hpp>

namespace albatross::sim {
namespace {

/// Public addresses are in 127.64.0.0/10; those without one get the next block's.
constexpr std::uint32_t next_block = 64U << 16U;
constexpr std::uint32_t loopback = 127;

std::uint32_t public_address(const World& world, const std::string& instance) {
  const auto it = world.instances.find(instance);
  if (it == world.instances.end() || it->second.interfaces.empty()) return 0;
  const auto interface = world.interfaces.find(it->second.interfaces.front());
  return interface == world.interfaces.end() ? 0 : interface->second.public_address;
}

}  // namespace

InstanceServices::InstanceServices(boost::asio::any_io_executor executor, Cloud& cloud)
    : executor_(std::move(executor)), cloud_(cloud) {}

std::string InstanceServices::address_of(const std::string& instance) {
  const World& world = cloud_.world();
  const std::uint32_t given = public_address(world, instance);
  if (given >> 24U == loopback) return ipv4_text(given);
  const auto next = static_cast<std::uint32_t>(numbers_.size());
  const auto number = numbers_.emplace(instance, next).first->second;
  return ipv4_text(parse_ipv4(world.options.public_addresses).value() + next_block + number);
}

void InstanceServices::refresh(NextChange& next) {
  const auto wanted = listening_ports(cloud_.world(), next);
  std::erase_if(services_, [&](const auto& entry) {
    return !wanted.contains(entry.first) || entry.second.address != address_of(entry.first.first);
  });
  for (const InstancePort& port : wanted) {
    if (!services_.contains(port)) open(port, address_of(port.first));
  }
}

void InstanceServices::open(const InstancePort& port, const std::string& address) {
  // Ports that are not ours to bind: any other will do, load balancers ask origin_of().
  for (const std::uint16_t candidate : {port.second, std::uint16_t{0}}) {
    auto answer = [this, port, address](http::Request request, Peer) {
      return this->answer(port, address, std::move(request));
    };
    try {
      auto http = std::make_unique<HttpService>(executor_, address, candidate, std::move(answer));
      services_[port] = {address, std::move(http)};
      return;
    } catch (const boost::system::system_error&) {
      continue;
    }
  }
}

Task<std::optional<http::Response>> InstanceServices::answer(InstancePort self, std::string address,
                                                             http::Request request) {
  const World& world = cloud_.world();
  const auto it = world.instances.find(self.first);
  const ServiceState state =
      it == world.instances.end() ? ServiceState{} : it->second.service(self.second);
  if (state.hangs) co_return std::nullopt;
  http::Response response;
  response.status = state.status;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("X-Albatross-Instance", self.first);
  response.body = instance_body(world, self, address, request);
  co_return response;
}

std::optional<http::Origin> InstanceServices::origin_of(const std::string& instance,
                                                        std::uint16_t port) const {
  const auto it = services_.find({instance, port});
  if (it == services_.end()) return std::nullopt;
  return http::Origin{false, it->second.address, it->second.http->port()};
}

std::vector<OpenPort> InstanceServices::list() const {
  std::vector<OpenPort> open;
  for (const auto& [port, service] : services_)
    open.push_back({port.first, port.second, service.address, service.http->port()});
  return open;
}

}  // namespace albatross::sim
