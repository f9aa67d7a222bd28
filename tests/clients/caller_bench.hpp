#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/runtime/virtual_clock.hpp"
#include "albatross/sigv4/verifier.hpp"

#include "support/fake_transport.hpp"

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the tests of ApiCaller share: an ApiCaller with a scripted server, under virtual time.
namespace albatross::test {

inline Credentials keys(std::string id, std::string token = "") {
  return {std::move(id), Secret("very-secret-key"), Secret(std::move(token))};
}

/// Hands out one after the other; each invalidate() moves on to the next.
class Rotating final : public CredentialsProvider {
 public:
  explicit Rotating(std::vector<Credentials> all) : all_(std::move(all)) {}
  Task<ResolvedCredentials> resolve(Deadline) override {
    ResolvedCredentials resolved;
    resolved.credentials = all_[at_];
    co_return resolved;
  }
  void invalidate() override {
    ++invalidated;
    if (at_ + 1 < all_.size()) ++at_;
  }
  int invalidated = 0;

 private:
  std::vector<Credentials> all_;
  std::size_t at_ = 0;
};

inline std::string ec2_error(const std::string& code, const std::string& message = "m") {
  return "<Response><Errors><Error><Code>" + code + "</Code><Message>" + message +
         "</Message></Error></Errors><RequestID>req-1</RequestID></Response>";
}

inline std::string http_date(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  static const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[64];
  std::snprintf(text, sizeof text, "Thu, %02u %s %04d %02d:%02d:%02d GMT",
                static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

/// Everything a call needs, under virtual time.
struct Bench {
  explicit Bench(VirtualClock& virtual_clock, std::vector<Credentials> credentials = {keys("AK")})
      : clock(virtual_clock), transport(virtual_clock), provider(std::move(credentials)) {
    options.region = "eu-west-1";
  }

  Task<std::optional<ApiError>> error_of(ApiRequest request, CallOptions call = CallOptions()) {
    ApiCaller caller(clock, entropy, transport, provider, options);
    std::optional<ApiError> error;
    try {
      response = co_await caller.call(std::move(request), std::move(call));
    } catch (const ApiError& caught) {
      error = caught;
    }
    co_return error;
  }

  VirtualClock& clock;
  SeededEntropy entropy{1};
  FakeTransport transport;
  Rotating provider;
  ApiCaller::Options options;
  http::Response response;
};

inline ApiRequest reading() {
  ApiRequest request;
  request.service = Service::ec2;
  request.action = "DescribeVpcs";
  request.content_type = "application/x-www-form-urlencoded; charset=utf-8";
  request.body = "Action=DescribeVpcs&Version=2016-11-15";
  request.idempotent = true;
  return request;
}

inline ApiRequest creating() {
  ApiRequest request = reading();
  request.action = "CreateVpc";
  request.body = "Action=CreateVpc&Version=2016-11-15";
  request.idempotent = false;
  return request;
}

inline sigv4::Verification check(const http::Request& request, WallTime now) {
  static const Credentials known[] = {keys("AK"), keys("AK2", "token/2")};
  std::vector<sigv4::HeaderView> headers;
  const std::string host = request.origin.authority();
  headers.push_back({"Host", host});
  for (const auto& header : request.headers)
    headers.push_back({header.name, header.value});
  sigv4::RequestView view;
  view.method = request.method;
  const std::string_view target = request.target;
  view.path = target.substr(0, target.find('?'));
  if (target.find('?') != target.npos) view.query = target.substr(target.find('?') + 1);
  view.headers = headers;
  view.body = request.body;
  const auto find = [](std::string_view id) -> const Credentials* {
    for (const Credentials& one : known) {
      if (one.access_key_id == id) return &one;
    }
    return nullptr;
  };
  return sigv4::verify(view, find, now);
}

}  // namespace albatross::test
