#include "cli/commands/watch_status.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "cli/error_report.hpp"
#include "cli/frame_painter.hpp"
#include "cli/json_output.hpp"
#include "cli/resize_watch.hpp"
#include "cli/status_text.hpp"

#include <optional>
#include <ostream>
#include <sstream>

namespace albatross::cli {
namespace {

/// What is shown of one look, and of trouble with it.
class StatusScreen {
 public:
  explicit StatusScreen(App& app) : app_(app), channel_(app.console().out), painter_(app.out()) {
    if (!in_place()) return;
    app_.set_last_words(FramePainter::restore_sequence(), channel_.descriptor);
    resizes_.emplace(app.executor(), [this] { draw(); });
  }

  void show(const StackStatus& status) {
    status_ = status;
    trouble_.clear();
    if (in_place()) {
      draw();
    } else if (is_news(status)) {
      app_.out() << (app_.wants_json() ? status_json(status)
                                       : text_of(status, channel_.style) + "\n")
                 << std::flush;
    }
  }

  void show_trouble(const std::string& trouble) {
    trouble_ = trouble;
    if (in_place()) {
      draw();
    } else {
      app_.err() << trouble << std::endl;
    }
  }

  void finish() {
    resizes_.reset();
    if (in_place()) painter_.finish();
  }

 private:
  bool in_place() const { return channel_.live && !app_.wants_json(); }

  std::string text_of(const StackStatus& status, const TextStyle& style) const {
    return watch_text(status, app_.clock().wall(), style);
  }

  /// Ages change by themselves.
  bool is_news(const StackStatus& status) {
    std::string said = status_json(status);
    if (said == said_) return false;
    said_ = std::move(said);
    return true;
  }

  void draw() {
    const TerminalSize size = terminal_size(channel_.descriptor);
    TextStyle style = channel_.style;
    style.width = size.columns;
    std::vector<std::string> lines;
    std::istringstream text(status_ ? text_of(*status_, style) : "Looking...\n");
    for (std::string line; std::getline(text, line);)
      lines.push_back(clip_painted(line, size.columns - 1, style));
    lines.emplace_back();
    lines.push_back(trouble_.empty()
                        ? paint(Tone::dim, "Ctrl-C ends this", style)
                        : paint(Tone::warn, clip(trouble_, size.columns - 1, style), style));
    cut_to(lines, size.rows - 1);
    painter_.paint(lines, "", size);
  }

  /// The first and the last lines say most.
  static void cut_to(std::vector<std::string>& lines, std::size_t height) {
    if (lines.size() <= height || height < 4) return;
    const std::size_t hidden = lines.size() - height + 1;
    const auto from = lines.end() - static_cast<std::ptrdiff_t>(hidden) - 2;
    *from = std::to_string(hidden) + " more " + (hidden == 1 ? "line" : "lines");
    lines.erase(from + 1, lines.end() - 2);
  }

  App& app_;
  const Channel& channel_;
  FramePainter painter_;
  std::optional<StackStatus> status_;
  std::string trouble_;
  std::string said_;
  std::optional<ResizeWatch> resizes_;
};

/// A look that failed for a passing reason says so and is repeated.
Task<> look(AwsSession& aws, std::string stack, StatusScreen& screen) {
  std::optional<std::string> trouble;
  try {
    auto looking = aws.deployer().status(std::move(stack));
    const StackStatus status = co_await std::move(looking);
    screen.show(status);
  } catch (const ApiError& error) {
    if (!error.retryable()) throw;
    trouble = error.code() + ": " + one_line(error.message());
  }
  if (trouble) screen.show_trouble(*trouble);
}

Task<ExitCode> keep_looking(App& app, AwsSession& aws, StatusOptions options,
                            StatusScreen& screen) {
  const auto interval =
      std::chrono::duration_cast<Duration>(std::chrono::duration<double>(options.interval));
  for (;;) {
    co_await look(aws, options.stacks.front(), screen);
    co_await app.clock().sleep_for(interval);
  }
}

/// The screen listens for resizes: it must have ended when this does, or the event loop would not.
Task<ExitCode> watch(App& app, AwsSession& aws, StatusOptions options) {
  StatusScreen screen(app);
  std::exception_ptr ended;
  try {
    co_await keep_looking(app, aws, options, screen);
  } catch (...) {
    ended = std::current_exception();
  }
  screen.finish();
  if (ended) std::rethrow_exception(ended);
  co_return ExitCode::done;
}

}  // namespace

ExitCode watch_status(App& app, AwsSession& aws, const StatusOptions& options) {
  try {
    return app.run_until_signal(watch(app, aws, options));
  } catch (const UnknownStack&) {
    app.out() << options.stacks.front() << " is gone.\n";
    return ExitCode::done;
  } catch (...) {
    if (!is_cancellation(std::current_exception())) throw;
    return ExitCode::done;
  }
}

}  // namespace albatross::cli
