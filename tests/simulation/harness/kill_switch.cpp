#include "simulation/harness/kill_switch.hpp"

#include "albatross/runtime/concurrency.hpp"

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

Task<> KillSwitch::point(std::string where) {
  if (points_++ != at_) co_return;
  killed_ = true;
  place_ = std::move(where);
  clock_.stop();
  co_await clock_.sleep_until(TimePoint::max());
}

Task<http::Response> MortalTransport::send(http::Request request, Deadline deadline) {
  const std::string name = name_of(request);
  co_await kill_.point("before " + name);
  http::Response response = co_await inner_.send(std::move(request), deadline);
  co_await kill_.point("after " + name);
  co_return response;
}

Task<std::unique_ptr<StackLock>> MortalStore::lock(std::string stack, std::string holder) {
  return inner_.lock(std::move(stack), std::move(holder));
}
Task<std::vector<StackRecord>> MortalStore::stacks() {
  return inner_.stacks();
}
Task<std::optional<StackRecord>> MortalStore::stack(std::string name) {
  return inner_.stack(std::move(name));
}
Task<std::vector<ResourceRecord>> MortalStore::resources(std::string stack) {
  return inner_.resources(std::move(stack));
}

Task<> MortalStore::put_stack(StackRecord record) {
  co_await kill_.point("before put_stack");
  co_await inner_.put_stack(std::move(record));
  co_await kill_.point("after put_stack");
}

Task<> MortalStore::erase_stack(std::string name) {
  co_await kill_.point("before erase_stack");
  co_await inner_.erase_stack(std::move(name));
  co_await kill_.point("after erase_stack");
}

Task<> MortalStore::put_resource(ResourceRecord record) {
  const std::string node = record.node;
  co_await kill_.point("before put_resource " + node);
  co_await inner_.put_resource(std::move(record));
  co_await kill_.point("after put_resource " + node);
}

Task<> MortalStore::erase_resource(std::string stack, std::string node) {
  const std::string name = node;
  co_await kill_.point("before erase_resource " + name);
  co_await inner_.erase_resource(std::move(stack), std::move(node));
  co_await kill_.point("after erase_resource " + name);
}

}  // namespace albatross::simulation
