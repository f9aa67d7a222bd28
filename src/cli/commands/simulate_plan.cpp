#include "cli/commands/simulate_plan.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "cli/aws_session.hpp"
#include "cli/error_report.hpp"
#include "cli/findings_text.hpp"
#include "cli/plan_text.hpp"
#include "cli/rehearsal/rehearsal_text.hpp"

#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>
#include <utility>

namespace albatross::cli {
namespace {

std::string read_faults(const std::string& path) {
  if (path.empty()) return "";
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UsageError("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Why the account could not be asked.
class CannotLook : public std::runtime_error {
 public:
  explicit CannotLook(const Failure& failure) : std::runtime_error(failure.text()) {
    const bool nobody = failure.code == "NoCredentials";
    // All the sources that were tried would be a page of their own: `albatross doctor` has them.
    short_ = nobody ? "no credentials" : failure.code + ": " + failure.message;
    way_out_ = nobody ? "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to plan "
                        "for the account itself; `albatross doctor` tells what was tried."
                      : failure.hint;
  }
  const std::string& in_short() const { return short_; }
  const std::string& way_out() const { return way_out_; }

 private:
  std::string short_;
  std::string way_out_;
};

Task<> look(App& app, AwsSession& aws, const Stack& stack, AccountPicture& picture) {
  const Plan plan = co_await aws.deployer().plan(stack);
  // What would stand in a deploy's way is told, and no reason not to simulate it.
  if (plan.failure && plan.failure->findings.empty()) throw CannotLook(*plan.failure);
  AwsClients clients(aws.caller());
  picture = co_await look_at_account(clients, app.clock(), stack, aws.region());
  picture.plan = plan;
  std::optional<StackRecord> known = co_await app.store().stack(stack.name);
  if (!known) co_return;
  picture.stack = std::move(*known);
  picture.resources = co_await app.store().resources(stack.name);
}

/// Null, or why the account could not be asked.
Task<ExitCode> try_to_look(App& app, AwsSession& aws, const Stack& stack, AccountPicture& picture) {
  try {
    co_await look(app, aws, stack, picture);
  } catch (const CannotLook& why) {
    picture.seen = false;
    picture.why_not = why.in_short();
    picture.way_out = why.way_out();
  } catch (const std::exception& error) {
    if (is_cancellation(std::current_exception())) throw;
    picture.seen = false;
    picture.why_not = error.what();
  }
  co_return ExitCode::done;
}

AccountPicture picture_of(App& app, Stack& stack) {
  AccountPicture picture;
  const std::string region = app.global().region.empty() ? stack.region : app.global().region;
  if (!region.empty()) picture.region = region;
  try {
    AwsSession aws(app, region, "plan");
    picture.region = aws.region();
    stack.region = aws.region();
    app.run(try_to_look(app, aws, stack, picture));
  } catch (const UsageError& error) {
    picture.why_not = error.what();
  }
  if (picture.seen) return picture;
  picture.plan = Plan();
  picture.plan.stack = stack.name;
  picture.plan.region = picture.region;
  picture.plan.failure.emplace();
  picture.plan.failure->doing = "asking the account";
  picture.plan.failure->message = picture.why_not;
  picture.plan.failure->hint = picture.way_out;
  return picture;
}

std::string stand_in_note(const AccountPicture& picture) {
  return "The account could not be asked (" + one_line(picture.why_not) +
         "): this is for one with a default network and three zones in " + picture.region + "." +
         (picture.way_out.empty() ? "" : " " + one_line(picture.way_out));
}

}  // namespace

ExitCode simulate_plan(App& app, const PlanOptions& options, Stack stack) {
  const std::string faults = read_faults(options.faults_file);
  const AccountPicture picture = picture_of(app, stack);
  Rehearsal rehearsal;
  try {
    rehearsal = rehearse(stack, picture, faults);
  } catch (const std::invalid_argument& wrong) {
    throw UsageError(options.faults_file + ": " + wrong.what());
  }
  if (app.wants_json()) {
    app.out() << plan_json(picture.plan, rehearsal_json(rehearsal)) << std::flush;
    return ExitCode::done;
  }
  const TextStyle& style = app.console().out.style;
  if (picture.seen && picture.plan.failure) {
    app.out() << "A deploy would fail:\n"
              << findings_text(picture.plan.failure->findings, options.file, style) << "\n";
  } else if (picture.seen) {
    app.out() << plan_text(picture.plan, style) << "\n";
  }
  if (!picture.seen) {
    for (const std::string& line : wrap(stand_in_note(picture), style.width))
      app.out() << line << "\n";
    app.out() << "\n";
  }
  app.out() << rehearsal_text(rehearsal, style) << std::flush;
  return ExitCode::done;
}

}  // namespace albatross::cli
