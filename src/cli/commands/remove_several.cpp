#include "cli/commands/deploy_options.hpp"
#include "cli/commands/removal.hpp"
#include "cli/commands/removal_words.hpp"
#include "cli/commands/several.hpp"
#include "cli/fleet/aws_sessions.hpp"
#include "cli/fleet/fleet_report.hpp"
#include "cli/fleet/fleet_run.hpp"

#include <functional>
#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

/// What a destroy and a rollback of several stacks do differently.
struct Verb {
  std::string doing;
  albatross::RunOptions how;
  std::size_t parallel = 0;
  std::function<Task<RunResult>(Deployer&, const std::string&, EventSink)> begin;
  /// The words that go on with these stacks.
  std::function<std::vector<std::string>(const std::vector<std::string>&)> words;
};

struct Target {
  std::string stack;
  AwsSession* aws = nullptr;
};

void add_commands(const App& app, const Verb& verb, MemberEnd& end) {
  const std::string again = app.command_line(verb.words({end.stack}));
  end.context.rollback_command = again;
  end.context.destroy_command =
      verb.doing == "destroy" ? again : app.command_line({"destroy", end.stack});
}

std::string next_command(const App& app, const Verb& verb, const std::vector<MemberEnd>& ends) {
  std::vector<std::string> left;
  for (const MemberEnd& end : ends) {
    if (end.exit_code != ExitCode::done) left.push_back(end.stack);
  }
  return left.empty() ? std::string() : app.command_line(verb.words(left));
}

Task<ExitCode> remove_all(App& app, std::vector<Target> targets, Verb verb) {
  std::vector<RunTitle> titles;
  for (const Target& target : targets)
    titles.push_back({verb.doing, target.stack, target.aws->region()});
  FleetDisplay display(app, std::move(titles));
  MemberRun start = [&](std::size_t i, EventSink events) {
    return verb.begin(targets[i].aws->deployer(), targets[i].stack, std::move(events));
  };
  auto runs = run_fleet(display, std::move(start), verb.parallel);
  std::vector<MemberEnd> ends = co_await std::move(runs);
  display.finish();
  FleetContext context;
  context.elapsed = display.elapsed();
  for (MemberEnd& end : ends)
    add_commands(app, verb, end);
  context.next_command = next_command(app, verb, ends);
  co_return finish_fleet(app, verb.doing, ends, context);
}

std::string question(const std::vector<KnownStack>& known, const std::string& of_each,
                     const std::function<std::size_t(const KnownStack&)>& going) {
  std::string text = "Remove " + of_each + counted(known.size(), "stack") + "?\n";
  for (const KnownStack& one : known) {
    text += "  " + one.stack.name + " in " + one.stack.region + " (account " + one.stack.account +
            "): " + counted(going(one), "resource") + "\n";
  }
  text.pop_back();
  return text;
}

ExitCode run(App& app, const std::vector<KnownStack>& known, const Verb& verb) {
  AwsSessions sessions(app, verb.doing);
  std::vector<Target> targets;
  std::vector<std::string> names;
  for (const KnownStack& one : known) {
    targets.push_back({one.stack.name, &sessions.in(one.stack.region)});
    names.push_back(one.stack.name);
  }
  app.set_resume_command(app.command_line(verb.words(names)));
  return app.run(sessions.while_connecting(remove_all(app, std::move(targets), verb)));
}

}  // namespace

std::vector<KnownStack> known_stacks(App& app, const std::vector<std::string>& names) {
  refuse_twins(names);
  std::vector<KnownStack> known;
  for (const std::string& name : names)
    known.push_back(known_stack(app, name));
  return known;
}

ExitCode destroy_several(App& app, const DestroyOptions& options) {
  refuse_trace(options.run);
  const std::vector<KnownStack> known = known_stacks(app, options.stacks);
  const auto going = [](const KnownStack& one) { return going_by_destroy(one); };
  if (!may_remove(app, "destroy", options.yes, question(known, "", going))) {
    return ExitCode::interrupted;
  }
  Verb verb;
  verb.doing = "destroy";
  verb.how.drain = !options.no_drain;
  apply_timeouts(verb.how.timeouts, options.timeouts);
  verb.parallel = options.parallel;
  verb.begin = [how = verb.how](Deployer& deployer, const std::string& stack, EventSink events) {
    return deployer.destroy(stack, std::move(events), how);
  };
  verb.words = [](const std::vector<std::string>& stacks) { return destroy_words(stacks); };
  return run(app, known, verb);
}

ExitCode rollback_several(App& app, const RollbackOptions& options) {
  refuse_trace(options.run);
  const std::vector<KnownStack> known = known_stacks(app, options.stacks);
  const bool all = options.all;
  const auto going = [all](const KnownStack& one) { return going_by_rollback(one, all); };
  const std::string what = all ? "everything of " : "the load balancer's part of ";
  if (!may_remove(app, "rollback", options.yes, question(known, what, going))) {
    return ExitCode::interrupted;
  }
  Verb verb;
  verb.doing = "rollback";
  apply_timeouts(verb.how.timeouts, options.timeouts);
  verb.parallel = options.parallel;
  const auto scope = all ? RollbackScope::everything : RollbackScope::load_balancer;
  verb.begin = [how = verb.how, scope](Deployer& deployer, const std::string& stack,
                                       EventSink events) {
    return deployer.rollback(stack, scope, std::move(events), how);
  };
  verb.words = [all](const std::vector<std::string>& stacks) {
    return rollback_words(stacks, all);
  };
  return run(app, known, verb);
}

}  // namespace albatross::cli
