#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

// fixtures/clients, made by tools/make_client_fixtures.py, as plain data (so that few tests need
// the JSON library).

namespace albatross::test {

/// What AWS's model says of one operation. Paths as in clients/schema.hpp, values are kinds.
struct OperationModel {
  std::string http;
  std::map<std::string, std::string> request;
  std::vector<std::string> required;
  std::map<std::string, std::vector<std::string>> enums;
  std::map<std::string, std::string> response;
};

struct ServiceModel {
  std::string version;
  std::string protocol;
  std::map<std::string, OperationModel> operations;
  /// Error code to HTTP status.
  std::map<std::string, int> errors;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What botocore sends for a sample input.
struct RequestSample {
  std::string method;
  std::string path;
  Pairs query;
  /// Of a Query service: sorted parameters. Else the body's JSON, sorted by key.
  Pairs form;
  std::string json;
};

/// What botocore reads from a sample answer: values by path.
struct ResponseSample {
  std::string service;
  std::string action;
  std::string body;
  std::map<std::string, std::string> expected;
};

/// By the services' names in lower case: "ec2".
const std::map<std::string, ServiceModel>& service_models();
/// @param sample "CreateVpc", or "CreateListener/https" where there are several.
const RequestSample& request_sample(const std::string& service, const std::string& sample);
const std::vector<ResponseSample>& response_samples();
const ResponseSample& response_sample(const std::string& service, const std::string& action);

/// The same text for the same JSON, whatever its order and spacing.
std::string normalised_json(const std::string& text);

}  // namespace albatross::test
