#include "cli/runs/run_record.hpp"

#include "cli/stack_urls.hpp"

namespace albatross::cli {

RunEnding ending_of(const RunResult& result, ExitCode exit_code, Duration elapsed) {
  RunEnding ending;
  ending.elapsed = elapsed;
  ending.outcome = outcome_name(result.outcome);
  ending.exit_code = exit_code;
  ending.dns_name = dns_name(result.stack);
  ending.urls = service_urls(result.stack);
  ending.failure = result.failure;
  for (const Leftover& item : result.left)
    ending.left.push_back({item.resource.node, item.resource.id, item.failure});
  for (const ResourceRecord& resource : result.removed)
    ending.removed.push_back(resource.node);
  ending.receipt = result.receipt;
  ending.warnings = result.warnings;
  for (const ResourceRecord& resource : result.resources)
    ending.resources.push_back(resource.node);
  return ending;
}

RunEnding ending_of(const Failure& failure, ExitCode exit_code, Duration elapsed) {
  RunEnding ending;
  ending.elapsed = elapsed;
  ending.outcome = exit_code == ExitCode::interrupted ? "interrupted" : "failed";
  ending.exit_code = exit_code;
  ending.failure = failure;
  return ending;
}

}  // namespace albatross::cli
