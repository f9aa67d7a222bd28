#include "sim/core/quotas.hpp"
#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

namespace albatross::sim::ec2 {
namespace {

constexpr Filter<InternetGateway> filters[] = {
    {"internet-gateway-id",
     [](const Call&, const InternetGateway& g, Values& out) { out.push_back(g.id); }},
    {"attachment.vpc-id",
     [](const Call&, const InternetGateway& g, Values& out) {
       if (!g.vpc.empty()) out.push_back(g.vpc);
     }},
    {"attachment.state",
     [](const Call&, const InternetGateway& g, Values& out) {
       if (!g.vpc.empty()) out.emplace_back("available");
     }},
    {"owner-id", [](const Call& c, const InternetGateway&,
                    Values& out) { out.push_back(c.world.options.account); }},
};

void write_gateway(Call& call, const InternetGateway& gateway) {
  call.out.leaf("internetGatewayId", gateway.id);
  call.out.leaf("ownerId", call.world.options.account);
  call.out.in("attachmentSet", [&] {
    if (gateway.vpc.empty()) return;
    call.out.in("item", [&] {
      call.out.leaf("vpcId", gateway.vpc);
      call.out.leaf("state", "available");
    });
  });
  write_tags(call, gateway.id);
}

void describe_gateways(Call& call) {
  static constexpr Listing<InternetGateway> listing{"InternetGatewayId",
                                                    "internetGatewaySet",
                                                    "igw-",
                                                    "InvalidInternetGatewayID",
                                                    "internetGateway ID",
                                                    5,
                                                    1000,
                                                    false,
                                                    filters};
  describe(call, listing, call.world.gateways,
           [&](const InternetGateway& gateway) { write_gateway(call, gateway); });
}

void create_gateway(Call& call) {
  if (static_cast<double>(call.world.gateways.size()) >=
      call.world.quota(quota::internet_gateways)) {
    refuse("InternetGatewayLimitExceeded",
           "The maximum number of internet gateways has been reached.");
  }
  const Tags tags = tags_for(call, "internet-gateway");
  InternetGateway gateway{call.world.ids.make("igw-"), ""};
  if (!tags.empty()) call.world.tags[gateway.id] = tags;
  call.world.gateways.emplace(gateway.id, gateway);
  call.world.created(gateway.id, call.now);
  call.out.in("internetGateway", [&] { write_gateway(call, gateway); });
}

void attach(Call& call) {
  InternetGateway& gateway = gateway_of(call, call.params["InternetGatewayId"].text());
  const Vpc& vpc = vpc_of(call, call.params["VpcId"].text());
  if (!gateway.vpc.empty()) {
    refuse("Resource.AlreadyAssociated",
           cat("resource ", gateway.id, " is already attached to network ", gateway.vpc));
  }
  if (call.world.has_gateway(vpc.id)) {
    refuse("InvalidParameterValue",
           cat("Network ", vpc.id, " already has an internet gateway attached"));
  }
  gateway.vpc = vpc.id;
  write_return(call);
}

/// Public addresses that the gateway is needed for: those of instances and of load balancers.
bool has_public_addresses(const World& world, std::string_view vpc) {
  for (const auto& [id, interface] : world.interfaces) {
    if (interface.vpc == vpc && interface.public_address != 0) return true;
  }
  return false;
}

void detach(Call& call) {
  InternetGateway& gateway = gateway_of(call, call.params["InternetGatewayId"].text());
  const Vpc& vpc = vpc_of(call, call.params["VpcId"].text());
  if (gateway.vpc != vpc.id) {
    refuse("Gateway.NotAttached",
           cat("resource ", gateway.id, " is not attached to network ", vpc.id));
  }
  if (has_public_addresses(call.world, vpc.id)) {
    refuse("DependencyViolation",
           cat("Network ", vpc.id,
               " has some mapped public address(es). Please unmap those public "
               "address(es) before detaching the gateway."));
  }
  gateway.vpc.clear();
  write_return(call);
}

void delete_gateway(Call& call) {
  const InternetGateway& gateway = gateway_of(call, call.params["InternetGatewayId"].text());
  if (!gateway.vpc.empty()) {
    refuse("DependencyViolation",
           cat("The internetGateway '", gateway.id, "' has dependencies and cannot be deleted."));
  }
  const std::string id = gateway.id;
  call.world.tags.erase(id);
  call.world.gateways.erase(id);
  write_return(call);
}

constexpr Action actions[] = {
    {"DescribeInternetGateways", describe_gateways},
    {"CreateInternetGateway", create_gateway},
    {"AttachInternetGateway", attach},
    {"DetachInternetGateway", detach},
    {"DeleteInternetGateway", delete_gateway},
};

}  // namespace

std::span<const Action> gateway_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
