#include "albatross/http/beast_transport.hpp"
#include "albatross/runtime/concurrency.hpp"
#include "albatross/sim/server.hpp"

#include "../support/run_coro.hpp"
#include "account.hpp"

#include <boost/asio/this_coro.hpp>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace albatross::sim::test {
namespace {

using albatross::test::run_coro;
using Json = nlohmann::json;

constexpr const char* signed_as = "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/";

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

  Task<Answer> ask(std::string service, std::string version, std::string action, Params params) {
    auto request = form_request(service, version, action, params);
    request.headers.add("Authorization", signed_as + service + "/aws4_request");
    request.origin = {false, "127.0.0.1", server_.port()};
    Answer answer;
    answer.response = co_await send(std::move(request));
    answer.xml->load_buffer(answer.response.body.data(), answer.response.body.size());
    co_return answer;
  }
  Task<Answer> ec2(std::string action, Params params) {
    auto asked = ask("ec2", "2016-11-15", std::move(action), std::move(params));
    co_return co_await std::move(asked);
  }
  Task<Answer> elb(std::string action, Params params) {
    auto asked = ask("elasticloadbalancing", "2015-12-01", std::move(action), std::move(params));
    co_return co_await std::move(asked);
  }
  Task<http::Response> get(std::string path) {
    http::Request request;
    request.origin = {false, "127.0.0.1", front_};
    request.target = std::move(path);
    co_return co_await send(std::move(request));
  }
  Task<http::Response> send(http::Request request) {
    co_return co_await transport_.send(std::move(request), Deadline::after(clock_, 5s));
  }
  Task<Json> state() {
    http::Request request;
    request.origin = {false, "127.0.0.1", server_.port()};
    request.target = "/_albatross/state";
    const auto response = co_await send(std::move(request));
    co_return Json::parse(response.body);
  }
  /// Waits until the load balancer listens; remembers where.
  Task<> until_served() {
    for (int i = 0; i < 200 && front_ == 0; ++i) {
      const Json now = co_await state();
      for (const Json& endpoint : now["endpoints"]) {
        const std::string url = endpoint["url"];
        front_ = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
      }
      co_await clock_.sleep_for(10ms);
    }
  }
  Task<> until_target_is(std::string group, std::string wanted) {
    for (int i = 0; i < 300; ++i) {
      Params params;
      params.emplace_back("TargetGroupArn", group);
      const auto seen = co_await elb("DescribeTargetHealth", std::move(params));
      if (seen.text("TargetHealth/State") == wanted) co_return;
      co_await clock_.sleep_for(10ms);
    }
    ADD_FAILURE() << "never " << wanted;
  }
  Cloud& cloud() { return cloud_; }
  TimePoint now() const { return server_.cloud_now(); }

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

  Clock& clock_;
  Cloud cloud_;
  Server server_;
  http::BeastTransport transport_;
  std::uint16_t front_ = 0;
};

Stack stack_in(Cloud& cloud, TimePoint now) {
  // Built in process; the server shows it from then on.
  Account account;
  account.cloud = std::move(cloud);
  account.now = now;
  Stack stack = build_stack(account);
  const auto fixed = [&](const char* path, const char* code) {
    account.elb("CreateRule", {{"ListenerArn", stack.listener},
                               {"Priority", code},
                               {"Conditions.member.1.Field", "path-pattern"},
                               {"Conditions.member.1.Values.member.1", path},
                               {"Actions.member.1.Type", "fixed-response"},
                               {"Actions.member.1.FixedResponseConfig.StatusCode", code}});
  };
  fixed("/teapot", "418");
  // Taken or not, above 1023: the data plane finds another one when it has to.
  account.elb("ModifyListener", {{"ListenerArn", stack.listener}, {"Port", "28090"}});
  cloud = std::move(account.cloud);
  return stack;
}

TEST(DataPlane, ServesThroughHealthyTargetsAndSaysWhyOneIsNot) {
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
        const Json body = Json::parse(answer.body);
        EXPECT_EQ(body["target"], "/hello?x=1");
        EXPECT_EQ(body["headers"]["X-Forwarded-For"], "127.0.0.1");
        const auto teapot = co_await served.get("/teapot");
        EXPECT_EQ(teapot.status, 418);
        served.cloud().set_service(stack.instance, 8080, false, served.now());
        co_await served.until_target_is(stack.target_group, "unhealthy");
        const auto broken = co_await served.get("/");
        EXPECT_EQ(broken.status, 502);
      },
      20s);
}

}  // namespace
}  // namespace albatross::sim::test
