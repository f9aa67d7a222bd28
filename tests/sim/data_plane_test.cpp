#include "albatross/http/beast_transport.hpp"
#include "albatross/runtime/concurrency.hpp"
#include "albatross/sim/server.hpp"

#include "../support/run_coro.hpp"
#include "account.hpp"
#include "sim/world.hpp"

#include <boost/asio/this_coro.hpp>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace albatross::sim::test {
namespace {

using albatross::test::run_coro;
using Json = nlohmann::json;

constexpr const char* signed_as =
    "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/elasticloadbalancing/aws4_request";

/// A served account with a data plane, where a second is ten minutes, and a client of it.
class Served {
 public:
  Served(boost::asio::any_io_executor executor, Clock& clock)
      : clock_(clock),
        cloud_(options()),
        server_(std::move(executor), cloud_, clock, serving()),
        transport_(clock) {
    server_.listen();
  }
  ~Served() { transport_.close_idle(); }

  Task<Answer> elb(std::string action, Params params) {
    auto request = form_request("elasticloadbalancing", "2015-12-01", action, params);
    request.headers.add("Authorization", signed_as);
    request.origin = own_origin();
    Answer answer;
    answer.response = co_await send(std::move(request));
    answer.xml->load_buffer(answer.response.body.data(), answer.response.body.size());
    co_return answer;
  }
  /// Through the load balancer's own port.
  Task<http::Response> get(std::string path, http::Headers headers = http::Headers()) {
    http::Request request;
    request.origin = {false, "127.0.0.1", front_};
    request.target = std::move(path);
    request.headers = std::move(headers);
    co_return co_await send(std::move(request));
  }
  /// Through the simulator's port, as a client that has it for a proxy.
  Task<http::Response> get_by_proxy(std::string url) {
    http::Request request;
    request.origin = own_origin();
    request.target = std::move(url);
    co_return co_await send(std::move(request));
  }
  Task<http::Response> send(http::Request request) {
    co_return co_await transport_.send(std::move(request), Deadline::after(clock_, 5s));
  }
  Task<Json> control(std::string method, std::string path, std::string body) {
    http::Request request;
    request.origin = own_origin();
    request.method = std::move(method);
    request.target = "/_albatross/" + path;
    request.body = std::move(body);
    const auto response = co_await send(std::move(request));
    co_return Json::parse(response.body);
  }
  Task<Json> state() {
    auto asked = control("GET", "state", "");
    auto answer = co_await std::move(asked);
    co_return answer;
  }
  /// Waits until the load balancer listens; remembers where.
  Task<> until_served() {
    for (int i = 0; i < 400 && front_ == 0; ++i) {
      const Json now = co_await state();
      for (const Json& endpoint : now["endpoints"]) {
        url_ = endpoint["url"];
        front_ = static_cast<std::uint16_t>(std::stoi(url_.substr(url_.rfind(':') + 1)));
      }
      co_await clock_.sleep_for(10ms);
    }
    EXPECT_NE(front_, 0) << "never served";
  }
  /// Waits until target health says that; the reason it gives.
  Task<std::string> until_target_is(std::string group, std::string wanted) {
    for (int i = 0; i < 600; ++i) {
      Params params;
      params.emplace_back("TargetGroupArn", group);
      const auto seen = co_await elb("DescribeTargetHealth", std::move(params));
      if (seen.text("TargetHealth/State") == wanted) co_return seen.text("TargetHealth/Reason");
      co_await clock_.sleep_for(10ms);
    }
    ADD_FAILURE() << "never " << wanted;
    co_return "";
  }
  Cloud& cloud() { return cloud_; }
  TimePoint now() const { return server_.cloud_now(); }
  const std::string& url() const { return url_; }

 private:
  static CloudOptions options() {
    CloudOptions made;
    made.verify_signatures = false;
    return made;
  }
  static ServerOptions serving() {
    ServerOptions made;
    made.data_plane = true;
    made.time_scale = 600;
    return made;
  }
  http::Origin own_origin() const { return {false, "127.0.0.1", server_.port()}; }

