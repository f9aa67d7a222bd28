#include "clients/credentials/refreshing_credentials.hpp"

#include "albatross/runtime/concurrency.hpp"

#include <algorithm>
#include <utility>

namespace albatross {
namespace {

using std::chrono::minutes;

constexpr WallTime::duration advisory_window = minutes{15};
constexpr WallTime::duration mandatory_window = minutes{10};
constexpr WallTime::duration pause_after_forgiven_failure = minutes{1};

}  // namespace

struct RefreshingCredentials::Flight {
  explicit Flight(Deadline by) : deadline(by) {}
  Gate landed;
  Deadline deadline;
  std::exception_ptr error;
};

RefreshingCredentials::RefreshingCredentials(Clock& clock,
                                             std::unique_ptr<CredentialsProvider> source)
    : clock_(clock), source_(std::move(source)) {}

RefreshingCredentials::~RefreshingCredentials() = default;

RefreshingCredentials::Freshness RefreshingCredentials::freshness() const {
  if (!kept_) return Freshness::stale;
  if (!kept_->expires_at) return Freshness::fresh;
  const WallTime now = clock_.wall();
  if (now >= stale_at_) return Freshness::stale;
  return now >= worth_refreshing_at_ ? Freshness::worth_refreshing : Freshness::fresh;
}

void RefreshingCredentials::keep(ResolvedCredentials fetched) {
  if (fetched.expires_at) {
    const WallTime::duration life = *fetched.expires_at - clock_.wall();
    if (life <= WallTime::duration::zero()) {
      throw CredentialsError(fetched.source + ": gave credentials that have expired already");
    }
    worth_refreshing_at_ = *fetched.expires_at - std::min(advisory_window, life / 3);
    stale_at_ = *fetched.expires_at - std::min(mandatory_window, life / 6);
  }
  kept_ = std::move(fetched);
}

/// Fetches for everybody who waits. Never throws: the outcome is in the flight.
Task<> RefreshingCredentials::fetch(std::shared_ptr<Flight> flight) {
  try {
    auto fetched = co_await source_->resolve(flight->deadline);
    keep(std::move(fetched));
  } catch (...) {
    flight->error = std::current_exception();
  }
  flight_.reset();
  flight->landed.open();
}

/// False when the fetch failed for a reason that is not ours: its caller was cancelled or had less
/// time than we have. Throws its error otherwise.
Task<bool> RefreshingCredentials::wait_for(std::shared_ptr<Flight> flight, Deadline deadline) {
  bool in_time = true;
  try {
    auto landing = flight->landed.wait();
    co_await with_deadline(clock_, std::move(landing), deadline);
  } catch (const DeadlineExceeded&) {
    in_time = false;
  }
  if (!in_time) throw CredentialsError("the credentials did not arrive in time");
  if (!flight->error) co_return true;
  if (is_cancellation(flight->error)) co_return false;
  if (flight->deadline.reached(clock_) && !deadline.reached(clock_)) co_return false;
  std::rethrow_exception(flight->error);
}

Task<ResolvedCredentials> RefreshingCredentials::resolve(Deadline deadline) {
  for (;;) {
    const Freshness state = freshness();
    if (state == Freshness::fresh) co_return *kept_;
    if (flight_) {
      if (state == Freshness::worth_refreshing) co_return *kept_;
      auto flight = flight_;
      const bool landed = co_await wait_for(flight, deadline);
      if (landed && kept_) co_return *kept_;
      continue;
    }
    auto flight = std::make_shared<Flight>(deadline);
    flight_ = flight;
    co_await fetch(flight);
    if (!flight->error) co_return *kept_;
    if (state == Freshness::stale || is_cancellation(flight->error)) {
      std::rethrow_exception(flight->error);
    }
    worth_refreshing_at_ = clock_.wall() + pause_after_forgiven_failure;
    co_return *kept_;
  }
}

void RefreshingCredentials::invalidate() {
  kept_.reset();
  source_->invalidate();
}

}  // namespace albatross
