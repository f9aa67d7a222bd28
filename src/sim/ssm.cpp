#include "sim/core/json_body.hpp"
#include "sim/ec2/catalog.hpp"

namespace albatross::sim {
namespace {

using Json = nlohmann::json;

/// The value of a public parameter; empty when there is none of that name.
std::string value_of(const World& world, std::string_view name) {
  if (const ec2::Image* image = ec2::image_of_parameter(name)) return image->id;
  const std::string region =
      cat("/aws/service/global-infrastructure/regions/", world.options.region, "/longName");
  return name == region ? cat("Simulated (", world.options.region, ")") : std::string();
}

Json parameter_json(const World& world, const std::string& name, const std::string& value) {
  return {{"Name", name},
          {"Type", "String"},
          {"Value", value},
          {"Version", 12},
          {"LastModifiedDate", 1767651009.0},
          {"ARN", cat("arn:", world.options.partition, ":ssm:", world.options.region, "::parameter",
                      name)},
          {"DataType", value.starts_with("ami-") ? "aws:ec2:image" : "text"}};
}

/// "name", "name:version" or an ARN, as a name.
std::string bare_name(std::string text) {
  const auto at = text.find(":parameter/");
  if (text.starts_with("arn:") && at != std::string::npos) text = text.substr(at + 10);
  return text.substr(0, text.find(':'));
}

void get_parameter(Call& call) {
  const std::string name = bare_name(required_text(json_body(call), "Name", "ValidationException"));
  const std::string value = value_of(call.world, name);
  if (value.empty()) refuse("ParameterNotFound", "");
  call.json = Json{{"Parameter", parameter_json(call.world, name, value)}}.dump();
}

void get_parameters(Call& call) {
  const Json names = json_body(call).value("Names", Json::array());
  Json found = Json::array();
  Json invalid = Json::array();
  for (const Json& given : names) {
    const std::string name = bare_name(given);
    const std::string value = value_of(call.world, name);
    if (value.empty()) {
      invalid.push_back(name);
    } else {
      found.push_back(parameter_json(call.world, name, value));
    }
  }
  call.json = Json{{"Parameters", found}, {"InvalidParameters", invalid}}.dump();
}

void get_by_path(Call& call) {
  const Json body = json_body(call);
  std::string path = body.value("Path", "/");
  if (!path.ends_with("/")) path += "/";
  const bool recursive = body.value("Recursive", false);
  std::vector<Json> found;
  for (const ec2::Image& image : ec2::images()) {
    const std::string name = image.parameter;
    const bool inside = name.starts_with(path);
    if (!inside || (!recursive && name.find('/', path.size()) != std::string::npos)) continue;
    found.push_back(parameter_json(call.world, name, image.id));
  }
  call.json = json_page(body, found, {"MaxResults", 10, "NextToken", "Parameters"}).dump();
}

constexpr Action actions[] = {
    {"GetParameter", get_parameter},
    {"GetParameters", get_parameters},
    {"GetParametersByPath", get_by_path},
};

}  // namespace

std::span<const std::span<const Action>> ssm_actions() {
  static const std::span<const Action> lists[] = {actions};
  return lists;
}

}  // namespace albatross::sim
