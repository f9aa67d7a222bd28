#include "client_fixtures.hpp"

#include "support/source_dir.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <stdexcept>

namespace albatross::test {
namespace {

using nlohmann::json;

json load(const std::string& name) {
  std::ifstream file(source_dir() + "/fixtures/clients/" + name);
  if (!file) throw std::runtime_error("no fixtures/clients/" + name);
  return json::parse(file);
}

Pairs pairs_of(const json& list) {
  Pairs pairs;
  for (const json& pair : list) {
    pairs.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
  }
  return pairs;
}

std::map<std::string, ServiceModel> load_models() {
  std::map<std::string, ServiceModel> models;
  const json all = load("model.json");
  for (const auto& [name, from] : all.items()) {
    ServiceModel& model = models[name];
    model.version = from.at("version");
    model.protocol = from.at("protocol");
    model.errors = from.at("errors").get<std::map<std::string, int>>();
    for (const auto& [action, operation] : from.at("operations").items()) {
      OperationModel& one = model.operations[action];
      one.http = operation.at("http");
      operation.at("request").get_to(one.request);
      operation.at("required").get_to(one.required);
      operation.at("enums").get_to(one.enums);
      operation.at("response").get_to(one.response);
    }
  }
  return models;
}

std::map<std::string, RequestSample> load_requests() {
  std::map<std::string, RequestSample> samples;
  const json all = load("requests.json");
  for (const json& from : all) {
    const std::string key =
        from.at("service").get<std::string>() + " " + from.at("sample").get<std::string>();
    RequestSample& sample = samples[key];
    sample.method = from.at("method");
    sample.path = from.at("path");
    sample.query = pairs_of(from.at("query"));
    const json& body = from.at("body");
    if (body.is_array()) sample.form = pairs_of(body);
    if (body.is_object()) sample.json = body.dump();
  }
  return samples;
}

std::vector<ResponseSample> load_responses() {
  std::vector<ResponseSample> samples;
  const json all = load("responses.json");
  for (const json& from : all) {
    samples.push_back({from.at("service"), from.at("action"), from.at("body"),
                       from.at("expected").get<std::map<std::string, std::string>>()});
  }
  return samples;
}

}  // namespace

const std::map<std::string, ServiceModel>& service_models() {
  static const auto models = load_models();
  return models;
}

const RequestSample& request_sample(const std::string& service, const std::string& sample) {
  static const auto samples = load_requests();
  return samples.at(service + " " + sample);
}

const std::vector<ResponseSample>& response_samples() {
  static const auto samples = load_responses();
  return samples;
}

const ResponseSample& response_sample(const std::string& service, const std::string& action) {
  for (const ResponseSample& sample : response_samples()) {
    if (sample.service == service && sample.action == action) return sample;
  }
  throw std::out_of_range("no sample answer of " + service + " " + action);
}

std::string normalised_json(const std::string& text) {
  return json::parse(text).dump();
}

}  // namespace albatross::test
