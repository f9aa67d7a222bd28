#include "cli/fleet/fleet_report.hpp"
#include "cli/json_parts.hpp"

namespace albatross::cli {
namespace {

/// As run_json says it of one, without what is said once of all.
Json member_json(const MemberEnd& end) {
  Json out = Json::object();
  if (end.result) {
    add_run(out, *end.result, end.exit_code, end.context.elapsed);
    return out;
  }
  out["outcome"] = outcome_name(end.exit_code);
  out["exit_code"] = static_cast<int>(end.exit_code);
  out["elapsed_seconds"] = seconds_json(end.context.elapsed);
  // Of a stack that could not begin nothing is known but its name.
  out["stack"] = Json{{"name", end.stack}};
  out["failure"] = end.error ? failure_json(end.error->failure) : Json(nullptr);
  return out;
}

}  // namespace

std::string fleet_json(const std::string& command, const std::vector<MemberEnd>& ends,
                       const FleetContext& context) {
  const ExitCode code = worst_of(ends);
  Json document{{"format", 1}, {"command", command}};
  document["outcome"] = outcome_name(code);
  document["exit_code"] = static_cast<int>(code);
  document["elapsed_seconds"] = seconds_json(context.elapsed);
  document["stacks"] = Json::array();
  for (const MemberEnd& end : ends)
    document["stacks"].push_back(member_json(end));
  document["next_command"] = or_null(context.next_command);
  return json_text(document, 2);
}

}  // namespace albatross::cli
