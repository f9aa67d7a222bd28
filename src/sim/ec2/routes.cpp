#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

namespace albatross::sim::ec2 {
namespace {

bool is_main(const Call& call, const RouteTable& table) {
  const auto vpc = call.world.vpcs.find(table.vpc);
  return vpc != call.world.vpcs.end() && vpc->second.main_table == table.id;
}

/// A route to what no longer exists leads nowhere.
std::string_view route_state(const Call& call, const Route& route) {
  if (!route.target.starts_with("igw-")) return "active";
  const auto gateway = call.world.gateways.find(route.target);
  const bool there = gateway != call.world.gateways.end() && !gateway->second.vpc.empty();
  return there ? "active" : "blackhole";
}

constexpr Filter<RouteTable> filters[] = {
    {"route-table-id", [](const Call&, const RouteTable& t, Values& out) { out.push_back(t.id); }},
    {"vpc-id", [](const Call&, const RouteTable& t, Values& out) { out.push_back(t.vpc); }},
    {"owner-id",
     [](const Call& c, const RouteTable&, Values& out) { out.push_back(c.world.options.account); }},
    {"association.main",
     [](const Call&, const RouteTable& t, Values& out) {
       for (const auto& a : t.associations)
         out.emplace_back(a.subnet.empty() ? "true" : "false");
     }},
    {"association.subnet-id",
     [](const Call&, const RouteTable& t, Values& out) {
       for (const auto& a : t.associations) {
         if (!a.subnet.empty()) out.push_back(a.subnet);
       }
     }},
    {"association.route-table-association-id",
     [](const Call&, const RouteTable& t, Values& out) {
       for (const auto& a : t.associations)
         out.push_back(a.id);
     }},
    {"association.route-table-id",
     [](const Call&, const RouteTable& t, Values& out) {
       if (!t.associations.empty()) out.push_back(t.id);
     }},
    {"association.gateway-id", [](const Call&, const RouteTable&, Values&) {}},
    {"route.gateway-id",
     [](const Call&, const RouteTable& t, Values& out) {
       for (const auto& r : t.routes)
         out.push_back(r.target);
     }},
    {"route.destination-cidr-block",
     [](const Call&, const RouteTable& t, Values& out) {
       for (const auto& r : t.routes)
         out.push_back(r.destination);
     }},
    {"route.state",
     [](const Call& c, const RouteTable& t, Values& out) {
       for (const auto& r : t.routes)
         out.emplace_back(route_state(c, r));
     }},
    {"route.origin",
     [](const Call&, const RouteTable& t, Values& out) {
       for (const auto& r : t.routes)
         out.push_back(r.origin);
     }},
};

void write_route(Call& call, const Route& route) {
  Xml& out = call.out;
  const bool v6 = route.destination.find(':') != std::string::npos;
  out.leaf(v6 ? "destinationIpv6CidrBlock" : "destinationCidrBlock", route.destination);
  const bool gateway = route.target == "local" || route.target.starts_with("igw-");
  if (gateway) out.leaf("gatewayId", route.target);
  if (route.target.starts_with("nat-")) out.leaf("natGatewayId", route.target);
  if (route.target.starts_with("eni-")) out.leaf("networkInterfaceId", route.target);
  out.leaf("state", route_state(call, route));
  out.leaf("origin", route.origin);
}

void describe_tables(Call& call) {
  static constexpr Listing<RouteTable> listing{
      "RouteTableId", "routeTableSet", "rtb-", "InvalidRouteTableID", "routeTable ID", 5, 100,
      false,          filters};
  describe(call, listing, call.world.route_tables,
           [&](const RouteTable& table) { write_route_table(call, table); });
}

void create_table(Call& call) {
  World& world = call.world;
  std::string id = replayed(call, "CreateRouteTable");
  if (id.empty() || !world.route_tables.contains(id)) {
    const Vpc& vpc = vpc_of(call, call.params["VpcId"].text());
    const Tags tags = tags_for(call, "route-table");
    RouteTable table;
    table.id = id = world.ids.make("rtb-");
    table.vpc = vpc.id;
    table.routes.push_back({vpc.cidr.str(), "local", "CreateRouteTable"});
    if (!tags.empty()) world.tags[id] = tags;
    world.route_tables.emplace(id, std::move(table));
    world.created(id, call.now);
    remember_token(call, "CreateRouteTable", id);
  }
  call.out.in("routeTable", [&] { write_route_table(call, world.route_tables.at(id)); });
  call.out.leaf("clientToken", call.params["ClientToken"].text());
}

void delete_table(Call& call) {
  const RouteTable& table = table_of(call, call.params["RouteTableId"].text());
  if (is_main(call, table) || !table.associations.empty()) {
    refuse("DependencyViolation",
           cat("The routeTable '", table.id, "' has dependencies and cannot be deleted."));
  }
  const std::string id = table.id;
  call.world.tags.erase(id);
  call.world.route_tables.erase(id);
  write_return(call);
}

std::string destination_of(const Call& call) {
  if (const Param v6 = call.params["DestinationIpv6CidrBlock"]) {
    if (!looks_like_ipv6_cidr(v6.text())) {
      refuse("InvalidParameterValue", cat("The destination '", v6.text(), "' is not valid"));
    }
    return v6.str();
  }
  const auto text = call.params["DestinationCidrBlock"].text();
  if (text.empty()) {
    refuse("MissingParameter",
           "The request must contain the parameter destinationCidrBlock or "
           "destinationIpv6CidrBlock");
  }
  const auto cidr = parse_cidr(text);
  if (!cidr) {
    refuse("InvalidParameterValue",
           cat("Value (", text,
               ") for parameter destinationCidrBlock is invalid. This is not a "
               "valid CIDR block."));
  }
  return Cidr{cidr->network(), cidr->prefix}.str();
}

std::string target_of(Call& call, const RouteTable& table) {
  if (const Param gateway = call.params["GatewayId"]) {
    const auto id = gateway.text();
    const InternetGateway* found = call.world.find(call.world.gateways, id);
    if (found == nullptr) {
      refuse("InvalidGatewayID.NotFound", cat("The gateway ID '", id, "' does not exist"));
    }
    if (found->vpc != table.vpc) {
      refuse("InvalidParameterValue", cat("route table ", table.id, " and network gateway ", id,
                                          " belong to different networks"));
    }
    return found->id;
  }
  if (const Param interface = call.params["NetworkInterfaceId"]) {
    return interface_of(call, interface.text()).id;
  }
  if (const Param nat = call.params["NatGatewayId"]) {
    refuse("InvalidNatGatewayID.NotFound",
           cat("The natGateway ID '", nat.text(), "' does not exist"));
  }
  refuse("MissingParameter",
         "The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId");
}

void create_route(Call& call) {
  RouteTable& table = table_of(call, call.params["RouteTableId"].text());
  const std::string destination = destination_of(call);
  const std::string target = target_of(call, table);
  for (const Route& route : table.routes) {
    if (route.destination != destination) continue;
    refuse("RouteAlreadyExists", cat("The route identified by ", destination, " already exists."));
  }
  table.routes.push_back({destination, target, "CreateRoute"});
  write_return(call);
}

Route& route_in(RouteTable& table, const std::string& destination) {
  for (Route& route : table.routes) {
    if (route.destination == destination) return route;
  }
  refuse("InvalidRoute.NotFound",
         cat("no route with destination-cidr-block ", destination, " in route table ", table.id));
}

void replace_route(Call& call) {
  RouteTable& table = table_of(call, call.params["RouteTableId"].text());
  Route& route = route_in(table, destination_of(call));
  route.target = target_of(call, table);
  write_return(call);
}

void delete_route(Call& call) {
  RouteTable& table = table_of(call, call.params["RouteTableId"].text());
  const std::string destination = destination_of(call);
  if (route_in(table, destination).target == "local") {
    refuse("InvalidParameterValue",
           cat("cannot remove local route ", destination, " in route table ", table.id));
  }
  std::erase_if(table.routes, [&](const Route& r) { return r.destination == destination; });
  write_return(call);
}

void write_association(Call& call, const std::string& id) {
  call.out.leaf("associationId", id);
  call.out.in("associationState", [&] { call.out.leaf("state", "associated"); });
}

void associate(Call& call) {
  RouteTable& table = table_of(call, call.params["RouteTableId"].text());
  const Subnet& subnet = subnet_of(call, call.params["SubnetId"].text());
  if (subnet.vpc != table.vpc) {
    refuse("InvalidParameterValue", cat("route table ", table.id, " and subnet ", subnet.id,
                                        " belong to different networks"));
  }
  for (const auto& [id, other] : call.world.route_tables) {
    for (const auto& association : other.associations) {
      if (association.subnet != subnet.id) continue;
      if (id == table.id) return write_association(call, association.id);
      refuse("Resource.AlreadyAssociated",
             cat("the specified association for route table ", table.id,
                 " conflicts with an existing association"));
    }
  }
  RouteAssociation made{call.world.ids.make("rtbassoc-"), subnet.id};
  table.associations.push_back(made);
  write_association(call, made.id);
}

[[noreturn]] void no_association(std::string_view id) {
  refuse("InvalidAssociationID.NotFound", cat("The association ID '", id, "' does not exist"));
}

std::pair<RouteTable*, std::size_t> find_association(World& world, std::string_view id) {
  for (auto& [table_id, table] : world.route_tables) {
    for (std::size_t i = 0; i < table.associations.size(); ++i) {
      if (table.associations[i].id == id) return {&table, i};
    }
  }
  return {nullptr, 0};
}

void disassociate(Call& call) {
  const auto id = call.params["AssociationId"].text();
  const auto [table, index] = find_association(call.world, id);
  if (table == nullptr) no_association(id);
  if (table->associations[index].subnet.empty()) {
    refuse("InvalidParameterValue",
           cat("cannot disassociate the main route table association ", id));
  }
  table->associations.erase(table->associations.begin() + static_cast<std::ptrdiff_t>(index));
  write_return(call);
}

void replace_association(Call& call) {
  const auto id = call.params["AssociationId"].text();
  RouteTable& to = table_of(call, call.params["RouteTableId"].text());
  const auto [from, index] = find_association(call.world, id);
  if (from == nullptr) no_association(id);
  const std::string subnet = from->associations[index].subnet;
  from->associations.erase(from->associations.begin() + static_cast<std::ptrdiff_t>(index));
  if (subnet.empty()) call.world.vpcs.at(to.vpc).main_table = to.id;
  RouteAssociation made{call.world.ids.make("rtbassoc-"), subnet};
  to.associations.push_back(made);
  call.out.leaf("newAssociationId", made.id);
  call.out.in("associationState", [&] { call.out.leaf("state", "associated"); });
}

constexpr Action actions[] = {
    {"DescribeRouteTables", describe_tables},
    {"CreateRouteTable", create_table},
    {"DeleteRouteTable", delete_table},
    {"CreateRoute", create_route},
    {"ReplaceRoute", replace_route},
    {"DeleteRoute", delete_route},
    {"AssociateRouteTable", associate},
    {"DisassociateRouteTable", disassociate},
    {"ReplaceRouteTableAssociation", replace_association},
};

}  // namespace

std::span<const Action> route_actions() {
  return actions;
}

void write_route_table(Call& call, const RouteTable& table) {
  Xml& out = call.out;
  out.leaf("routeTableId", table.id);
  out.leaf("vpcId", table.vpc);
  out.leaf("ownerId", call.world.options.account);
  out.in("routeSet", [&] {
    for (const Route& route : table.routes)
      out.in("item", [&] { write_route(call, route); });
  });
  out.in("associationSet", [&] {
    for (const auto& association : table.associations) {
      out.in("item", [&] {
        out.leaf("routeTableAssociationId", association.id);
        out.leaf("routeTableId", table.id);
        out.leaf_if("subnetId", association.subnet);
        out.leaf("main", association.subnet.empty());
        out.in("associationState", [&] { out.leaf("state", "associated"); });
      });
    }
  });
  out.empty("propagatingVgwSet");
  write_tags(call, table.id);
}

}  // namespace albatross::sim::ec2
