#pragma once

#include "albatross/http/exchange_rules.hpp"
#include "albatross/http/recording.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/runtime/clock.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace albatross::http {

/// Writes a session of exchanges into a folder, as it goes: every block is in the file before the
/// next thing happens, so a run that is killed leaves all that it had done. Readable by its owner
/// only (0700, files 0600). Nothing is written that the rules have not seen.
///
/// Trouble with the disk never stops what is being recorded: recording ends then, and problem()
/// says why. Single-threaded.
class Recorder {
 public:
  /// Begins a session now. All references must outlive the recorder.
  /// @param directory made if need be; must not hold a recording already
  /// @param rules take the secrets out
  /// @param clock times of exchanges are its
  /// @throws std::runtime_error when it cannot be used
  Recorder(std::string directory, ExchangeRules& rules, const Clock& clock);
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  /// finish(), if that has not been called.
  ~Recorder();

  /// Writes a remark about the session.
  void note(std::string_view key, std::string text);
  /// Notes that what is recorded is told to stop now: between the exchanges so far and those to
  /// come. To be called when nothing else can run, and before anybody hears of it.
  void interrupted();
  /// Writes a file of its own into the folder.
  void add_file(const std::string& name, std::string text);
  /// Puts the session into its tidy form. Nothing is recorded after that.
  void finish();

  /// Empty, or why the recording is not complete.
  const std::string& problem() const;
  /// The folder of the recording.
  const std::string& directory() const;

 private:
  friend class RecordingTransport;
  struct State;
  std::shared_ptr<State> state_;
};

/// Records what goes through another transport and changes nothing of it. The inner transport must
/// outlive it; exchanges that end after the recorder is gone are not recorded.
class RecordingTransport final : public Transport {
 public:
  /// Both must outlive it.
  RecordingTransport(Transport& inner, Recorder& recorder);

  Task<Response> send(Request request, Deadline deadline) override;

 private:
  Transport& inner_;
  std::weak_ptr<Recorder::State> state_;
};

}  // namespace albatross::http
