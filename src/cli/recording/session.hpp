#pragma once

#include "albatross/http/exchange_rules.hpp"
#include "albatross/http/recording.hpp"

#include "cli/options.hpp"
#include "cli/recording/snapshot.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What a recorded session of the program consists of besides its exchanges: the notes in
/// session.txt and the files beside it.
namespace albatross::cli {

inline constexpr const char* stack_file_name = "stack.yaml";
inline constexpr const char* state_file_name = "state.json";
inline constexpr const char* faults_file_name = "faults.json";

namespace note {
inline constexpr const char* version = "albatross";
inline constexpr const char* command = "command";
inline constexpr const char* started = "started";
inline constexpr const char* seed = "seed";
inline constexpr const char* environment = "environment";
inline constexpr const char* credentials = "credentials";
inline constexpr const char* no_credentials = "no_credentials";
inline constexpr const char* answer = "answer";
inline constexpr const char* exit_code = "exit_code";
}  // namespace note

/// Commands of a stack's life, and single calls. What is recorded can be replayed.
bool can_be_recorded(const Command& command);
/// More than one stack or stack file was named.
bool is_about_several(const Command& command);
/// The words of the command line, with what variables say, without what is this machine's alone
/// (folders, profile, endpoint) and without a call's secrets: a line each.
std::string command_text(const Invocation& invocation, http::ExchangeRules& rules);
/// The words again.
std::vector<std::string> command_words(const std::string& text);
/// The file that the command reads its stack from, and the stack that it names; or empty.
std::string stack_file_of(const Command& command);
std::string stack_of(const Command& command);

/// A session, read back.
struct RecordedSession {
  std::string directory;
  http::Recording recording;
  /// As it was given, for people, and as it is to be run again.
  std::string command_line;
  Command command;
  std::string version;
  std::int64_t started_ms = 0;
  std::uint64_t seed = 0;
  std::map<std::string, std::string> environment;
  Snapshot state;
  /// What the user said when asked.
  std::vector<std::string> answers;
  /// Nothing when the recorded run was killed.
  std::optional<int> exit_code;
};

/// @throws UsageError when there is none, or it is of no use
RecordedSession load_session(const std::string& directory);

}  // namespace albatross::cli
