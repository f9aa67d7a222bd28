#include "cli/commands/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/recording/rerun.hpp"
#include "cli/recording/session_player.hpp"
#include "cli/text.hpp"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

namespace albatross::cli {
namespace {

/// A place for whatever a run leaves on disk beside its state; gone with it.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "albatross-replay.XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw UsageError("cannot write " + pattern);
    path_ = pattern;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string heading(const RecordedSession& session) {
  return "Replaying `" + one_line(session.command_line) + "`, recorded " +
         utc_text(session.started_ms) + " with albatross " + one_line(session.version) +
         "; nothing is sent to AWS.\n";
}

/// Says how the runs compare, and chooses the exit code.
ExitCode conclude(App& app, const RecordedSession& session, const SessionPlayer& player,
                  ExitCode code) {
  const auto lines = differences(session, player.replayed(), static_cast<int>(code));
  const TextStyle& style = app.console().err.style;
  if (!lines.empty()) {
    app.err() << paint(Tone::warn, "It went differently than recorded:", style) << "\n";
    for (const std::string& line : lines)
      app.err() << "  " << line << "\n";
    return code == ExitCode::done ? ExitCode::failed : code;
  }
  if (!session.exit_code) {
    app.err() << "The recording ends here: the recorded run was killed.\n";
    return ExitCode::interrupted;
  }
  if (!app.global().quiet) {
    app.err() << "As recorded: " << counted(player.replayed().requests(), "call") << ", exit code "
              << *session.exit_code << ".\n";
  }
  return code;
}

}  // namespace

ExitCode replay(App& app, const ReplayOptions& options) {
  const RecordedSession session = load_session(options.directory);
  const ScratchFolder scratch;
  const std::unique_ptr<App> again =
      make_rerun(session, app.global(), app.console(), scratch.path());
  SessionPlayer player(session, again->clock(), options.by_operation);
  again->set_tap(&player);
  if (!app.global().quiet) app.err() << heading(session) << std::flush;
  const ExitCode code = dispatch(*again);
  const ExitCode concluded = conclude(app, session, player, code);
  app.err() << std::flush;
  return concluded;
}

}  // namespace albatross::cli
