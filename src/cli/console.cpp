#include "cli/console.hpp"

#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

namespace albatross::cli {
namespace {

Channel make_channel(std::ostream& stream, int descriptor, const GlobalOptions& options,
                     const Environment& environment) {
  Channel channel;
  channel.stream = &stream;
  channel.descriptor = descriptor;
  channel.terminal = ::isatty(descriptor) == 1;
  if (!channel.terminal) return channel;
  const std::string kind = value_of(environment, "TERM");
  const bool capable = !kind.empty() && kind != "dumb";
  const bool wants_color = !options.no_color && value_of(environment, "NO_COLOR").empty();
  channel.live = capable && value_of(environment, "CI").empty();
  channel.style.color = capable && wants_color;
  channel.style.unicode = is_utf8_locale(environment);
  channel.style.width = terminal_size(descriptor).columns;
  return channel;
}

}  // namespace

TerminalSize terminal_size(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return {};
  return {size.ws_col, size.ws_row};
}

Console system_console(const GlobalOptions& options, const Environment& environment) {
  return {make_channel(std::cout, STDOUT_FILENO, options, environment),
          make_channel(std::cerr, STDERR_FILENO, options, environment),
          ::isatty(STDIN_FILENO) == 1};
}

}  // namespace albatross::cli
