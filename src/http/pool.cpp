#include "http/pool.hpp"

#include "http/connection.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace albatross::http {

struct Pool::Bucket {
  std::size_t open = 0;
  std::size_t waiting = 0;
  /// The one used last is at the end and is taken first, so that those in excess grow old.
  std::vector<std::unique_ptr<Connection>> idle;
};

struct Pool::Waiter {
  Waiter(Pool& in, Bucket& for_bucket, boost::asio::any_io_executor on)
      : pool(in), bucket(for_bucket), executor(std::move(on)) {
    place_in_line = pool.line_.insert(pool.line_.end(), this);
    ++bucket.waiting;
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  ~Waiter() {
    if (!served) {
      leave();
    } else if (granted && granted->connection() != nullptr) {
      granted->keep();  // given to one who had just gone away
    }
  }

  void serve(Place place) {
    leave();
    served = true;
    granted.emplace(std::move(place));
    gate.open();
  }

  void leave() {
    pool.line_.erase(place_in_line);
    --bucket.waiting;
  }

  Pool& pool;
  Bucket& bucket;
  boost::asio::any_io_executor executor;
  std::list<Waiter*>::iterator place_in_line;
  Gate gate;
  bool served = false;
  std::optional<Place> granted;
};

Pool::Place::Place(Pool& pool, Bucket& bucket, std::unique_ptr<Connection> connection)
    : pool_(&pool), bucket_(&bucket), connection_(std::move(connection)) {}

Pool::Place::Place(Place&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)),
      bucket_(other.bucket_),
      connection_(std::move(other.connection_)) {}

Pool::Place::~Place() {
  if (pool_ == nullptr) return;
  connection_.reset();
  pool_->give_back(*bucket_, nullptr);
}

void Pool::Place::fill(std::unique_ptr<Connection> connection) {
  connection_ = std::move(connection);
}

void Pool::Place::keep() {
  std::exchange(pool_, nullptr)->give_back(*bucket_, std::move(connection_));
}

Pool::Pool(Clock& clock, Limits limits) : clock_(clock), limits_(limits) {
  limits_.per_origin = std::max<std::size_t>(limits_.per_origin, 1);
  limits_.total = std::max<std::size_t>(limits_.total, 1);
}

Pool::~Pool() = default;

Pool::Bucket& Pool::bucket(const Origin& origin) {
  return buckets_[origin];
}

std::optional<Pool::Place> Pool::try_take(const Origin& origin,
                                          const boost::asio::any_io_executor& executor) {
  Bucket& wanted = bucket(origin);
  if (wanted.waiting > 0) return std::nullopt;
  return take_now(wanted, executor);
}

Task<Pool::Place> Pool::take(Origin origin, Deadline deadline) {
  const auto executor = co_await boost::asio::this_coro::executor;
  if (auto place = try_take(origin, executor)) co_return std::move(*place);
  Waiter waiter(*this, bucket(origin), executor);
  co_await with_deadline(clock_, waiter.gate.wait(), deadline);
  Place place = std::move(*waiter.granted);
  waiter.granted.reset();
  co_return place;
}

std::optional<Pool::Place> Pool::take_now(Bucket& wanted,
                                          const boost::asio::any_io_executor& executor) {
  if (auto connection = take_idle(wanted, executor)) {
    return std::make_optional<Place>(*this, wanted, std::move(connection));
  }
  if (wanted.open >= limits_.per_origin || !make_room()) return std::nullopt;
  ++wanted.open;
  ++open_;
  return std::make_optional<Place>(*this, wanted, nullptr);
}

std::unique_ptr<Connection> Pool::take_idle(Bucket& from,
                                            const boost::asio::any_io_executor& executor) {
  if (from.idle.empty()) return nullptr;
  const TimePoint now = clock_.now();
  while (!from.idle.empty()) {
    auto& last = from.idle.back();
    const bool fresh = now - last->idle_since < limits_.idle_timeout;
    if (fresh && last->executor() == executor && last->usable()) {
      auto connection = std::move(last);
      from.idle.pop_back();
      return connection;
    }
    stale_ += fresh ? 1 : 0;
    drop_idle(from, from.idle.size() - 1);
  }
  return nullptr;
}

/// Room for one more connection, if need be by closing the one that has been idle longest.
bool Pool::make_room() {
  if (open_ < limits_.total) return true;
  Bucket* oldest = nullptr;
  for (auto& [origin, candidate] : buckets_) {
    if (candidate.idle.empty()) continue;
    if (oldest == nullptr ||
        candidate.idle.front()->idle_since < oldest->idle.front()->idle_since) {
      oldest = &candidate;
    }
  }
  if (oldest == nullptr) return false;
  drop_idle(*oldest, 0);
  return true;
}

void Pool::drop_idle(Bucket& from, std::size_t index) {
  from.idle.erase(from.idle.begin() + static_cast<std::ptrdiff_t>(index));
  --from.open;
  --open_;
}

void Pool::give_back(Bucket& to, std::unique_ptr<Connection> connection) {
  if (connection) {
    const TimePoint now = clock_.now();
    connection->idle_since = now;
    to.idle.push_back(std::move(connection));
    // The oldest is looked at each time, so that a burst's connections do not stay for ever.
    if (now - to.idle.front()->idle_since >= limits_.idle_timeout) drop_idle(to, 0);
  } else {
    --to.open;
    --open_;
  }
  serve_next();
}

void Pool::serve_next() {
  // Just one: at most one place has become free.
  for (Waiter* waiter : line_) {
    if (auto place = take_now(waiter->bucket, waiter->executor)) {
      waiter->serve(std::move(*place));
      return;
    }
  }
}

void Pool::close_idle() {
  for (auto& [origin, from] : buckets_) {
    while (!from.idle.empty())
      drop_idle(from, from.idle.size() - 1);
  }
}

bool Pool::has_idle(const Origin& origin) const {
  const auto found = buckets_.find(origin);
  return found != buckets_.end() && !found->second.idle.empty();
}

std::size_t Pool::idle() const {
  std::size_t count = 0;
  for (const auto& [origin, from] : buckets_)
    count += from.idle.size();
  return count;
}

}  // namespace albatross::http
