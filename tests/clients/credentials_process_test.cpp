#include "clients/credentials/process_credentials.hpp"
#include "clients/credentials_bench.hpp"
#include "support/run_coro.hpp"

#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace albatross {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::run_coro;
using Words = std::vector<std::string>;

TEST(CommandWords, AreSplitAsAShellDoes) {
  EXPECT_EQ(split_command("a  b\tc "), (Words{"a", "b", "c"}));
  EXPECT_EQ(split_command(R"("/opt/my tool" --name 'it is' x"y z"w)"),
            (Words{"/opt/my tool", "--name", "it is", "xy zw"}));
  EXPECT_EQ(split_command(R"(a\ b "c\"d\\e\f" 'g\h')"), (Words{"a b", R"(c"d\e\f)", R"(g\h)"}));
  EXPECT_EQ(split_command(R"('' "")"), (Words{"", ""}));
  EXPECT_EQ(split_command("  "), Words{});
  EXPECT_EQ(split_command("$HOME `x` *"), (Words{"$HOME", "`x`", "*"}));
  EXPECT_THROW(split_command("a 'b"), CredentialsError);
  EXPECT_THROW(split_command("a \"b"), CredentialsError);
}

Words shell(std::string script) {
  return {"/bin/sh", "-c", std::move(script)};
}

Task<ProcessResult> run(Clock& clock, Words words, Duration limit = seconds{5}) {
  const ProcessRunner runner = system_process_runner(clock);
  co_return co_await runner(std::move(words), Deadline::after(clock, limit));
}

TEST(ProcessRunner, CollectsOutputErrorsAndExitCode) {
  run_coro([](Clock& clock) -> Task<> {
    auto words = shell("echo out; echo err >&2; exit 3");
    const auto result = co_await run(clock, std::move(words));
    EXPECT_EQ(result.output, "out\n");
    EXPECT_EQ(result.errors, "err\n");
    EXPECT_EQ(result.exit_code, 3);
  });
}

TEST(ProcessRunner, ArgumentsAreNotInterpretedAndThereIsNoInput) {
  run_coro([](Clock& clock) -> Task<> {
    Words words = shell("cat; printf '%s|' \"$@\"");
    words.insert(words.end(), {"name", "a b", "$HOME", "*"});
    const auto result = co_await run(clock, std::move(words));
    EXPECT_EQ(result.output, "a b|$HOME|*|");
  });
}

