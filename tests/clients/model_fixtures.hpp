#pragma once

#include "albatross/clients/service.hpp"

#include "client_fixtures.hpp"

#include <map>
#include <string>
#include <vector>

// More of fixtures/clients: enumerations and errors of AWS's models, and the values of the sample
// requests.

namespace albatross::test {

/// A service's name in the fixtures: "ec2".
std::string key_of(Service service);

/// Values by path.
using Enums = std::map<std::string, std::vector<std::string>>;

struct OperationDetails {
  Enums request_enums;
  Enums response_enums;
  /// The codes of the errors that this operation is documented to end in.
  std::vector<std::string> errors;
};

/// By key_of() and action.
const std::map<std::string, std::map<std::string, OperationDetails>>& operation_details();

struct SampleValues {
  std::string service;
  std::string action;
  /// By path, with N for indices: "Actions.N.Type".
  Pairs values;
};
const std::vector<SampleValues>& sample_values();

/// "Tag.1.Key" as "Tag.N.Key".
std::string without_indices(const std::string& path);

}  // namespace albatross::test