  Clock& clock_;
  Cloud cloud_;
  Server server_;
  http::BeastTransport transport_;
  std::uint16_t front_ = 0;
  std::string url_;
};

/// A load balancer on port 28090 (taken or not: the data plane finds another one when it has to),
/// an instance behind it, and rules that answer by themselves. Built in process; the server shows
/// it from then on.
Stack stack_in(Cloud& cloud, TimePoint now) {
  Account account(cloud.options());
  account.now = now;
  Stack stack = build_stack(account);
  const auto rule = [&](const char* priority, const char* path, Params action) {
    action.insert(action.end(), {{"ListenerArn", stack.listener},
                                 {"Priority", priority},
                                 {"Conditions.member.1.Field", "path-pattern"},
                                 {"Conditions.member.1.Values.member.1", path}});
    account.elb("CreateRule", action);
  };
  rule("418", "/teapot",
       {{"Actions.member.1.Type", "fixed-response"},
        {"Actions.member.1.FixedResponseConfig.StatusCode", "418"}});
  rule("419", "/old",
       {{"Actions.member.1.Type", "redirect"},
        {"Actions.member.1.RedirectConfig.StatusCode", "HTTP_301"},
        {"Actions.member.1.RedirectConfig.Path", "/new"}});
  account.elb("ModifyListener", {{"ListenerArn", stack.listener}, {"Port", "28090"}});
  account.ec2("AuthorizeSecurityGroupIngress",
              {{"GroupId", stack.alb_group},
               {"IpPermissions.1.IpProtocol", "tcp"},
               {"IpPermissions.1.FromPort", "28090"},
               {"IpPermissions.1.ToPort", "28090"},
               {"IpPermissions.1.IpRanges.1.CidrIp", "0.0.0.0/0"}});
  account.elb("ModifyTargetGroupAttributes", {{"TargetGroupArn", stack.target_group},
                                              {"Attributes.member.1.Key", "stickiness.enabled"},
                                              {"Attributes.member.1.Value", "true"}});
  cloud = std::move(account.cloud);
  return stack;
}

TEST(DataPlane, ServesByRulesThroughHealthyTargets) {
  run_coro(
      [](Clock& clock) -> Task<> {
        auto executor = co_await boost::asio::this_coro::executor;
        Served served(executor, clock);
        const Stack stack = stack_in(served.cloud(), served.now());
        co_await served.until_target_is(stack.target_group, "healthy");
        co_await served.until_served();
        const auto answer = co_await served.get("/hello?x=1");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.headers.find("X-Albatross-Instance").value_or(""), stack.instance);
        const std::string cookie(answer.headers.find("Set-Cookie").value_or(""));
        EXPECT_TRUE(cookie.starts_with("AWSALB=")) << cookie;
        const Json body = Json::parse(answer.body);
        EXPECT_EQ(body["target"], "/hello?x=1");
        EXPECT_EQ(body["instance"], stack.instance);
        EXPECT_EQ(body["headers"]["X-Forwarded-For"], "127.0.0.1");
        EXPECT_EQ(body["headers"]["X-Forwarded-Port"], "28090");
        const auto teapot = co_await served.get("/teapot");
        EXPECT_EQ(teapot.status, 418);
        const auto moved = co_await served.get("/old");
        EXPECT_EQ(moved.status, 301);
        http::Headers foreign;
        foreign.add("Host", "other-1.us-east-1.elb.localhost");
        const auto nobody = co_await served.get("/", foreign);
        EXPECT_EQ(nobody.status, 421) << "no other simulator's load balancer is impersonated";
        const std::string host = served.url().substr(0, served.url().rfind(':'));
        const auto proxied = co_await served.get_by_proxy(host + ":28090/by-proxy");
        EXPECT_EQ(proxied.status, 200);
        EXPECT_EQ(Json::parse(proxied.body)["target"], "/by-proxy");
      },
      30s);
}

TEST(DataPlane, ChecksOverTheWireDecideHealthAndSayWhy) {
  run_coro(
      [](Clock& clock) -> Task<> {
        auto executor = co_await boost::asio::this_coro::executor;
        Served served(executor, clock);
        const Stack stack = stack_in(served.cloud(), served.now());
        co_await served.until_target_is(stack.target_group, "healthy");
        co_await served.until_served();
        const std::string who = "{\"instance\":\"" + stack.instance + "\",\"port\":8080";
        co_await served.control("POST", "service", who + ",\"listening\":false}");
        const auto refused = co_await served.until_target_is(stack.target_group, "unhealthy");
        EXPECT_EQ(refused, "Target.FailedHealthChecks");
        const auto broken = co_await served.get("/");
        EXPECT_EQ(broken.status, 502);
        co_await served.control("POST", "service", who + "}");
        co_await served.until_target_is(stack.target_group, "healthy");
        co_await served.control("POST", "service", who + ",\"status\":503}");
        const auto mismatch = co_await served.until_target_is(stack.target_group, "unhealthy");
        EXPECT_EQ(mismatch, "Target.ResponseCodeMismatch");
        co_await served.control("POST", "service", who + "}");
        co_await served.until_target_is(stack.target_group, "healthy");
        co_await served.control("POST", "service", who + ",\"hangs\":true}");
        const auto silent = co_await served.until_target_is(stack.target_group, "unhealthy");
        EXPECT_EQ(silent, "Target.Timeout");
        const auto unknown = co_await served.control("POST", "service", "{\"instance\":\"i-0\"}");
        EXPECT_EQ(unknown["error"], "there is no instance i-0");
      },
      60s);
}

TEST(DataPlane, AClosedSecurityGroupLetsNothingIn) {
  run_coro(
      [](Clock& clock) -> Task<> {
        auto executor = co_await boost::asio::this_coro::executor;
        Served served(executor, clock);
        const Stack stack = stack_in(served.cloud(), served.now());
        for (auto& rule : served.cloud().world().groups.at(stack.alb_group).rules)
          rule.egress = true;
        co_await served.until_served();
        http::TransportErrorKind kind{};
        try {
          const auto answer = co_await served.get("/");
          ADD_FAILURE() << answer.status;
        } catch (const http::TransportError& error) {
          kind = error.kind();
        }
        EXPECT_EQ(kind, http::TransportErrorKind::timeout);
      },
      30s);
}

}  // namespace
}  // namespace albatross::sim::test
