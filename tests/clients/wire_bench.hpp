#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/runtime/entropy.hpp"
#include "albatross/runtime/virtual_clock.hpp"

#include "client_fixtures.hpp"
#include "clients/percent.hpp"
#include "support/fake_transport.hpp"
#include "support/run_coro.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A typed client over a scripted server.
namespace albatross::test {

/// "a=1&b=%20" as sorted, decoded pairs.
inline Pairs decoded_form(const std::string& text) {
  Pairs pairs;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find('&', from), text.size());
    const std::string pair = text.substr(from, to - from);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    pairs.emplace_back(wire::percent_decode(pair.substr(0, equals)),
                       equals < pair.size() ? wire::percent_decode(pair.substr(equals + 1)) : "");
    from = to + 1;
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

/// Runs one operation of `Client` against the answers given, and keeps what it sent.
template <class Client>
class WireBench {
 public:
  explicit WireBench(std::vector<http::Response> answers) : answers_(std::move(answers)) {}

  template <class Response, class Request>
  std::optional<Response> run(Task<Response> (Client::*operation)(Request, CallOptions),
                              Request request) {
    std::optional<Response> result;
    run_virtual([&](VirtualClock& clock) -> Task<> {
      FakeTransport transport;
      for (const http::Response& one : answers_) {
        transport.then(one);
      }
      SeededEntropy entropy(1);
      StaticCredentials credentials({"AKIDEXAMPLE", Secret("secret"), Secret()});
      ApiCaller::Options options;
      options.region = "us-east-1";
      ApiCaller caller(clock, entropy, transport, credentials, options);
      Client client(caller);
      CallOptions call;
      try {
        result = co_await (client.*operation)(std::move(request), std::move(call));
      } catch (const ApiError& error) {
        error_ = error;
      }
      requests_ = transport.requests();
    });
    return result;
  }

  const std::vector<http::Request>& requests() const { return requests_; }
  const std::optional<ApiError>& error() const { return error_; }

 private:
  std::vector<http::Response> answers_;
  std::vector<http::Request> requests_;
  std::optional<ApiError> error_;
};

/// Sends `request` and holds what went out against what botocore sends for the sample.
template <class Client, class Response, class Request>
std::optional<Response> expect_like_botocore(const std::string& service, const std::string& sample,
                                             Task<Response> (Client::*operation)(Request,
                                                                                 CallOptions),
                                             Request request) {
  SCOPED_TRACE(sample);
  const std::string action = sample.substr(0, sample.find('/'));
  WireBench<Client> bench({answer(200, response_sample(service, action).body)});
  std::optional<Response> response = bench.run(operation, std::move(request));
  EXPECT_FALSE(bench.error()) << bench.error()->what();
  if (bench.requests().size() != 1) {
    ADD_FAILURE() << bench.requests().size() << " requests";
    return response;
  }
  const http::Request& sent = bench.requests().front();
  const RequestSample& theirs = request_sample(service, sample);
  EXPECT_EQ(sent.method, theirs.method);
  const std::size_t question = std::min(sent.target.find('?'), sent.target.size());
  EXPECT_EQ(sent.target.substr(0, question), theirs.path);
  const std::string query = question < sent.target.size() ? sent.target.substr(question + 1) : "";
  EXPECT_EQ(decoded_form(query), theirs.query);
  if (theirs.json.empty()) {
    EXPECT_EQ(decoded_form(sent.body), theirs.form);
  } else {
    EXPECT_EQ(normalised_json(sent.body), theirs.json);
  }
  return response;
}

}  // namespace albatross::test
