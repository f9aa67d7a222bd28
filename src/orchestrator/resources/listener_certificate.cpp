#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Observed observe(const ResourceRecord& record) {
  Observed out;
  out.id = record.property("listener_arn") + "/" + record.property("certificate");
  return out;
}

std::vector<elbv2::Certificate> only(const ResourceRecord& record) {
  std::vector<elbv2::Certificate> out(1);
  out[0].certificate_arn = record.property("certificate");
  return out;
}

/// AWS::ElasticLoadBalancingV2::ListenerCertificate: one certificate beyond the default one, for
/// SNI. Properties: listener_arn, certificate.
class ListenerCertificate final : public Kind {
 public:
  std::string_view name() const override { return "listener_certificate"; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    elbv2::DescribeListenerCertificatesRequest request;
    request.listener_arn = record.property("listener_arn");
    auto call = session.aws.elbv2.all_listener_certificates(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer) co_return out;
    for (const elbv2::Certificate& certificate : *answer) {
      const bool this_one = certificate.certificate_arn == record.property("certificate");
      if (this_one && !certificate.is_default) out = observe(record);
    }
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    elbv2::AddListenerCertificatesRequest request;
    request.listener_arn = record.property("listener_arn");
    request.certificates = only(record);
    co_await session.aws.elbv2.add_listener_certificates(std::move(request), session.options);
    co_return observe(record);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    elbv2::RemoveListenerCertificatesRequest request;
    request.listener_arn = record.property("listener_arn");
    request.certificates = only(record);
    try {
      co_await session.aws.elbv2.remove_listener_certificates(std::move(request), session.options);
    } catch (const ApiError& error) {
      // It has become the default one meanwhile, which is the listener's own business.
      if (error.code() != "OperationNotPermitted") throw;
    }
  }

  Belonging belonging(const ResourceRecord& record, bool) const override {
    return {record.property("listener_arn"), ""};
  }
};

}  // namespace

const Kind& listener_certificate() {
  static const ListenerCertificate kind;
  return kind;
}

}  // namespace albatross::resources
