#include "orchestrator/holders.hpp"

#include <array>
#include <optional>
#include <utility>

namespace albatross {
namespace {

/// The filter that finds the interfaces in a thing of that kind, and where its id is recorded.
struct Lookup {
  std::string_view kind;
  const char* filter;
  /// A property; empty: the record's own id.
  const char* property;
};

constexpr std::array lookups{
    Lookup{"security_group", "group-id", ""},
    Lookup{"subnet", "subnet-id", ""},
    Lookup{"vpc", "vpc-id", ""},
    Lookup{"internet_gateway_attachment", "vpc-id", "vpc_id"},
};

std::optional<ec2::Filter> filter_of(const ResourceRecord& record) {
  for (const Lookup& lookup : lookups) {
    if (lookup.kind != record.kind) continue;
    const std::string id = *lookup.property == '\0' ? record.id : record.property(lookup.property);
    if (id.empty()) return std::nullopt;
    return ec2::Filter{lookup.filter, {id}};
  }
  return std::nullopt;
}

std::string describe(const ec2::NetworkInterface& interface) {
  std::string purpose = interface.description;
  if (interface.attachment && !interface.attachment->instance_id.empty()) {
    purpose = "instance " + interface.attachment->instance_id;
  }
  std::string out = interface.network_interface_id;
  const std::string& owner = interface.requester_id;
  if (purpose.empty() && owner.empty()) return out + " (" + interface.status + ")";
  out += " (" + purpose;
  if (!owner.empty()) out += (purpose.empty() ? "of " : ", of ") + owner;
  return out + ")";
}

}  // namespace

std::string describe_holders(const std::vector<ec2::NetworkInterface>& interfaces) {
  constexpr std::size_t named = 3;
  std::string out;
  for (std::size_t i = 0; i < interfaces.size() && i < named; ++i) {
    out += (out.empty() ? "" : ", ") + describe(interfaces[i]);
  }
  if (interfaces.size() > named) {
    out += " and " + std::to_string(interfaces.size() - named) + " more";
  }
  return out;
}

Task<std::string> holders_of(const Run& run, ResourceRecord record, Step step, Deadline deadline) {
  std::optional<ec2::Filter> filter = filter_of(record);
  std::string out;
  if (!filter) co_return out;
  ec2::DescribeNetworkInterfacesRequest request;
  request.filters.push_back(std::move(*filter));
  request.max_results = 100;
  Session session = run.session(record, step, deadline);
  try {
    auto found = co_await run.aws.ec2.all_network_interfaces(std::move(request), session.options);
    out = describe_holders(found);
  } catch (const ApiError&) {
    out.clear();  // A diagnosis that cannot be had does not make matters worse.
  }
  co_return out;
}

}  // namespace albatross
