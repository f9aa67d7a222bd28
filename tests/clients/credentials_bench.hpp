#pragma once

#include "albatross/clients/default_credentials.hpp"
#include "albatross/runtime/entropy.hpp"
#include "albatross/runtime/virtual_clock.hpp"

#include "support/fake_machine.hpp"
#include "support/fake_transport.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace albatross::test {

/// "2026-01-01T00:10:00Z".
inline std::string iso(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

inline std::string credentials_json(const std::string& id, const char* token_name,
                                    const std::string& expiration) {
  return R"({"Code":"Success","AccessKeyId":")" + id + R"(","SecretAccessKey":"s-)" + id +
         R"(",")" + token_name + R"(":"t-)" + id + R"(","Expiration":")" + expiration + R"("})";
}

/// A machine, a scripted network, and the default chain on it.
struct CredentialsBench {
  explicit CredentialsBench(VirtualClock& virtual_clock)
      : clock(virtual_clock), transport(virtual_clock) {}

  CredentialsContext context() {
    CredentialsContext context(clock, entropy, transport);
    context.environment = machine.environment();
    context.read_file = machine.file_reader();
    context.write_private_file = [this](const std::string& path, const std::string& text) {
      machine.files[path] = text;
    };
    context.run_process = [](std::vector<std::string>, Deadline) -> Task<ProcessResult> {
      throw std::runtime_error("no programs here");
      co_return ProcessResult();
    };
    return context;
  }

  std::unique_ptr<CredentialsProvider> chain(ConfigOverrides overrides = ConfigOverrides()) {
    return chain(context(), overrides);
  }
  std::unique_ptr<CredentialsProvider> chain(CredentialsContext context,
                                             ConfigOverrides overrides = ConfigOverrides()) {
    return make_default_credentials(
        std::move(context),
        load_aws_config(machine.environment(), machine.file_reader(), overrides));
  }

  void set_config(std::string text) { machine.files["/home/u/.aws/config"] = std::move(text); }
  void set_credentials(std::string text) {
    machine.files["/home/u/.aws/credentials"] = std::move(text);
  }

  VirtualClock& clock;
  SeededEntropy entropy{7};
  FakeTransport transport;
  FakeMachine machine;
};

/// What resolve() says in the end.
struct Outcome {
  ResolvedCredentials resolved;
  std::string error;
  bool says(std::string_view words) const { return error.find(words) != std::string::npos; }
  const std::string& id() const { return resolved.credentials.access_key_id; }
};

inline Task<Outcome> resolve(CredentialsProvider& provider, Deadline deadline = Deadline::never()) {
  Outcome outcome;
  try {
    auto resolved = co_await provider.resolve(deadline);
    outcome.resolved = std::move(resolved);
  } catch (const CredentialsError& error) {
    outcome.error = error.what();
  }
  co_return outcome;
}

}  // namespace albatross::test
