#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::cli {

/// A service as `init` asks for it.
struct ServiceAnswer {
  std::string name;
  int port = 0;
  std::string health_path = "/";
};

/// "web=80" or "api=8080/healthz"; nullopt when it is neither.
std::optional<ServiceAnswer> parse_service(std::string_view text);

/// What goes into a new stack file. Empty members: as the template has them.
struct StackAnswers {
  std::string name;
  std::string region;
  /// "default", "create" or an id.
  std::string vpc;
  std::vector<ServiceAnswer> services;
  /// The file's own name, for the commands in its first lines.
  std::string file = "stack.yaml";
  /// The JSON Schema that editors check the file by, relative to it; empty: none is named.
  std::string schema_file;
};

/// "web", "ai-stack", "https": the examples of this version.
std::vector<std::string> template_names();

/// The name that the template gives its stack.
std::string template_stack_name(const std::string& template_name);

/// A commented stack file: the example of that name with the answers in it. Pure.
/// @throws std::out_of_range when there is no such template
std::string stack_template(const std::string& template_name, const StackAnswers& answers);

}  // namespace albatross::cli
