#include "orchestrator/results.hpp"

#include "orchestrator/ways_in.hpp"

#include <algorithm>

namespace albatross {
namespace {

std::string balanced_url(const Stack& stack, const ServiceSpec& service, const std::string& dns) {
  const WayIn way = way_in(stack, service);
  return origin_of(*way.listener, way.host.empty() ? dns : way.host) + way.path;
}

std::vector<std::string> direct_urls(const ServiceSpec& service,
                                     const std::vector<ResourceRecord>& resources) {
  std::vector<std::string> out;
  for (const ResourceRecord& record : resources) {
    if (record.kind != "instance") continue;
    const std::string& visible = record.output("public_ip");
    const std::string& address = visible.empty() ? record.output("private_ip") : visible;
    out.push_back("http://" + address + ":" + std::to_string(service.port) + "/");
  }
  return out;
}

}  // namespace

Properties stack_outputs(const Stack& stack, const std::vector<ResourceRecord>& resources) {
  Properties out;
  const auto balancer =
      std::find_if(resources.begin(), resources.end(),
                   [](const ResourceRecord& record) { return record.node == "load_balancer"; });
  const bool balanced = stack.load_balancer.enabled && balancer != resources.end();
  if (balanced) out["dns_name"] = balancer->output("dns_name");
  for (const ServiceSpec& service : stack.services) {
    if (balanced) {
      out["url." + service.name] = balanced_url(stack, service, balancer->output("dns_name"));
    } else {
      out["url." + service.name] = direct_urls(service, resources);
    }
  }
  return out;
}

}  // namespace albatross