TEST(ProcessRunner, ReadsMoreThanAPipeHolds) {
  run_coro([](Clock& clock) -> Task<> {
    auto words = shell("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2");
    const auto result = co_await run(clock, std::move(words));
    EXPECT_EQ(result.output.size(), 300'000U);
    EXPECT_EQ(result.errors.size(), 300'000U);
  });
}

TEST(ProcessRunner, AProgramKilledByASignalHasItsNumberInTheExitCode) {
  run_coro([](Clock& clock) -> Task<> {
    auto words = shell("kill -9 $$");
    const auto result = co_await run(clock, std::move(words));
    EXPECT_EQ(result.exit_code, 128 + 9);
  });
}

TEST(ProcessRunner, WhatCannotBeStartedIsAnError) {
  run_coro([](Clock& clock) -> Task<> {
    std::string error;
    try {
      Words words{"/no/such/program"};
      co_await run(clock, std::move(words));
    } catch (const std::runtime_error& caught) {
      error = caught.what();
    }
    EXPECT_EQ(error, "cannot be started: No such file or directory");
  });
}

TEST(ProcessRunner, EndlessOutputIsCutOff) {
  run_coro([](Clock& clock) -> Task<> {
    std::string error;
    try {
      Words words{"cat", "/dev/zero"};
      co_await run(clock, std::move(words));
    } catch (const std::runtime_error& caught) {
      error = caught.what();
    }
    EXPECT_EQ(error, "wrote more than 1 MiB");
  });
}

TEST(ProcessRunner, ASlowProgramIsKilledAtTheDeadline) {
  for (const char* script : {"sleep 60", "exec >&- 2>&-; exec sleep 60"}) {
    run_coro([script](Clock& clock) -> Task<> {
      const TimePoint start = clock.now();
      std::string error;
      try {
        auto words = shell(script);
        co_await run(clock, std::move(words), milliseconds(30));
      } catch (const std::runtime_error& caught) {
        error = caught.what();
      }
      EXPECT_EQ(error, "did not end in time");
      EXPECT_LT(clock.now() - start, seconds{5});
    });
  }
}

/// The default chain with real programs.
Task<test::Outcome> outcome_of(Clock& clock, const std::string& command) {
  test::FakeMachine machine;
  machine.files["/home/u/.aws/config"] = "[default]\ncredential_process = " + command + "\n";
  SeededEntropy entropy(1);
  test::FakeTransport transport;
  CredentialsContext context(clock, entropy, transport);
  context.environment = machine.environment();
  context.read_file = machine.file_reader();
  auto chain = make_default_credentials(
      context, load_aws_config(machine.environment(), machine.file_reader()));
  auto outcome = co_await test::resolve(*chain);
  co_return outcome;
}

TEST(ProcessCredentials, AreReadFromTheProgramsOutput) {
  run_coro([](Clock& clock) -> Task<> {
    const auto outcome = co_await outcome_of(
        clock,
        R"(/bin/echo '{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s","SessionToken":"t",)"
        R"("Expiration":"2099-01-01T01:00:00Z"}')");
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.id(), "a");
    EXPECT_EQ(outcome.resolved.credentials.session_token.reveal(), "t");
    EXPECT_TRUE(outcome.resolved.expires_at.has_value());
    EXPECT_EQ(outcome.resolved.source, "credential_process of profile default");
  });
}

TEST(ProcessCredentials, WithoutExpirationDoNotExpire) {
  run_coro([](Clock& clock) -> Task<> {
    const auto outcome = co_await outcome_of(
        clock, R"(/bin/echo '{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s"}')");
    EXPECT_EQ(outcome.id(), "a");
    EXPECT_FALSE(outcome.resolved.expires_at.has_value());
  });
}

TEST(ProcessCredentials, FailuresSayWhichProgramAndWhy) {
  struct Case {
    const char* command;
    const char* error;
  };
  for (const Case one : {
           Case{"/bin/sh -c 'echo no luck >&2; exit 2'", "/bin/sh ended with exit code 2: no luck"},
           Case{"/bin/false", "/bin/false ended with exit code 1"},
           Case{"/no/such/program --x", "/no/such/program: cannot be started"},
           Case{"/bin/echo hidden", "/bin/echo: its output is not a JSON object"},
           Case{R"(/bin/echo '{"Version":2,"SecretAccessKey":"hidden"}')", "\"Version\": 1"},
           Case{R"(/bin/echo '{"Version":1,"SecretAccessKey":"hidden"}')", "has no AccessKeyId"},
           Case{"'unclosed", "a quote that is not closed"},
           Case{"''", "cannot be started"},
       }) {
    run_coro([one](Clock& clock) -> Task<> {
      const auto outcome = co_await outcome_of(clock, one.command);
      EXPECT_TRUE(outcome.says(one.error)) << one.error << "\n" << outcome.error;
      EXPECT_FALSE(outcome.says("hidden")) << outcome.error;
    });
  }
}

TEST(ProcessCredentials, CancellationKillsTheProgramAndPassesThrough) {
  boost::asio::io_context context{1};
  SystemClock clock;
  auto body = [&clock]() -> Task<> {
    auto outcome = co_await outcome_of(clock, "/bin/sleep 60");
    ADD_FAILURE() << outcome.error;
  };
  test::Root root(context, body());
  context.run_for(milliseconds(20));
  root.cancel();
  context.restart();
  context.run_for(seconds(5));
  ASSERT_TRUE(root.done());
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

}  // namespace
}  // namespace albatross
