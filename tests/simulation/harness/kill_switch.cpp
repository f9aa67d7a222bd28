#include "simulation/harness/kill_switch.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace albatross::simulation {
namespace {

/// "Action=CreateVpc…" or, for REST, method and path: enough to tell where a process died.
std::string name_of(const http::Request& request) {
  if (!request.body.starts_with("Action=")) {
    return request.method + " " + request.target.substr(0, request.target.find('?'));
  }
  return request.body.substr(7, request.body.find('&') - 7);
}

}  // namespace

void KillSwitch::point(const char* when, const char* what, std::string_view name) {
  check();
  if (points_++ != at_) return;
  die(std::string(when) + " " + what + std::string(name));
  check();
}

void KillSwitch::die(std::string where) {
  if (killed_ || retired_) return;
  killed_ = true;
  time_of_death_ = clock_.now();
  place_ = std::move(where);
}

void KillSwitch::check() const {
  if (killed_) throw boost::system::system_error(boost::asio::error::operation_aborted);
}

Task<http::Response> MortalTransport::send(http::Request request, Deadline deadline) {
  const std::string name = name_of(request);
  kill_.point("before", "", name);
  http::Response response = co_await inner_.send(std::move(request), deadline);
  kill_.point("after", "", name);
  co_return response;
}

Task<std::unique_ptr<StackLock>> MortalStore::lock(std::string stack, std::string holder) {
  kill_.point("before", "lock ", stack);
  return inner_.lock(std::move(stack), std::move(holder));
}
Task<std::vector<StackRecord>> MortalStore::stacks() {
  kill_.check();
  return inner_.stacks();
}
Task<std::optional<StackRecord>> MortalStore::stack(std::string name) {
  kill_.point("before", "reading stack ", name);
  return inner_.stack(std::move(name));
}
Task<std::vector<ResourceRecord>> MortalStore::resources(std::string stack) {
  kill_.point("before", "reading resources of ", stack);
  return inner_.resources(std::move(stack));
}

Task<> MortalStore::put_stack(StackRecord record) {
  kill_.point("before", "put_stack", "");
  co_await inner_.put_stack(std::move(record));
  kill_.point("after", "put_stack", "");
}

Task<> MortalStore::erase_stack(std::string name) {
  kill_.point("before", "erase_stack", "");
  co_await inner_.erase_stack(std::move(name));
  kill_.point("after", "erase_stack", "");
}

Task<> MortalStore::put_resource(ResourceRecord record) {
  const std::string node = record.node;
  kill_.point("before", "put_resource ", node);
  co_await inner_.put_resource(std::move(record));
  kill_.point("after", "put_resource ", node);
}

Task<> MortalStore::erase_resource(std::string stack, std::string node) {
  const std::string name = node;
  kill_.point("before", "erase_resource ", name);
  co_await inner_.erase_resource(std::move(stack), std::move(node));
  kill_.point("after", "erase_resource ", name);
}

}  // namespace albatross::simulation
