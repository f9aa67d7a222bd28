#pragma once

#include "cli/command_line.hpp"
#include "cli/command_line_sim.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace albatross::cli {

/// One command line's parser and what it fills in.
class Parser {
 public:
  Parser();
  ParsedCommandLine parse(int argc, const char* const* argv);
  CommandHelp help() const;

  /// Nothing is read but the words.
  void ignore_variables();
  /// After parse(): the command's options that `plain`, which has ignored variables, has not seen.
  std::vector<std::string> options_beyond(const Parser& plain) const;

 private:
  void add_global_options();
  void add_aws_options();
  void add_validate();
  void add_plan();
  void add_deploy();
  void add_status();
  void add_list();
  void add_doctor();
  void add_rollback();
  void add_destroy();
  void add_events();
  void add_history();
  void add_report();
  void add_replay();
  void add_sim();
  static void add_run_options(CLI::App* command, RunOptions& options);
  static void add_timeouts(CLI::App& command, TimeoutOptions& timeouts);
  static void add_parallel(CLI::App& command, std::size_t& parallel);
  static void add_run_number(CLI::App* command, int& run);
  void add_init();
  void add_call();
  void add_policy();
  void add_schema();
  void add_completion();
  void add_man();
  CLI::App* add_command(const char* name, const char* description, const char* footer);
  Command chosen() const;

  CLI::App app_;
  GlobalOptions global_;
  ValidateOptions validate_;
  PlanOptions plan_;
  DeployOptions deploy_;
  StatusOptions status_;
  DoctorOptions doctor_;
  RollbackOptions rollback_;
  DestroyOptions destroy_;
  EventsOptions events_;
  HistoryOptions history_;
  ReportOptions report_;
  ReplayOptions replay_;
  SimCommandLine sim_;
  ListOptions list_;
  InitOptions init_;
  PolicyOptions policy_;
  CompletionOptions completion_;
  ManOptions man_;
  CallCommandOptions call_;
};

}  // namespace albatross::cli
