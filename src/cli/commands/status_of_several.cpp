#include "albatross/runtime/concurrency.hpp"

#include "cli/commands/several.hpp"
#include "cli/error_report.hpp"
#include "cli/fleet/aws_sessions.hpp"
#include "cli/fleet/member.hpp"
#include "cli/json_output.hpp"
#include "cli/status_text.hpp"

#include <optional>
#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

/// One stack that is looked at.
struct Looked {
  std::string stack;
  AwsSession* aws = nullptr;
  std::optional<StackStatus> status;
  std::optional<ErrorReport> error;
};

Task<> look(Looked& one) {
  std::exception_ptr error;
  try {
    auto looking = one.aws->deployer().status(one.stack);
    StackStatus status = co_await std::move(looking);
    one.status = std::move(status);
  } catch (...) {
    error = std::current_exception();
  }
  if (!error) co_return;
  if (is_cancellation(error)) std::rethrow_exception(error);
  one.error = describe_error(error);
}

ExitCode exit_code_of(const std::vector<Looked>& all) {
  std::vector<MemberEnd> ends;
  for (const Looked& one : all) {
    MemberEnd end;
    end.exit_code = one.error ? one.error->exit_code : ExitCode::done;
    ends.push_back(std::move(end));
  }
  return worst_of(ends);
}

void print(App& app, const std::vector<Looked>& all) {
  bool first = true;
  for (const Looked& one : all) {
    if (one.error) app.err() << one.stack << ": " << error_text(*one.error) << std::flush;
    if (!one.status) continue;
    if (!std::exchange(first, false)) app.out() << "\n";
    app.out() << status_text(*one.status, app.clock().wall(), app.console().out.style);
  }
  app.out() << std::flush;
}

Task<ExitCode> look_at_all(App& app, std::vector<Looked> all) {
  std::vector<Task<>> looks;
  for (Looked& one : all)
    looks.push_back(look(one));
  co_await when_all(std::move(looks));
  const ExitCode code = exit_code_of(all);
  if (!app.wants_json()) {
    print(app, all);
    co_return code;
  }
  std::vector<StatusOrFailure> entries;
  for (const Looked& one : all) {
    StatusOrFailure entry;
    entry.stack = one.stack;
    if (one.status) entry.status = &*one.status;
    if (one.error) entry.failure = &one.error->failure;
    entry.exit_code = one.error ? one.error->exit_code : ExitCode::done;
    entries.push_back(std::move(entry));
  }
  app.out() << statuses_json(entries, code) << std::flush;
  co_return code;
}

}  // namespace

ExitCode status_of_several(App& app, const StatusOptions& options) {
  if (options.watch) throw UsageError("--watch looks at one stack; name one");
  AwsSessions sessions(app, "status");
  std::vector<Looked> all;
  for (const KnownStack& known : known_stacks(app, options.stacks)) {
    Looked one;
    one.stack = known.stack.name;
    one.aws = &sessions.in(known.stack.region);
    all.push_back(std::move(one));
  }
  return app.run(sessions.while_connecting(look_at_all(app, std::move(all))));
}

}  // namespace albatross::cli
