#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

/// The table of that id; nullopt when there is none.
Task<std::optional<ec2::RouteTable>> describe(Session& session,
                                              ec2::DescribeRouteTablesRequest request) {
  auto call = session.aws.ec2.describe_route_tables(std::move(request), session.options);
  auto answer = co_await if_found(std::move(call));
  std::optional<ec2::RouteTable> out;
  if (answer && !answer->route_tables.empty()) out = answer->route_tables.front();
  co_return out;
}

/// AWS::EC2::RouteTable. Properties: vpc_id.
class RouteTable final : public Kind {
 public:
  std::string_view name() const override { return "route_table"; }
  Tagging tagging() const override { return Tagging::ec2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    ec2::DescribeRouteTablesRequest request;
    if (record.id.empty()) {
      request.filters = node_filters(session, record);
    } else {
      request.route_table_ids = {record.id};
    }
    auto table = co_await describe(session, std::move(request));
    std::optional<Observed> out;
    if (!table) co_return out;
    out = observe(*table);
    out->actual["tags"] = tags_seen(table->tags, session, record);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::CreateRouteTableRequest request;
    request.vpc_id = record.property("vpc_id");
    request.client_token = record.token;
    request.tag_specifications = tag_specifications(session, record, "route-table");
    auto answer = co_await session.aws.ec2.create_route_table(std::move(request), session.options);
    co_return observe(answer.route_table);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::DeleteRouteTableRequest request;
    request.route_table_id = record.id;
    co_await session.aws.ec2.delete_route_table(std::move(request), session.options);
  }

 private:
  static Observed observe(const ec2::RouteTable& table) {
    Observed out;
    out.id = table.route_table_id;
    out.actual["vpc_id"] = table.vpc_id;
    out.state = "available";
    return out;
  }
};

/// AWS::EC2::Route to an internet gateway. Properties: route_table_id, destination, gateway_id.
class Route final : public Kind {
 public:
  std::string_view name() const override { return "route"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    ec2::DescribeRouteTablesRequest request;
    request.route_table_ids = {record.property("route_table_id")};
    auto table = co_await describe(session, std::move(request));
    std::optional<Observed> out;
    if (!table) co_return out;
    for (const ec2::Route& route : table->routes) {
      if (route.destination_cidr_block == record.property("destination")) {
        out = observe(record, route.gateway_id, route.state);
      }
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::CreateRouteRequest request;
    request.route_table_id = record.property("route_table_id");
    request.destination_cidr_block = record.property("destination");
    request.gateway_id = record.property("gateway_id");
    co_await session.aws.ec2.create_route(std::move(request), session.options);
    co_return observe(record, record.property("gateway_id"), "active");
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string>) const override {
    ec2::ReplaceRouteRequest request;
    request.route_table_id = record.property("route_table_id");
    request.destination_cidr_block = record.property("destination");
    request.gateway_id = record.property("gateway_id");
    co_await session.aws.ec2.replace_route(std::move(request), session.options);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::DeleteRouteRequest request;
    request.route_table_id = record.property("route_table_id");
    request.destination_cidr_block = record.property("destination");
    co_await session.aws.ec2.delete_route(std::move(request), session.options);
  }

  // A route to a gateway that is gone leads nowhere, and is in nobody's way.
  Belonging belonging(const ResourceRecord& record, bool) const override {
    return {record.property("route_table_id"), ""};
  }

  ChangeEffect effect_of(std::string_view property) const override {
    return property == "gateway_id" ? ChangeEffect::in_place : ChangeEffect::replace;
  }

 private:
  static Observed observe(const ResourceRecord& record, const std::string& gateway_id,
                          const std::string& state) {
    Observed out;
    out.id = record.property("route_table_id") + "/" + record.property("destination");
    out.actual["gateway_id"] = gateway_id;
    out.state = state;
    return out;
  }
};

/// AWS::EC2::SubnetRouteTableAssociation. Properties: route_table_id, subnet_id.
class RouteTableAssociation final : public Kind {
 public:
  std::string_view name() const override { return "route_table_association"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    ec2::DescribeRouteTablesRequest request;
    request.route_table_ids = {record.property("route_table_id")};
    auto table = co_await describe(session, std::move(request));
    std::optional<Observed> out;
    if (!table) co_return out;
    for (const ec2::RouteTableAssociation& association : table->associations) {
      if (association.subnet_id != record.property("subnet_id")) continue;
      out = observe(association.route_table_association_id, association.association_state.state);
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::AssociateRouteTableRequest request;
    request.route_table_id = record.property("route_table_id");
    request.subnet_id = record.property("subnet_id");
    auto answer =
        co_await session.aws.ec2.associate_route_table(std::move(request), session.options);
    co_return observe(answer.association_id, answer.association_state.state);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::DisassociateRouteTableRequest request;
    request.association_id = record.id;
    co_await session.aws.ec2.disassociate_route_table(std::move(request), session.options);
  }

  // A subnet has one route table.
  bool exclusive() const override { return true; }

  Belonging belonging(const ResourceRecord& record, bool) const override {
    return {record.property("subnet_id"), "route_table"};
  }

 private:
  static Observed observe(const std::string& id, const std::string& state) {
    Observed out;
    out.id = id;
    out.state = state;
    out.readiness = state == "associating" ? Readiness::pending : Readiness::ready;
    return out;
  }
};

}  // namespace

const Kind& route_table() {
  static const RouteTable kind;
  return kind;
}

const Kind& route() {
  static const Route kind;
  return kind;
}

const Kind& route_table_association() {
  static const RouteTableAssociation kind;
  return kind;
}

}  // namespace albatross::resources
