#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Observed observe(const ec2::InternetGateway& gateway) {
  Observed out;
  out.id = gateway.internet_gateway_id;
  out.state = "available";
  return out;
}

/// AWS::EC2::InternetGateway. No properties.
class InternetGateway final : public Kind {
 public:
  std::string_view name() const override { return "internet_gateway"; }
  Tagging tagging() const override { return Tagging::ec2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    ec2::DescribeInternetGatewaysRequest request;
    if (record.id.empty()) {
      request.filters = node_filters(session, record);
    } else {
      request.internet_gateway_ids = {record.id};
    }
    auto call = session.aws.ec2.describe_internet_gateways(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (answer && !answer->internet_gateways.empty()) {
      out = observe(answer->internet_gateways.front());
      out->actual["tags"] = tags_seen(answer->internet_gateways.front().tags, session, record);
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::CreateInternetGatewayRequest request;
    request.tag_specifications = tag_specifications(session, record, "internet-gateway");
    auto answer =
        co_await session.aws.ec2.create_internet_gateway(std::move(request), session.options);
    co_return observe(answer.internet_gateway);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::DeleteInternetGatewayRequest request;
    request.internet_gateway_id = record.id;
    co_await session.aws.ec2.delete_internet_gateway(std::move(request), session.options);
  }
};

/// AWS::EC2::VPCGatewayAttachment. Properties: internet_gateway_id, vpc_id.
class InternetGatewayAttachment final : public Kind {
 public:
  std::string_view name() const override { return "internet_gateway_attachment"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    ec2::DescribeInternetGatewaysRequest request;
    request.internet_gateway_ids = {record.property("internet_gateway_id")};
    auto call = session.aws.ec2.describe_internet_gateways(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer) co_return out;
    for (const auto& gateway : answer->internet_gateways) {
      for (const auto& attachment : gateway.attachments) {
        if (attachment.vpc_id == record.property("vpc_id")) out = attached(record);
      }
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    ec2::AttachInternetGatewayRequest request;
    request.internet_gateway_id = record.property("internet_gateway_id");
    request.vpc_id = record.property("vpc_id");
    co_await session.aws.ec2.attach_internet_gateway(std::move(request), session.options);
    co_return attached(record);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    ec2::DetachInternetGatewayRequest request;
    request.internet_gateway_id = record.property("internet_gateway_id");
    request.vpc_id = record.property("vpc_id");
    co_await session.aws.ec2.detach_internet_gateway(std::move(request), session.options);
  }

  // A network has one gateway.
  bool exclusive() const override { return true; }

 private:
  static Observed attached(const ResourceRecord& record) {
    Observed out;
    out.id = record.property("internet_gateway_id") + "/" + record.property("vpc_id");
    out.state = "attached";
    return out;
  }
};

}  // namespace

const Kind& internet_gateway() {
  static const InternetGateway kind;
  return kind;
}

const Kind& internet_gateway_attachment() {
  static const InternetGatewayAttachment kind;
  return kind;
}

}  // namespace albatross::resources
