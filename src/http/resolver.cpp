#include "http/resolver.hpp"

#include "albatross/runtime/concurrency.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <mutex>
#include <netdb.h>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace albatross::http {

namespace asio = boost::asio;

namespace {

constexpr auto answer_lifetime = std::chrono::seconds{5};

struct Outcome {
  Addresses addresses;
  std::string error;
};

Outcome ask_system(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  Outcome outcome;
  if (const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &found); code != 0) {
    outcome.error = ::gai_strerror(code);
    return outcome;
  }
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    asio::ip::tcp::endpoint endpoint;
    if (entry->ai_addrlen > endpoint.capacity()) continue;
    endpoint.resize(entry->ai_addrlen);
    std::memcpy(endpoint.data(), entry->ai_addr, entry->ai_addrlen);
    outcome.addresses.push_back(endpoint.address());
  }
  ::freeaddrinfo(found);
  if (outcome.addresses.empty()) outcome.error = "the name has no address";
  return outcome;
}

/// RFC 6761: names under localhost are this machine, whatever the system's resolver knows of them.
Addresses loopback_addresses() {
  Addresses both;
  both.emplace_back(asio::ip::address_v4::loopback());
  both.emplace_back(asio::ip::address_v6::loopback());
  return both;
}

}  // namespace

Addresses alternate_families(Addresses addresses) {
  if (addresses.empty()) return addresses;
  const bool first_is_v6 = addresses.front().is_v6();
  Addresses own;
  Addresses other;
  for (auto& address : addresses) {
    (address.is_v6() == first_is_v6 ? own : other).push_back(std::move(address));
  }
  Addresses merged;
  for (std::size_t i = 0; i < std::max(own.size(), other.size()); ++i) {
    if (i < own.size()) merged.push_back(std::move(own[i]));
    if (i < other.size()) merged.push_back(std::move(other[i]));
  }
  return merged;
}

/// One question, shared between those who wait for it and the thread that asks the system.
struct Resolver::Lookup {
  // Belong to the waiters' executor.
  Gate done;
  Outcome outcome;
  int waiters = 0;
  // Shared with the thread. No executor: nobody waits any more, and it may be gone.
  std::mutex mutex;
  std::optional<asio::any_io_executor> executor;

  /// On the thread.
  static void run(const std::shared_ptr<Lookup>& self, const std::string& host) {
    auto found = ask_system(host);
    const std::lock_guard lock(self->mutex);
    if (!self->executor) return;
    asio::post(*self->executor, [self, found = std::move(found)]() mutable {
      self->outcome = std::move(found);
      self->done.open();
    });
  }

  static void start(const std::shared_ptr<Lookup>& self, const std::string& host) {
    try {
      std::thread([self, host] { run(self, host); }).detach();
    } catch (const std::system_error& e) {
      throw ResolveError(std::string("no thread for the lookup: ") + e.what());
    }
  }

  bool abandoned() {
    const std::lock_guard lock(mutex);
    return !executor;
  }

  /// Held by each waiter, so that the last one to leave tells the thread.
  class Waiter {
   public:
    explicit Waiter(std::shared_ptr<Lookup> lookup) : lookup_(std::move(lookup)) {
      ++lookup_->waiters;
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() {
      if (--lookup_->waiters > 0) return;
      const std::lock_guard lock(lookup_->mutex);
      lookup_->executor.reset();
    }

   private:
    std::shared_ptr<Lookup> lookup_;
  };
};

Resolver::Resolver(Clock& clock) : clock_(clock) {}
Resolver::~Resolver() = default;

Task<Addresses> Resolver::resolve(std::string host) {
  boost::system::error_code not_numeric;
  const auto numeric = asio::ip::make_address(host, not_numeric);
  if (!not_numeric) co_return Addresses(1, numeric);
  if (host.ends_with(".localhost")) co_return loopback_addresses();
  if (const auto known = answers_.find(host); known != answers_.end()) {
    if (clock_.now() < known->second.until) co_return known->second.addresses;
    answers_.erase(known);
  }
  auto lookup = lookups_[host].lock();
  if (!lookup || lookup->abandoned()) {
    lookup = std::make_shared<Lookup>();
    auto executor = co_await asio::this_coro::executor;
    lookup->executor = std::move(executor);
    lookups_[host] = lookup;
    Lookup::start(lookup, host);
  }
  const Lookup::Waiter waiter(lookup);
  co_await lookup->done.wait();
  lookups_.erase(host);
  if (!lookup->outcome.error.empty()) throw ResolveError(lookup->outcome.error);
  auto addresses = alternate_families(lookup->outcome.addresses);
  answers_[host] = Answer{addresses, clock_.now() + answer_lifetime};
  co_return addresses;
}

}  // namespace albatross::http
