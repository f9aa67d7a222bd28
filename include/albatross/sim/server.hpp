#pragma once

#include "albatross/sim/cloud.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace albatross::sim {

/// Where a Server listens, and what it does besides answering calls.
struct ServerOptions {
  /// Loopback unless somebody insists: anybody who reaches it may read all of the account.
  std::string address = "127.0.0.1";
  /// 0 for any free one; see Server::port().
  std::uint16_t port = 0;
  /// How fast the Cloud's time runs: 10 makes ten minutes of AWS pass in one.
  double time_scale = 1;
  /// Instances answer HTTP on loopback addresses of their own, load balancers listen, check health
  /// over the wire and forward; their host names end in elb.localhost, and the server's own port is
  /// a proxy to them under the ports that the account knows. Changes the Cloud's options.
  bool data_plane = false;
  std::size_t max_request_bytes = std::size_t{4} << 20U;
  Duration idle_timeout = std::chrono::seconds{75};
  /// Told of every call right after it was answered, with how long answering took (a delay that a
  /// fault adds included).
  std::function<void(const CallRecord&, Duration)> on_call;
  /// Told of each listener of a load balancer that begins to be served: the load balancer's name,
  /// and the URL on this machine.
  std::function<void(const std::string&, const std::string&)> on_front;
};

/// Serves a Cloud over HTTP/1.1 with keep-alive, for any AWS client that is pointed at it.
///
/// Everything runs on the given executor (one thread or strand). The Cloud and the clock must
/// outlive it. Destroying it stops it.
class Server {
 public:
  /// Does not listen yet: see listen().
  Server(boost::asio::any_io_executor executor, Cloud& cloud, Clock& clock,
         ServerOptions options = {});
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Binds, listens and starts to serve. Throws boost::system::system_error when the port is taken.
  void listen();
  /// Closes the listener and every connection at once; idempotent.
  void stop();

  /// The port listened on; 0 before listen().
  std::uint16_t port() const;
  /// "http://127.0.0.1:4566".
  std::string url() const;

  /// The Cloud's present time: the clock's, scaled and advanced.
  TimePoint cloud_now() const;
  /// Moves the Cloud's time ahead at once.
  void advance(Duration by);
  /// Changes the speed from now on.
  void set_time_scale(double scale);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace albatross::sim
