#include "sim/data_plane/data_plane.hpp"

#include "albatross/http/beast_transport.hpp"

#include "sim/core/cidr.hpp"
#include "sim/data_plane/balancer.hpp"
#include "sim/data_plane/health_checks.hpp"
#include "sim/data_plane/routing.hpp"
#include "sim/world.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <stdexcept>

namespace albatross::sim {
namespace {

constexpr std::chrono::milliseconds longest_idle{50};
constexpr std::chrono::milliseconds shortest_idle{1};

http::BeastTransportOptions transport_options() {
  http::BeastTransportOptions options;
  options.connect_timeout = std::chrono::seconds{10};
  options.user_agent = "";
  return options;
}

/// 127.64.0.0/10, a block of 256 for each simulator's port.
std::string public_addresses_for(std::uint16_t port) {
  constexpr std::uint32_t first = 127U << 24U | 64U << 16U;
  return ipv4_text(first + (static_cast<std::uint32_t>(port & 0x3FFFU) << 8U) + 1);
}

std::optional<http::Url> url_in(const std::string& text) {
  try {
    return http::parse_url(text);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

http::Response bad_request() {
  http::Response response;
  response.status = 400;
  response.headers.add("Content-Type", "text/plain");
  response.body = "This is no URL.\n";
  return response;
}

}  // namespace

/// Outlives the DataPlane while requests are under way.
struct DataPlane::Shared : std::enable_shared_from_this<DataPlane::Shared> {
  Shared(boost::asio::any_io_executor executor, Cloud& served, Clock& time, Pace given,
         Announce tell)
      : cloud(served),
        pace(std::move(given)),
        announce(std::move(tell)),
        transport(time, transport_options()),
        instances(executor, served),
        balancer(served, time, pace, instances, transport,
                 [this](int port) { return fronts.local_port(port); }),
        fronts(executor, served, time,
               [this](int port, http::Request request, Peer peer) {
                 return answered(shared_from_this(), port, std::move(request), peer);
               }),
        checks(executor, served, time, pace, instances, transport,
               [this] { return shared_from_this(); }) {}

  static Task<std::optional<http::Response>> answered(std::shared_ptr<Shared> self, int port,
                                                      http::Request request, Peer peer) {
    auto answer = self->balancer.answer(port, std::move(request), peer);
    auto response = co_await std::move(answer);
    co_return response;
  }
  void refresh();
  void tell_news();

  Cloud& cloud;
  Pace pace;
  Announce announce;
  http::BeastTransport transport;
  InstanceServices instances;
  Balancer balancer;
  Fronts fronts;
  HealthChecks checks;
  NextChange next;
  bool dirty = true;
  std::set<std::string> announced;
};

void DataPlane::Shared::refresh() {
  dirty = false;
  next = NextChange{pace.now()};
  cloud.world().settle(next.now);
  instances.refresh(next);
  fronts.refresh(next);
  checks.send(next);
  tell_news();
}

void DataPlane::Shared::tell_news() {
  std::set<std::string> served;
  for (const Front& front : fronts.list(next.now)) {
    served.insert(front.listener + front.url);
    if (announce && !announced.contains(front.listener + front.url)) announce(front);
  }
  announced = std::move(served);
}

DataPlane::DataPlane(boost::asio::any_io_executor executor, Cloud& cloud, Clock& clock, Pace pace,
                     std::uint16_t port, Announce announce) {
  CloudOptions& options = cloud.world().options;
  options.external_health = true;
  options.load_balancer_domain = "elb.localhost";
  options.public_addresses = public_addresses_for(port);
  shared_ = std::make_shared<Shared>(std::move(executor), cloud, clock, std::move(pace),
                                     std::move(announce));
}

DataPlane::~DataPlane() {
  shared_->checks.stop();
  shared_->fronts.close();
  shared_->instances.close();
  shared_->transport.close_idle();
}

void DataPlane::changed() {
  shared_->dirty = true;
}

void DataPlane::keep_up() {
  if (shared_->dirty || shared_->pace.now() >= shared_->next.at) shared_->refresh();
}

Duration DataPlane::idle_for() const {
  const TimePoint next = shared_->next.at;
  if (next == TimePoint::max()) return longest_idle;
  const Duration left = shared_->pace.on_this_machine(next - shared_->pace.now());
  return std::clamp<Duration>(left, shortest_idle, longest_idle);
}

Task<std::optional<http::Response>> DataPlane::proxied(http::Request request,
                                                       std::uint32_t client) {
  const auto parsed = url_in(request.target);
  if (!parsed) co_return bad_request();
  const http::Url& url = *parsed;
  request.target = url.target;
  request.headers.set("Host", url.origin.authority());
  const Peer peer{client, url.origin.tls, true};
  auto answer = Shared::answered(shared_, url.origin.port, std::move(request), peer);
  auto response = co_await std::move(answer);
  co_return response;
}

int DataPlane::tunnel_to(const std::string& authority) const {
  const auto url = url_in("https://" + authority);
  if (!url) return 0;
  const TimePoint now = shared_->pace.now();
  const World& world = shared_->cloud.world();
  const auto* listener = find_listener(world, url->origin.port, url->origin.host, true, now);
  return listener == nullptr ? 0 : shared_->fronts.local_port(listener->port);
}

std::vector<Front> DataPlane::fronts() const {
  return shared_->fronts.list(shared_->pace.now());
}

std::vector<OpenPort> DataPlane::instance_ports() const {
  return shared_->instances.list();
}

std::string DataPlane::certificates() const {
  return shared_->fronts.certificates();
}

}  // namespace albatross::sim
