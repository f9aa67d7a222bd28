#include "model_fixtures.hpp"

#include "support/source_dir.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <regex>
#include <stdexcept>

namespace albatross::test {
namespace {

using nlohmann::json;

json load(const std::string& name) {
  std::ifstream file(source_dir() + "/fixtures/clients/" + name);
  if (!file) throw std::runtime_error("no fixtures/clients/" + name);
  return json::parse(file);
}

std::map<std::string, std::map<std::string, OperationDetails>> load_details() {
  std::map<std::string, std::map<std::string, OperationDetails>> all;
  const json models = load("model.json");
  for (const auto& [service, model] : models.items()) {
    for (const auto& [action, operation] : model.at("operations").items()) {
      OperationDetails& details = all[service][action];
      operation.at("enums").get_to(details.request_enums);
      operation.at("responseEnums").get_to(details.response_enums);
      operation.at("errors").get_to(details.errors);
    }
  }
  return all;
}

void add_values(const json& from, const std::string& path, Pairs& values) {
  if (from.is_object()) {
    for (const auto& [name, member] : from.items())
      add_values(member, path.empty() ? name : path + "." + name, values);
  } else if (from.is_array()) {
    for (const json& element : from)
      add_values(element, path + ".N", values);
  } else if (from.is_string()) {
    values.emplace_back(path, from.get<std::string>());
  }
}

std::vector<SampleValues> load_values() {
  std::vector<SampleValues> all;
  const json samples = load("requests.json");
  for (const json& sample : samples) {
    const std::string name = sample.at("sample");
    SampleValues& one =
        all.emplace_back(SampleValues{sample.at("service"), name.substr(0, name.find('/')), {}});
    const json& body = sample.at("body");
    if (body.is_object()) add_values(body, "", one.values);
    if (!body.is_array()) continue;
    for (const json& pair : body)
      one.values.emplace_back(without_indices(pair.at(0)), pair.at(1).get<std::string>());
  }
  return all;
}

}  // namespace

std::string key_of(Service service) {
  switch (service) {
    case Service::ec2:
      return "ec2";
    case Service::elbv2:
      return "elbv2";
    case Service::efs:
      return "efs";
    case Service::iam:
      return "iam";
    case Service::sts:
      return "sts";
    case Service::ssm:
      return "ssm";
    case Service::dynamodb:
      return "dynamodb";
    case Service::acm:
      return "acm";
    case Service::service_quotas:
      return "service-quotas";
  }
  return "";
}

const std::map<std::string, std::map<std::string, OperationDetails>>& operation_details() {
  static const auto details = load_details();
  return details;
}

const std::vector<SampleValues>& sample_values() {
  static const auto values = load_values();
  return values;
}

std::string without_indices(const std::string& path) {
  static const std::regex index("\\.[0-9]+(?=\\.|$)");
  return std::regex_replace(path, index, ".N");
}

}  // namespace albatross::test
