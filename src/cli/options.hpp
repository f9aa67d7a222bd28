#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace albatross::cli {

enum class OutputFormat : std::uint8_t { text, json };

/// Options that every command takes. Empty: not given.
struct GlobalOptions {
  std::string region;
  std::string profile;
  std::string endpoint_url;
  std::string state_dir;
  OutputFormat output = OutputFormat::text;
  bool no_color = false;
  bool quiet = false;
};

struct ValidateOptions {
  std::string file;
};

struct DeployOptions {
  std::string file;
};

struct StatusOptions {
  std::string stack;
};

struct ListOptions {};

struct DestroyOptions {
  std::string stack;
  bool yes = false;
};

struct SimOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
  /// Gets the URL once the simulator answers.
  std::string ready_file;
  /// "fast" or "realistic".
  std::string times = "realistic";
  double speed = 1;
  std::uint64_t seed = 1;
  /// What goes wrong and when (JSON); empty: nothing.
  std::string faults_file;
  /// Where calls are logged; empty: standard error.
  std::string log_file;
};

using Command = std::variant<ValidateOptions, DeployOptions, StatusOptions, ListOptions,
                             DestroyOptions, SimOptions>;

/// A command line, understood.
struct Invocation {
  /// argv[0], for commands that are suggested to the user.
  std::string program = "albatross";
  GlobalOptions global;
  Command command;
};

}  // namespace albatross::cli
