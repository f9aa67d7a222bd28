#pragma once

#include "albatross/sim/cloud.hpp"

#include "sim/data_plane/http_server.hpp"
#include "sim/data_plane/instance_ports.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace albatross::sim {

/// Where an instance's port can be reached on this machine.
struct OpenPort {
  std::string instance;
  std::uint16_t port = 0;  // as the account knows it
  std::string address;
  std::uint16_t local_port = 0;
};

/// Lets the account's instances answer HTTP, each on a loopback address of its own: its public
/// address where it has one.
class InstanceServices {
 public:
  InstanceServices(boost::asio::any_io_executor executor, Cloud& cloud);

  /// Opens and closes ports as the account's present state asks for.
  void refresh(NextChange& next);
  void close() { services_.clear(); }

  /// Where that port answers now; nothing when it does not.
  std::optional<http::Origin> origin_of(const std::string& instance, std::uint16_t port) const;
  std::vector<OpenPort> list() const;

 private:
  struct Service {
    std::string address;
    std::unique_ptr<HttpService> http;
  };
  std::string address_of(const std::string& instance);
  void open(const InstancePort& port, const std::string& address);
  Task<std::optional<http::Response>> answer(InstancePort self, std::string address,
                                             http::Request request);

  boost::asio::any_io_executor executor_;
  Cloud& cloud_;
  std::map<InstancePort, Service> services_;
  std::map<std::string, std::uint32_t> numbers_;  // of instances without a public address
};

}  // namespace albatross::sim
