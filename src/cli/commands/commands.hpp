#pragma once

#include "cli/app.hpp"
#include "cli/exit_code.hpp"

/// One function for each command of the command line.
namespace albatross::cli {

ExitCode validate(App& app, const ValidateOptions& options);
ExitCode plan(App& app, const PlanOptions& options);
ExitCode deploy(App& app, const DeployOptions& options);
ExitCode status(App& app, const StatusOptions& options);
ExitCode list(App& app, const ListOptions& options);
ExitCode doctor(App& app, const DoctorOptions& options);
ExitCode rollback(App& app, const RollbackOptions& options);
ExitCode destroy(App& app, const DestroyOptions& options);
ExitCode events(App& app, const EventsOptions& options);
ExitCode history(App& app, const HistoryOptions& options);
ExitCode report(App& app, const ReportOptions& options);
ExitCode replay(App& app, const ReplayOptions& options);
ExitCode sim(App& app, const SimOptions& options);
ExitCode sim_control(App& app, const SimControlOptions& options);
ExitCode init(App& app, const InitOptions& options);
ExitCode policy(App& app, const PolicyOptions& options);
ExitCode schema(App& app, const SchemaOptions& options);
ExitCode completion(App& app, const CompletionOptions& options);
ExitCode man(App& app, const ManOptions& options);
ExitCode call(App& app, const CallCommandOptions& options);

/// Carries out the invocation, errors reported and turned into exit codes.
ExitCode dispatch(App& app);

}  // namespace albatross::cli
