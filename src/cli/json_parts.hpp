#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "cli/exit_code.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What the JSON documents and the event stream have in common. The only header with JSON in it:
/// for the few files that write or read it.
namespace albatross::cli {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text);
/// Three digits behind the point.
Json seconds_json(Duration duration);
Json targets_json(const std::vector<TargetState>& targets);
Json failure_json(const Failure& failure);
Json findings_json(const std::vector<Finding>& findings);
Json resource_json(const ResourceRecord& resource);
Json resources_json(const std::vector<ResourceRecord>& resources);
Json leftovers_json(const std::vector<Leftover>& left);
Json receipt_json(const Receipt& receipt);
Json stack_json(const StackRecord& stack);
/// Members stack, dns_name and urls.
void add_stack(Json& document, const StackRecord& stack);
/// How a run ended: outcome, exit_code, elapsed_seconds, the stack, resources, failure and the
/// rest.
void add_run(Json& document, const RunResult& result, ExitCode exit_code, Duration elapsed);
/// {"n8n": ["http://…"]}: always a list, since a Tier 1 service has a URL on each instance.
Json urls_json(const StackRecord& stack);

/// In one line, or indented. Bytes that are not UTF-8 (out of a log or a header) do not make the
/// document invalid.
std::string json_text(const Json& document, int indent = -1);

/// The way back; what is absent, null or of another type is empty.
std::string text_in(const Json& object, const char* member);
double number_in(const Json& object, const char* member);
int integer_in(const Json& object, const char* member);
/// Of a member in seconds; never longer than some years.
Duration duration_in(const Json& object, const char* member);
std::vector<TargetState> targets_in(const Json& object, const char* member);
std::vector<std::string> texts_in(const Json& object, const char* member);
Failure failure_of(const Json& object);
Receipt read_receipt(const Json& object);

}  // namespace albatross::cli
