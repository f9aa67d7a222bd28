#include "cli/recording/snapshot.hpp"

#include "albatross/clients/endpoints.hpp"
#include "albatross/orchestrator/names.hpp"
#include "albatross/orchestrator/user_data.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace albatross::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* secret_property = "user_data";
constexpr const char* same_secret = "REDACTED";
constexpr const char* other_secret = "REDACTED (another)";

Json json_of(const Properties& properties) {
  Json out = Json::object();
  for (const auto& [name, value] : properties) {
    std::visit([&, &key = name](const auto& held) { out[key] = held; }, value);
  }
  return out;
}

Json json_of(const StackRecord& stack) {
  return {{"name", stack.name},
          {"deployment_id", stack.deployment_id},
          {"account", stack.account},
          {"region", stack.region},
          {"state", static_cast<int>(stack.state)},
          {"outputs", json_of(stack.outputs)},
          {"last_error", stack.last_error},
          {"created_at_ms", stack.created_at_ms},
          {"updated_at_ms", stack.updated_at_ms}};
}

Json json_of(const ResourceRecord& resource) {
  return {{"stack", resource.stack},
          {"node", resource.node},
          {"kind", resource.kind},
          {"tier", resource.tier},
          {"status", static_cast<int>(resource.status)},
          {"provenance", static_cast<int>(resource.provenance)},
          {"id", resource.id},
          {"token", resource.token},
          {"generation", resource.generation},
          {"properties", json_of(resource.properties)},
          {"outputs", json_of(resource.outputs)},
          {"outlived_by", resource.outlived_by},
          {"created_at_ms", resource.created_at_ms}};
}

Properties properties_of(const Json& json) {
  Properties out;
  for (const auto& [name, value] : json.items()) {
    if (value.is_array()) {
      out[name] = value.get<std::vector<std::string>>();
    } else {
      out[name] = value.get<std::string>();
    }
  }
  return out;
}

template <class Enum>
Enum enum_of(const Json& json, Enum last) {
  const int number = json.get<int>();
  if (number < 0 || number > static_cast<int>(last)) {
    throw std::runtime_error("the recorded state is of a newer version");
  }
  return static_cast<Enum>(number);
}

StackRecord stack_of(const Json& json) {
  StackRecord stack;
  json.at("name").get_to(stack.name);
  json.at("deployment_id").get_to(stack.deployment_id);
  json.at("account").get_to(stack.account);
  json.at("region").get_to(stack.region);
  stack.state = enum_of(json.at("state"), StackState::destroying);
  stack.outputs = properties_of(json.at("outputs"));
  json.at("last_error").get_to(stack.last_error);
  json.at("created_at_ms").get_to(stack.created_at_ms);
  json.at("updated_at_ms").get_to(stack.updated_at_ms);
  return stack;
}

ResourceRecord resource_of(const Json& json) {
  ResourceRecord resource;
  json.at("stack").get_to(resource.stack);
  json.at("node").get_to(resource.node);
  json.at("kind").get_to(resource.kind);
  json.at("tier").get_to(resource.tier);
  resource.status = enum_of(json.at("status"), RecordStatus::destroying);
  resource.provenance = enum_of(json.at("provenance"), Provenance::reused);
  json.at("id").get_to(resource.id);
  json.at("token").get_to(resource.token);
  json.at("generation").get_to(resource.generation);
  resource.properties = properties_of(json.at("properties"));
  resource.outputs = properties_of(json.at("outputs"));
  json.at("outlived_by").get_to(resource.outlived_by);
  json.at("created_at_ms").get_to(resource.created_at_ms);
  return resource;
}

/// What a deploy of the stack remembers its user data by.
std::string fingerprint(const Snapshot& snapshot, const Stack& stack) {
  if (snapshot.stacks.empty()) return {};
  const StackRecord& record = snapshot.stacks.front();
  std::string file_system;
  for (const ResourceRecord& resource : snapshot.resources) {
    if (resource.node == "file_system") file_system = resource.id;
  }
  const std::string text =
      render_user_data(stack, file_system, record.region, partition_of(record.region).dns_suffix);
  return secret_fingerprint(record.deployment_id, text);
}

}  // namespace

Task<Snapshot> take_snapshot(Store& store, std::string stack) {
  Snapshot snapshot;
  std::vector<StackRecord> all = co_await store.stacks();
  for (StackRecord& record : all) {
    if (!stack.empty() && record.name != stack) continue;
    std::vector<ResourceRecord> resources = co_await store.resources(record.name);
    for (ResourceRecord& resource : resources)
      snapshot.resources.push_back(std::move(resource));
    snapshot.stacks.push_back(std::move(record));
  }
  co_return snapshot;
}

Task<> restore_snapshot(Store& store, Snapshot snapshot) {
  for (StackRecord& stack : snapshot.stacks)
    co_await store.put_stack(std::move(stack));
  for (ResourceRecord& resource : snapshot.resources)
    co_await store.put_resource(std::move(resource));
}

std::string snapshot_text(const Snapshot& snapshot) {
  Json out = {{"stacks", Json::array()}, {"resources", Json::array()}};
  for (const StackRecord& stack : snapshot.stacks)
    out["stacks"].push_back(json_of(stack));
  for (const ResourceRecord& resource : snapshot.resources)
    out["resources"].push_back(json_of(resource));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Snapshot read_snapshot(const std::string& text) {
  Snapshot snapshot;
  try {
    const Json json = Json::parse(text);
    for (const Json& stack : json.at("stacks"))
      snapshot.stacks.push_back(stack_of(stack));
    for (const Json& resource : json.at("resources"))
      snapshot.resources.push_back(resource_of(resource));
  } catch (const Json::exception& wrong) {
    throw std::runtime_error(std::string("the recorded state cannot be read: ") + wrong.what());
  }
  return snapshot;
}

void hide_fingerprints(Snapshot& snapshot, const Stack* stack) {
  const std::string now = stack == nullptr ? std::string() : fingerprint(snapshot, *stack);
  for (ResourceRecord& resource : snapshot.resources) {
    const auto found = resource.properties.find(secret_property);
    if (found == resource.properties.end()) continue;
    const bool same = !now.empty() && found->second == Value(now);
    found->second = std::string(same ? same_secret : other_secret);
  }
}

void restore_fingerprints(Snapshot& snapshot, const Stack& stack) {
  const std::string now = fingerprint(snapshot, stack);
  for (ResourceRecord& resource : snapshot.resources) {
    const auto found = resource.properties.find(secret_property);
    if (found == resource.properties.end()) continue;
    if (found->second == Value(std::string(same_secret))) found->second = now;
  }
}

}  // namespace albatross::cli
