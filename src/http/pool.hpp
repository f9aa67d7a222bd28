#pragma once

#include "albatross/http/message.hpp"
#include "albatross/runtime/concurrency.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace albatross::http {

class Connection;

/// Who may have how many connections, and who is next.
///
/// A place is the right to one open connection. Places are limited for each origin and in total.
/// Whoever finds none waits in one line for all origins: a place that becomes free goes to the
/// first in line who can use it, and nobody who comes later overtakes. An idle connection to one
/// origin is closed when its place is needed for another.
class Pool {
 public:
  struct Limits {
    std::size_t per_origin;
    std::size_t total;
    Duration idle_timeout;
  };

 private:
  struct Bucket;

 public:
  /// A place, with an idle connection in it or none yet. When it is destroyed the connection is
  /// closed and the place is free, unless keep() was called.
  class Place {
   public:
    Place(Pool& pool, Bucket& bucket, std::unique_ptr<Connection> connection);
    Place(Place&& other) noexcept;
    Place& operator=(Place&&) = delete;
    ~Place();

    Connection* connection() const { return connection_.get(); }
    void fill(std::unique_ptr<Connection> connection);
    /// Gives the place back with its connection idle in it; the connection must be in order.
    void keep();

   private:
    Pool* pool_;
    Bucket* bucket_;
    std::unique_ptr<Connection> connection_;
  };

  Pool(Clock& clock, Limits limits);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// A place if there is one right now.
  /// @param executor idle connections of another executor are not used.
  std::optional<Place> try_take(const Origin& origin, const boost::asio::any_io_executor& executor);
  /// A place, after a wait if need be. Throws DeadlineExceeded; honours cancellation.
  Task<Place> take(Origin origin, Deadline deadline);

  void close_idle();
  bool has_idle(const Origin& origin) const;
  std::size_t open() const { return open_; }
  std::size_t idle() const;
  std::size_t stale() const { return stale_; }

 private:
  struct Waiter;

  Bucket& bucket(const Origin& origin);
  std::optional<Place> take_now(Bucket& bucket, const boost::asio::any_io_executor& executor);
  std::unique_ptr<Connection> take_idle(Bucket& bucket,
                                        const boost::asio::any_io_executor& executor);
  bool make_room();
  void drop_idle(Bucket& bucket, std::size_t index);
  void give_back(Bucket& bucket, std::unique_ptr<Connection> connection);
  void serve_next();

  Clock& clock_;
  Limits limits_;
  std::map<Origin, Bucket> buckets_;
  std::list<Waiter*> line_;
  std::size_t open_ = 0;
  std::size_t stale_ = 0;
};

}  // namespace albatross::http
