#pragma once

#include "cli/options.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace albatross::cli {

/// What the words after `albatross sim` fill in.
struct SimCommandLine {
  SimOptions run;
  bool no_data_plane = false;
  SimControlOptions control;
  bool controls = false;

  Command chosen() const;
};

/// Gives `sim` its options, and `sim ctl` with its own. `into` must outlive the parsing.
void add_sim_command(CLI::App& command, SimCommandLine& into);

}  // namespace albatross::cli
