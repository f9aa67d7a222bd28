#include "cli/recording/session.hpp"

#include "albatross/orchestrator/stack_file.hpp"

#include "cli/command_line.hpp"
#include "cli/error_report.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

namespace albatross::cli {
namespace {

// Options of this machine, each with its value; a replay has its own.
constexpr std::array<std::string_view, 9> local_options = {
    "--record", "--state-dir", "--profile", "--endpoint-url", "--ca-bundle",
    "--region", "--output",    "--events",  "--trace"};

bool is_local(std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  return std::find(local_options.begin(), local_options.end(), name) != local_options.end();
}

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(stream), {}};
}

std::string text_of(const http::Recording& recording, const char* key) {
  const http::RecordedNote* const found = recording.note(key);
  return found == nullptr ? std::string() : found->text;
}

template <class Number>
std::optional<Number> number_in(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "NAME=value" lines.
std::map<std::string, std::string> variables_in(const std::string& text) {
  std::map<std::string, std::string> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = line.find('=');
    if (equals != std::string::npos) out[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return out;
}

std::string recorded_file(const std::string& directory) {
  const std::string file = directory + "/" + stack_file_name;
  if (std::filesystem::exists(file)) return file;
  throw UsageError(directory +
                   " holds no stack file, because the recorded command found mistakes in it and "
                   "did nothing");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    out.push_back(line);
  return out;
}

/// The recorded words, understood; a command that reads a stack file reads the recorded one, and
/// nobody is asked.
Command command_of(const std::vector<std::string>& words, const std::string& directory) {
  std::vector<const char*> argv{"albatross"};
  for (const std::string& word : words)
    argv.push_back(word.c_str());
  const ParsedCommandLine parsed = parse_command_line(static_cast<int>(argv.size()), argv.data());
  if (!parsed.invocation || !can_be_replayed(parsed.invocation->command)) {
    throw UsageError("'" + one_line(join(words, " ")) + "' is a command that cannot be replayed");
  }
  Command command = parsed.invocation->command;
  std::visit(
      [&](auto& options) {
        if constexpr (requires { options.file; }) options.file = recorded_file(directory);
        if constexpr (requires { options.yes; }) options.yes = true;
        if constexpr (requires { options.run.events; }) options.run = RunOptions{};
      },
      command);
  return command;
}

void read_state(RecordedSession& session) {
  const auto text = read_file(session.directory + "/" + state_file_name);
  if (!text) return;
  session.state = read_snapshot(*text);
  const std::string file = stack_file_of(session.command);
  if (!file.empty()) restore_fingerprints(session.state, load_stack(file));
}

}  // namespace

bool can_be_replayed(const Command& command) {
  return std::holds_alternative<ValidateOptions>(command) ||
         std::holds_alternative<PlanOptions>(command) ||
         std::holds_alternative<DeployOptions>(command) ||
         std::holds_alternative<StatusOptions>(command) ||
         std::holds_alternative<ListOptions>(command) ||
         std::holds_alternative<RollbackOptions>(command) ||
         std::holds_alternative<DestroyOptions>(command);
}

bool can_be_recorded(const Command& command) {
  return can_be_replayed(command) || std::holds_alternative<CallCommandOptions>(command);
}

std::string command_text(const Invocation& invocation) {
  if (!can_be_replayed(invocation.command)) return "call";
  const std::string file = stack_file_of(invocation.command);
  std::string out;
  const std::vector<std::string>& words = invocation.words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (is_local(word)) {
      i += word.find('=') == std::string::npos ? 1 : 0;
      continue;
    }
    const bool is_file = !file.empty() && word == file;
    out += (out.empty() ? "" : "\n") + (is_file ? word.substr(word.rfind('/') + 1) : word);
  }
  return out;
}

std::string stack_file_of(const Command& command) {
  return std::visit(
      [](const auto& options) -> std::string {
        if constexpr (requires { options.file; }) return options.file;
        return {};
      },
      command);
}

std::string stack_of(const Command& command) {
  return std::visit(
      [](const auto& options) -> std::string {
        if constexpr (requires { options.stack; }) return options.stack;
        return {};
      },
      command);
}

RecordedSession load_session(const std::string& directory) {
  RecordedSession session;
  session.directory = directory;
  try {
    session.recording = http::load_recording(directory);
  } catch (const http::RecordingError& wrong) {
    throw UsageError(wrong.what());
  }
  const http::Recording& recording = session.recording;
  const std::vector<std::string> words = lines_of(text_of(recording, note::command));
  session.command_line = join(words, " ");
  const auto started = number_in<std::int64_t>(text_of(recording, note::started));
  const auto seed = number_in<std::uint64_t>(text_of(recording, note::seed));
  if (session.command_line.empty() || !started || !seed) {
    throw UsageError(directory +
                     " holds exchanges, but not the command that made them: it was not "
                     "recorded with 'albatross --record'");
  }
  session.started_ms = *started;
  session.seed = *seed;
  session.version = text_of(recording, note::version);
  session.exit_code = number_in<int>(text_of(recording, note::exit_code));
  session.environment = variables_in(text_of(recording, note::environment));
  session.command = command_of(words, directory);
  read_state(session);
  return session;
}

}  // namespace albatross::cli
