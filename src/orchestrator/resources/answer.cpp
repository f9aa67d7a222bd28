#include "albatross/clients/exchange_rules.hpp"

#include "orchestrator/resources/kinds.hpp"
#include "orchestrator/resources/support.hpp"
#include "orchestrator/run.hpp"

#include <utility>

namespace albatross::resources {
namespace {

// Of one request; whoever answers, answers within it.
constexpr Duration patience = std::chrono::seconds{10};

http::Request request_to(const ResourceRecord& record) {
  http::Request request;
  request.origin.tls = record.property("tls") == "true";
  request.origin.host = record.property("dns_name");
  request.origin.port = static_cast<std::uint16_t>(number(record.property("port")));
  request.target = record.property("path");
  request.headers.add("User-Agent", std::string(probe_user_agent));
  request.headers.add("Accept", "*/*");
  if (!record.property("host").empty()) request.headers.add("Host", record.property("host"));
  return request;
}

/// What a load balancer says itself when it has nobody to ask.
bool is_refusal(int status) {
  return status == 502 || status == 503 || status == 504;
}

std::string words_of(const http::Response& response) {
  return std::to_string(response.status) + (response.reason.empty() ? "" : " " + response.reason);
}

/// Not a thing but a state: a service answers what is asked of the load balancer's name.
/// Properties: service, dns_name, tls, port, host (of the route; empty: the DNS name), path.
class Answer final : public Kind {
 public:
  std::string_view name() const override { return answer_kind; }
  bool mutates() const override { return false; }

  Task<std::optional<Observed>> find(Session& session, ResourceRecord record) const override {
    http::Request request = request_to(record);
    Observed out;
    out.detail = "GET " + request.origin.url() + request.target;
    http::Transport* visitor = session.visitors ? session.visitors(request.origin) : nullptr;
    if (visitor == nullptr) {
      out.state = "not asked";
      co_return out;
    }
    out.readiness = Readiness::pending;
    const Deadline deadline =
        earlier(Deadline::after(session.aws.clock, patience), session.options.deadline);
    try {
      auto sent = visitor->send(std::move(request), deadline);
      const http::Response response = co_await std::move(sent);
      out.state = words_of(response);
      if (!is_refusal(response.status)) out.readiness = Readiness::ready;
    } catch (const http::TransportError& error) {
      // A certificate is for names of one's own, hardly for the load balancer's: it has answered.
      if (error.kind() == http::TransportErrorKind::tls) out.readiness = Readiness::ready;
      out.state = "no answer (" + std::string(http::to_string(error.kind())) + ")";
      out.detail += ": " + std::string(error.what());
    }
    co_return out;
  }

  // As long as it takes until the name is known everywhere.
  Watch watch(const ResourceRecord&) const override {
    return {Duration::zero(), std::chrono::minutes{5}};
  }
};

}  // namespace

const Kind& answer() {
  static const Answer kind;
  return kind;
}

}  // namespace albatross::resources
