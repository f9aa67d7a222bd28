#pragma once

#include "cli/environment.hpp"
#include "cli/frame_painter.hpp"
#include "cli/options.hpp"
#include "cli/text.hpp"

#include <iosfwd>
#include <string>

namespace albatross::cli {

/// One of the two streams that text goes to.
struct Channel {
  std::ostream* stream = nullptr;
  int descriptor = -1;
  bool terminal = false;
  /// A terminal on which a view can be redrawn in place.
  bool live = false;
  TextStyle style;
};

/// Where the program reads and writes.
struct Console {
  Channel out;
  Channel err;
  bool input_is_terminal = false;
};

/// The process's own streams. Color and live views only on terminals, and not when the user
/// (--no-color, NO_COLOR), the terminal (TERM=dumb) or a CI system (CI) says no.
Console system_console(const GlobalOptions& options, const Environment& environment);

TerminalSize terminal_size(int descriptor);

}  // namespace albatross::cli
