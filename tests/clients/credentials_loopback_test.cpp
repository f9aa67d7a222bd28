// Each source of credentials that asks somebody, against a server on loopback, over real
// connections and in real time; the details are in the other credentials_*_test.cpp.
#include "albatross/clients/default_credentials.hpp"
#include "albatross/http/beast_transport.hpp"
#include "albatross/runtime/entropy.hpp"

#include "clients/credentials_bench.hpp"
#include "clients/sha1.hpp"
#include "http/loopback.hpp"
#include "support/run_coro.hpp"

#include <boost/asio/this_coro.hpp>
#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace albatross {
namespace {

using http::test::Peer;
using http::test::Server;
using test::Outcome;
using test::resolve;

constexpr const char* far_future = "2099-01-01T00:00:00Z";

/// What the server says to a request: a status line's end and a body.
struct Said {
  std::string status;
  std::string body;
};
using Answer = std::function<Said(const std::string& request)>;

http::test::Script answering(Answer answer) {
  return [answer = std::move(answer)](Peer& peer) -> Task<> {
    for (;;) {
      const std::string request = co_await peer.request();
      if (request.empty()) co_return;
      const Said said = answer(request);
      std::string response = "HTTP/1.1 " + said.status +
                             "\r\nContent-Length: " + std::to_string(said.body.size()) +
                             "\r\n\r\n" + said.body;
      co_await peer.say(std::move(response));
    }
  };
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// The chain on a machine whose network is real and whose servers answer so.
struct Loopback {
  Loopback(Clock& the_clock, const boost::asio::any_io_executor& executor, Answer answer)
      : clock(the_clock), server(executor, answering(std::move(answer))), transport(the_clock) {
    machine.variables["AWS_REGION"] = "us-east-1";
  }

  std::string url(const std::string& path = {}) const { return server.origin().url() + path; }

  Task<Outcome> credentials() {
    CredentialsContext context(clock, entropy, transport);
    context.environment = machine.environment();
    context.read_file = machine.file_reader();
    AwsConfig config = load_aws_config(machine.environment(), machine.file_reader());
    const auto chain = make_default_credentials(std::move(context), std::move(config));
    auto outcome = co_await resolve(*chain);
    co_return outcome;
  }

  Clock& clock;
  Server server;
  http::BeastTransport transport;
  SeededEntropy entropy{7};
  test::FakeMachine machine;
};

/// @param set_up what the machine's owner has configured
Outcome outcome_with(Answer answer, const std::function<void(Loopback&)>& set_up) {
  Outcome outcome;
  test::run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Loopback loopback(clock, executor, answer);
    set_up(loopback);
    outcome = co_await loopback.credentials();
  });
  return outcome;
}

std::string sts_answer(const std::string& action, const std::string& id) {
  return "<" + action + "Response><" + action + "Result><Credentials><AccessKeyId>" + id +
         "</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
         "<Expiration>" +
         far_future + "</Expiration></Credentials></" + action + "Result></" + action + "Response>";
}

TEST(CredentialsOverLoopback, Container) {
  const auto outcome = outcome_with(
      [](const std::string& request) -> Said {
        const bool allowed =
            has(request, "GET /creds ") && has(request, "Authorization: let-me-in\r\n");
        if (!allowed) return {"403 Forbidden", ""};
        return {"200 OK", test::credentials_json("task", "Token", far_future)};
      },
      [](Loopback& loopback) {
        loopback.machine.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = loopback.url("/creds");
        loopback.machine.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "let-me-in";
      });
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.id(), "task");
}

TEST(CredentialsOverLoopback, InstanceMetadata) {
  const auto outcome = outcome_with(
      [](const std::string& request) -> Said {
        if (has(request, "PUT /latest/api/token ")) return {"200 OK", "session"};
        if (!has(request, "X-aws-ec2-metadata-token: session\r\n")) return {"401 Unauthorized", ""};
        if (has(request, "/security-credentials/role ")) {
          return {"200 OK", test::credentials_json("instance", "Token", far_future)};
        }
        return {"200 OK", "role"};
      },
      [](Loopback& loopback) {
        loopback.machine.variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = loopback.url();
      });
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.id(), "instance");
}

TEST(CredentialsOverLoopback, AssumedRole) {
  const auto outcome = outcome_with(
      [](const std::string& request) -> Said {
        const bool as_told = has(request, "Action=AssumeRole&") && has(request, "ExternalId=ext") &&
                             has(request, "Credential=BASE/");
        if (!as_told) return {"400 Bad Request", ""};
        return {"200 OK", sts_answer("AssumeRole", "assumed")};
      },
      [](Loopback& loopback) {
        loopback.machine.variables["AWS_ENDPOINT_URL_STS"] = loopback.url();
        loopback.machine.files["/home/u/.aws/config"] =
            "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n"
            "external_id = ext\n[profile base]\naws_access_key_id = BASE\n"
            "aws_secret_access_key = s\n";
      });
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.id(), "assumed");
}

TEST(CredentialsOverLoopback, WebIdentity) {
  const auto outcome = outcome_with(
      [](const std::string& request) -> Said {
        const bool as_told = has(request, "Action=AssumeRoleWithWebIdentity&") &&
                             has(request, "WebIdentityToken=a.b.c") &&
                             !has(request, "Authorization:");
        if (!as_told) return {"400 Bad Request", ""};
        return {"200 OK", sts_answer("AssumeRoleWithWebIdentity", "web")};
      },
      [](Loopback& loopback) {
        loopback.machine.variables["AWS_ENDPOINT_URL_STS"] = loopback.url();
        loopback.machine.variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/token";
        loopback.machine.variables["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/r";
        loopback.machine.files["/token"] = "a.b.c\n";
      });
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.id(), "web");
}

TEST(CredentialsOverLoopback, Sso) {
  const auto outcome = outcome_with(
      [](const std::string& request) -> Said {
        const bool as_told = has(request, "GET /federation/credentials?") &&
                             has(request, "x-amz-sso_bearer_token: bearer\r\n");
        if (!as_told) return {"401 Unauthorized", "{}"};
        return {"200 OK", R"({"roleCredentials":{"accessKeyId":"sso","secretAccessKey":"s",)"
                          R"("sessionToken":"t","expiration":4070908800000}})"};
      },
      [](Loopback& loopback) {
        loopback.machine.variables["AWS_ENDPOINT_URL_SSO"] = loopback.url();
        loopback.machine.files["/home/u/.aws/config"] =
            "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n"
            "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\n"
            "sso_region = eu-west-1\n";
        loopback.machine.files["/home/u/.aws/sso/cache/" + sha1_hex("corp") + ".json"] =
            std::string(R"({"accessToken":"bearer","expiresAt":")") + far_future + "\"}";
      });
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.id(), "sso");
}

TEST(CredentialsOverLoopback, AServerThatHangsUpIsToldOf) {
  const auto outcome = outcome_with(
      [](const std::string&) -> Said {
        return {"500 Oops", ""};
      },
      [](Loopback& loopback) {
        loopback.machine.variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = loopback.url();
      });
  EXPECT_TRUE(outcome.says("instance metadata")) << outcome.error;
}

}  // namespace
}  // namespace albatross
