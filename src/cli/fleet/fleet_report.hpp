#pragma once

#include "cli/fleet/fleet_display.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// What the end of a command on several stacks says besides what became of each.
struct FleetContext {
  Duration elapsed{};
  /// The exact command that goes on with those that are not done; empty: all are.
  std::string next_command;
};

/// For people: in full those that are not done, then a table of all. Pure.
std::string fleet_report(const std::vector<MemberEnd>& ends, const FleetContext& context,
                         const TextStyle& style);

/// For --output json: one document with all of them. Pure.
std::string fleet_json(const std::string& command, const std::vector<MemberEnd>& ends,
                       const FleetContext& context);

/// Prints how it ended: as finish_run does of one run.
ExitCode finish_fleet(App& app, const std::string& command, const std::vector<MemberEnd>& ends,
                      const FleetContext& context);

}  // namespace albatross::cli
