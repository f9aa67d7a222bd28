#include "orchestrator/resources/actions.hpp"
#include "orchestrator/resources/elbv2_support.hpp"
#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"

namespace albatross::resources {
namespace {

Observed observe(const elbv2::Listener& listener, const ResourceRecord& record) {
  Observed out;
  out.id = listener.listener_arn;
  out.outputs["arn"] = listener.listener_arn;
  out.actual["port"] = std::to_string(listener.port);
  out.actual["protocol"] = listener.protocol;
  observe_actions(listener.default_actions, record, "default_target_group", out.actual);
  if (!listener.certificates.empty()) {
    out.actual["certificate"] = listener.certificates.front().certificate_arn;
    out.actual["ssl_policy"] = listener.ssl_policy;
  }
  return out;
}

/// The members that creating and modifying share.
template <class Request>
void set_members(Request& request, const ResourceRecord& record) {
  request.port = number(record.property("port"));
  request.protocol = record.property("protocol");
  request.ssl_policy = record.property("ssl_policy");
  if (!record.property("certificate").empty()) {
    request.certificates.push_back({record.property("certificate")});
  }
  request.default_actions = actions_of(record, "default_target_group");
}

/// AWS::ElasticLoadBalancingV2::Listener. Properties: load_balancer_arn, port, protocol, those of
/// its action (default_target_group names the group), and with HTTPS certificate and ssl_policy.
class Listener final : public Kind {
 public:
  std::string_view name() const override { return "listener"; }
  Tagging tagging() const override { return Tagging::elbv2; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    elbv2::DescribeListenersRequest request;
    if (record.id.empty()) {
      request.load_balancer_arn = record.property("load_balancer_arn");
    } else {
      request.listener_arns = {record.id};
    }
    auto call = session.aws.elbv2.all_listeners(std::move(request), session.options);
    auto answer = co_await if_found(std::move(call));
    std::optional<Observed> out;
    if (!answer) co_return out;
    for (const elbv2::Listener& listener : *answer) {
      const bool this_one = record.id.empty()
                                ? std::to_string(listener.port) == record.property("port")
                                : listener.listener_arn == record.id;
      if (this_one) out = observe(listener, record);
    }
    // On a load balancer that is only used, a stranger's listener may have the port.
    if (out) co_await check_tags(session, record, out);
    co_return out;
  }

  Task<Observed> create(Session& session, ResourceRecord record, Secrets) const override {
    elbv2::CreateListenerRequest request;
    request.load_balancer_arn = record.property("load_balancer_arn");
    set_members(request, record);
    request.tags = tags_of(session, record);
    auto answer = co_await session.aws.elbv2.create_listener(std::move(request), session.options);
    if (answer.listeners.empty()) throw std::runtime_error("CreateListener answered no listener");
    co_return observe(answer.listeners.front(), record);
  }

  Task<> update(Session& session, ResourceRecord record, Observed,
                std::vector<std::string>) const override {
    elbv2::ModifyListenerRequest request;
    request.listener_arn = record.id;
    set_members(request, record);
    co_await session.aws.elbv2.modify_listener(std::move(request), session.options);
  }

  Task<> join(Session& session, ResourceRecord record, Observed now,
              std::vector<std::string> changed) const override {
    elbv2::DescribeListenersRequest look;
    look.listener_arns = {record.id};
    auto found = co_await session.aws.elbv2.all_listeners(std::move(look), session.options);
    const auto wanted = actions_of(record, "default_target_group");
    std::optional<std::vector<elbv2::Action>> both;
    if (!found.empty()) both = joined(found.front().default_actions, wanted);
    if (!both) {
      co_await update(session, std::move(record), std::move(now), std::move(changed));
      co_return;
    }
    elbv2::ModifyListenerRequest request;
    request.listener_arn = record.id;
    request.default_actions = std::move(*both);
    co_await session.aws.elbv2.modify_listener(std::move(request), session.options);
  }

  Task<> destroy(Session& session, ResourceRecord record) const override {
    elbv2::DeleteListenerRequest request;
    request.listener_arn = record.id;
    co_await session.aws.elbv2.delete_listener(std::move(request), session.options);
  }

  Belonging belonging(const ResourceRecord& record, bool) const override {
    return {record.property("load_balancer_arn"), "target_group"};
  }

  ChangeEffect effect_of(std::string_view property) const override {
    return property == "load_balancer_arn" ? ChangeEffect::replace : ChangeEffect::in_place;
  }
};

}  // namespace

const Kind& listener() {
  static const Listener kind;
  return kind;
}

}  // namespace albatross::resources
