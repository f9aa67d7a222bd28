#include "automation.hpp"

#include <chrono>
#include <utility>

albatross::Task<std::vector<std::string>> wait_for_instances(albatross::ec2::Client& ec2,
                                                             albatross::Clock& clock,
                                                             std::string stack, std::size_t count) {
  for (;;) {
    albatross::ec2::DescribeInstancesRequest request;
    request.filters.push_back({"tag:albatross:stack", {stack}});
    request.filters.push_back({"instance-state-name", {"running"}});
    const auto answer = co_await ec2.describe_instances(std::move(request));
    std::vector<std::string> ids;
    for (const auto& reservation : answer.reservations) {
      for (const auto& instance : reservation.instances)
        ids.push_back(instance.instance_id);
    }
    if (ids.size() >= count) co_return ids;
    co_await clock.sleep_for(std::chrono::seconds{10});
  }
}
