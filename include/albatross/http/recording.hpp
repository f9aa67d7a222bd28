#pragma once

#include "albatross/http/message.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/runtime/clock.hpp"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// What a recorded session holds, and the text it is kept as (docs/recording.md shows it).
namespace albatross::http {

/// Why an exchange has no response.
struct RecordedFailure {
  TransportErrorKind kind = TransportErrorKind::closed;
  bool may_have_reached_server = true;
  std::string detail;
  friend bool operator==(const RecordedFailure&, const RecordedFailure&) = default;
};

/// How a recorded exchange ended.
enum class RecordedEnd : std::uint8_t {
  unknown,    ///< the recording ends before the exchange did
  response,   ///< RecordedExchange::response
  failure,    ///< RecordedExchange::failure
  cancelled,  ///< the caller did not wait for the end
};

/// One request of a session, and how it ended.
struct RecordedExchange {
  /// In the order in which requests were sent, from 1.
  std::size_t number = 0;
  /// For people: "ec2 DescribeVpcs".
  std::string title;
  Request request;
  /// Since the session began.
  Duration sent{};
  RecordedEnd end = RecordedEnd::unknown;
  Duration ended{};
  Response response;
  RecordedFailure failure;
};

/// Something that was said about the session itself: "command", "exit_code".
struct RecordedNote {
  std::string key;
  std::string text;
  Duration at{};
};

/// Where in its session a program was told to stop: between which exchanges. Its time says little:
/// a replay, in which computing takes none, may be ahead by a request at that instant.
struct RecordedInterruption {
  Duration at{};
  /// How many requests had been sent.
  std::size_t sent = 0;
  /// The numbers of those that had not ended.
  std::vector<std::size_t> open;
  friend bool operator==(const RecordedInterruption&, const RecordedInterruption&) = default;
};

/// A session as it was recorded.
struct Recording {
  /// By number.
  std::vector<RecordedExchange> exchanges;
  /// In their order.
  std::vector<RecordedNote> notes;

  /// The last note of that key; nullptr when there is none.
  const RecordedNote* note(std::string_view key) const;
  /// From the note that Recorder::interrupted() has written; nothing when there is none. What a
  /// note without that text (from another hand) leaves open is taken from the times.
  std::optional<RecordedInterruption> interruption() const;
};

/// Key of the note that a recorder writes last. Without it the recording is one of a process that
/// was killed.
inline constexpr const char* end_note = "end";

/// Key of the note of an interruption.
inline constexpr const char* interrupted_note = "interrupted";

/// The text is no recording. what() begins with "file:line: ".
class RecordingError : public std::runtime_error {
 public:
  /// what() is "file:line: " and then `what`; the line counts from 1.
  RecordingError(const std::string& file, int line, const std::string& what);
};

/// Reads what format_recording() writes, and what a recorder that was killed has left: a last
/// block that is cut short is ignored, an exchange without an end has RecordedEnd::unknown.
/// @param text the whole session
/// @param file for complaints
/// @throws RecordingError
Recording parse_recording(std::string_view text, const std::string& file);

/// The tidy form: notes and exchanges in order of their time, each answer right after its request.
/// Bodies are laid out for people (a parameter, an XML element or a JSON member a line) wherever
/// that can be undone exactly; parse_recording() gives back every byte.
std::string format_recording(const Recording& recording);

/// The file of that name in a recording's folder.
inline constexpr const char* session_file = "session.txt";

/// Reads DIR/session.txt. @throws RecordingError, also when it cannot be read.
Recording load_recording(const std::string& directory);

}  // namespace albatross::http
