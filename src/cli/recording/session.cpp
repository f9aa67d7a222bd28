#include "cli/recording/session.hpp"

#include "albatross/orchestrator/stack_file.hpp"

#include "cli/command_line.hpp"
#include "cli/error_report.hpp"
#include "cli/recording/call_words.hpp"
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
constexpr std::array<std::string_view, 10> local_options = {
    "--record", "--state-dir", "--profile", "--endpoint-url", "--ca-bundle",
    "--region", "--output",    "--events",  "--trace",        "--faults"};

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

// A line feed within a word, and what that is written with.
std::string escaped(const std::string& word) {
  std::string out;
  for (const char c : word)
    out += c == '\n' ? "\\n" : c == '\\' ? "\\\\" : std::string(1, c);
  return out;
}

std::string unescaped(const std::string& line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool escape = line[i] == '\\' && i + 1 < line.size();
    if (escape) ++i;
    out += escape && line[i] == 'n' ? '\n' : line[i];
  }
  return out;
}

std::string text_of_words(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : "\n") + escaped(word);
  return out;
}

std::string recorded_file(const std::string& directory) {
  const std::string file = directory + "/" + stack_file_name;
  if (std::filesystem::exists(file)) return file;
  throw UsageError(directory +
                   " holds no stack file, because the recorded command found mistakes in it and "
                   "did nothing");
}

/// The recorded words, understood; a command that reads files reads the recorded ones.
Command command_of(const std::vector<std::string>& words, const std::string& directory) {
  const ParsedCommandLine parsed = parse_words(words);
  if (!parsed.invocation || !can_be_recorded(parsed.invocation->command)) {
    throw UsageError("'" + one_line(join(words, " ")) + "' is a command that cannot be replayed");
  }
  Command command = parsed.invocation->command;
  std::visit(
      [&](auto& options) {
        if constexpr (requires { options.file; }) options.file = recorded_file(directory);
        if constexpr (requires { options.faults_file; }) {
          const std::string file = directory + "/" + faults_file_name;
          if (std::filesystem::exists(file)) options.faults_file = file;
        }
        if constexpr (requires { options.files; }) options.files = {recorded_file(directory)};
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

bool can_be_recorded(const Command& command) {
  return std::holds_alternative<ValidateOptions>(command) ||
         std::holds_alternative<PlanOptions>(command) ||
         std::holds_alternative<DeployOptions>(command) ||
         std::holds_alternative<StatusOptions>(command) ||
         std::holds_alternative<ListOptions>(command) ||
         std::holds_alternative<RollbackOptions>(command) ||
         std::holds_alternative<DestroyOptions>(command) ||
         std::holds_alternative<CallCommandOptions>(command);
}

std::string command_text(const Invocation& invocation, http::ExchangeRules& rules) {
  if (const auto* const call = std::get_if<CallCommandOptions>(&invocation.command)) {
    return text_of_words(shareable_words(*call, rules));
  }
  const std::string file = stack_file_of(invocation.command);
  const std::vector<std::string> words = words_with_variables(invocation.words);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (is_local(word)) {
      i += word.find('=') == std::string::npos ? 1 : 0;
      continue;
    }
    const bool is_file = !file.empty() && word == file;
    out.push_back(is_file ? word.substr(word.rfind('/') + 1) : word);
  }
  return text_of_words(out);
}

std::vector<std::string> command_words(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    out.push_back(unescaped(line));
  return out;
}

bool is_about_several(const Command& command) {
  return std::visit(
      [](const auto& options) {
        if constexpr (requires { options.files; }) return options.files.size() > 1;
        if constexpr (requires { options.stacks; }) return options.stacks.size() > 1;
        return false;
      },
      command);
}

std::string stack_file_of(const Command& command) {
  return std::visit(
      [](const auto& options) -> std::string {
        if constexpr (requires { options.file; }) return options.file;
        if constexpr (requires { options.files; }) return options.files.front();
        return {};
      },
      command);
}

std::string stack_of(const Command& command) {
  return std::visit(
      [](const auto& options) -> std::string {
        if constexpr (requires { options.stack; }) return options.stack;
        if constexpr (requires { options.stacks; }) return options.stacks.front();
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
  const std::vector<std::string> words = command_words(text_of(recording, note::command));
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
  for (const http::RecordedNote& note : recording.notes) {
    if (note.key == note::answer) session.answers.push_back(note.text);
  }
  session.command = command_of(words, directory);
  read_state(session);
  return session;
}

}  // namespace albatross::cli
