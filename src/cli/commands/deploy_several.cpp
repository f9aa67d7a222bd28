#include "albatross/orchestrator/stack_file.hpp"

#include "cli/commands/deploy_options.hpp"
#include "cli/commands/interruption.hpp"
#include "cli/commands/several.hpp"
#include "cli/fleet/aws_sessions.hpp"
#include "cli/fleet/fleet_report.hpp"
#include "cli/fleet/fleet_run.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

/// Which file says what a member is to be, and the way to its region.
struct Wanted {
  std::string file;
  Stack stack;
  AwsSession* aws = nullptr;
};

/// As a compiler reads its sources: all mistakes of all files at once.
std::vector<Wanted> read_all(const DeployOptions& options) {
  std::vector<Wanted> wanted;
  std::vector<SpecProblem> problems;
  std::string text;
  for (const std::string& file : options.files) {
    try {
      Stack stack = load_stack(file);
      apply_options(stack, options);
      wanted.push_back({file, std::move(stack), nullptr});
    } catch (const SpecError& wrong) {
      problems.insert(problems.end(), wrong.problems().begin(), wrong.problems().end());
      text += wrong.rendered();
    }
  }
  if (!problems.empty()) throw StackFilesError(std::move(problems), std::move(text));
  return wanted;
}

void refuse_one_stack_in_two_files(const std::vector<Wanted>& wanted) {
  for (auto one = wanted.begin(); one != wanted.end(); ++one) {
    const auto twin = std::find_if(std::next(one), wanted.end(), [&](const Wanted& other) {
      return other.stack.name == one->stack.name;
    });
    if (twin == wanted.end()) continue;
    throw UsageError("the stack " + one->stack.name + " is in " + one->file + " and in " +
                     twin->file + "; nothing was begun");
  }
}

std::vector<RunTitle> titles_of(const std::vector<Wanted>& wanted) {
  std::vector<RunTitle> titles;
  for (const Wanted& one : wanted)
    titles.push_back({"deploy", one.stack.name, one.aws->region()});
  return titles;
}

/// The exact commands to go on with one of them.
void add_commands(const App& app, MemberEnd& end, DeployOptions options, const std::string& file) {
  options.files = {file};
  options.parallel = 0;
  end.context.stack_file = file;
  end.context.deploy_command = app.command_line(deploy_words(options));
  end.context.rollback_command = app.command_line({"rollback", end.stack});
  end.context.destroy_command = app.command_line({"destroy", end.stack});
}

/// Of those that are not done.
std::string next_command(const App& app, const std::vector<MemberEnd>& ends,
                         DeployOptions options) {
  const std::vector<std::string> all = std::exchange(options.files, {});
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (ends[i].exit_code != ExitCode::done) options.files.push_back(all[i]);
  }
  return options.files.empty() ? std::string() : app.command_line(deploy_words(options));
}

std::size_t recorded_of_interrupted(const std::vector<MemberEnd>& ends) {
  std::size_t count = 0;
  for (const MemberEnd& end : ends) {
    const bool interrupted = end.result && end.result->outcome == Outcome::interrupted;
    if (interrupted && may_roll_back(*end.result)) count += end.result->resources.size();
  }
  return count;
}

/// One that is rolled back after the interruption.
struct Retreat {
  std::size_t member = 0;
  RollbackScope scope = RollbackScope::load_balancer;
};

std::vector<Retreat> retreats_of(const std::vector<MemberEnd>& ends, InterruptPolicy policy) {
  std::vector<Retreat> out;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (!ends[i].result || ends[i].result->outcome != Outcome::interrupted) continue;
    const auto scope = scope_of(policy, *ends[i].result);
    if (scope) out.push_back({i, *scope});
  }
  return out;
}

Task<> roll_back(App& app, const std::vector<Wanted>& wanted, std::vector<Retreat> retreats,
                 std::size_t parallel, std::vector<MemberEnd>& ends) {
  app.err() << "Rolling back; Ctrl-C leaves at once.\n";
  std::vector<RunTitle> titles;
  for (const Retreat& retreat : retreats) {
    const Wanted& one = wanted[retreat.member];
    titles.push_back({"rollback", one.stack.name, one.aws->region()});
  }
  FleetDisplay display(app, std::move(titles));
  MemberRun start = [&](std::size_t i, EventSink events) {
    const Wanted& one = wanted[retreats[i].member];
    return one.aws->deployer().rollback(one.stack.name, retreats[i].scope, std::move(events),
                                        removal_after(one.stack.timeouts));
  };
  auto runs = run_fleet(display, std::move(start), parallel);
  std::vector<MemberEnd> after = co_await std::move(runs);
  display.finish();
  for (std::size_t i = 0; i < after.size(); ++i) {
    MemberEnd& end = ends[retreats[i].member];
    if (after[i].result) take_over(*end.result, std::move(*after[i].result));
    if (after[i].error) end.result->failure = after[i].error->failure;
    end.exit_code = exit_code_of(*end.result);
  }
}

/// One question and one policy for all that were interrupted.
Task<> after_interruptions(App& app, const std::vector<Wanted>& wanted, DeployOptions options,
                           std::vector<MemberEnd>& ends) {
  const std::size_t recorded = recorded_of_interrupted(ends);
  if (recorded == 0) co_return;
  const InterruptPolicy policy = co_await chosen_policy(app, options.on_interrupt, recorded);
  std::vector<Retreat> retreats = retreats_of(ends, policy);
  if (retreats.empty()) co_return;
  co_await roll_back(app, wanted, std::move(retreats), options.parallel, ends);
}

Task<ExitCode> deploy_all(App& app, std::vector<Wanted> wanted, DeployOptions options) {
  FleetDisplay display(app, titles_of(wanted));
  albatross::RunOptions how;
  how.drain = !options.no_drain;
  MemberRun start = [&](std::size_t i, EventSink events) {
    AwsSession& aws = *wanted[i].aws;
    albatross::RunOptions own = how;
    if (!options.no_probe) own.visitors = aws.visitors();
    return aws.deployer().deploy(wanted[i].stack, std::move(events), own);
  };
  auto runs = run_fleet(display, std::move(start), options.parallel);
  std::vector<MemberEnd> ends = co_await std::move(runs);
  display.finish();
  FleetContext context;
  context.elapsed = display.elapsed();
  co_await after_interruptions(app, wanted, options, ends);
  for (std::size_t i = 0; i < ends.size(); ++i)
    add_commands(app, ends[i], options, wanted[i].file);
  context.next_command = next_command(app, ends, options);
  co_return finish_fleet(app, "deploy", ends, context);
}

}  // namespace

ExitCode deploy_several(App& app, const DeployOptions& options) {
  refuse_trace(options.run);
  std::vector<Wanted> wanted = read_all(options);
  refuse_one_stack_in_two_files(wanted);
  AwsSessions sessions(app, "deploy");
  for (Wanted& one : wanted) {
    one.aws = &sessions.in(chosen_region(app, one.stack));
    one.stack.region = one.aws->region();
  }
  app.set_resume_command(app.command_line(deploy_words(options)));
  return app.run(sessions.while_connecting(deploy_all(app, std::move(wanted), options)));
}

}  // namespace albatross::cli
