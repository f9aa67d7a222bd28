#include "cli/completion.hpp"

#include "cli/text.hpp"

#include <sstream>
#include <string_view>

namespace albatross::cli {
namespace {

/// What stands behind an option or in an argument's place, as a shell can offer it.
enum class Offer : std::uint8_t { nothing, file, folder, stack, file_or_stack, choices };

Offer offer_for(const std::string& value) {
  if (value == "FILE|STACK") return Offer::file_or_stack;
  if (value.starts_with("FILE")) return Offer::file;
  if (value.find('|') != std::string::npos) return Offer::choices;
  if (value.starts_with("DIR")) return Offer::folder;
  if (value.starts_with("STACK")) return Offer::stack;
  return Offer::nothing;
}

/// "text|json" as "text json".
std::string choices(std::string value) {
  for (char& c : value)
    c = c == '|' ? ' ' : c;
  return value;
}

/// Inside single quotes of a shell.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string all_names(const std::vector<OptionHelp>& options) {
  std::string out;
  for (const OptionHelp& option : options)
    for (const std::string& name : option.names)
      out += (out.empty() ? "" : " ") + name;
  return out;
}

/// Of those directly below.
std::string command_names(const CommandHelp& parent) {
  std::string out;
  for (const CommandHelp& command : parent.commands)
    out += (out.empty() ? "" : " ") + command.name;
  return out;
}

// --- bash
// ------------------------------------------------------------------------------------------

std::string bash_words(const std::string& words) {
  return "COMPREPLY=($(compgen -W " + quoted(words) + " -- \"$word\"))";
}

std::string bash_offer(const std::string& value) {
  switch (offer_for(value)) {
    case Offer::file:
      return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$word\"))";
    case Offer::folder:
      return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$word\"))";
    case Offer::stack:
      return "COMPREPLY=($(compgen -W \"$(\"${COMP_WORDS[0]}\" list --names 2>/dev/null)\" -- "
             "\"$word\"))";
    case Offer::file_or_stack:
      return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -W "
             "\"$(\"${COMP_WORDS[0]}\" list --names 2>/dev/null)\" -- \"$word\"))";
    case Offer::choices:
      return bash_words(choices(value));
    case Offer::nothing:
      break;
  }
  return "COMPREPLY=()";
}

/// The cases of options that take a value.
void bash_values(std::ostream& out, const std::vector<OptionHelp>& options, const char* indent) {
  for (const OptionHelp& option : options) {
    if (option.value.empty()) continue;
    out << indent << join(option.names, "|") << ") " << bash_offer(option.value) << "; return ;;\n";
  }
}

/// "/sim/ctl/state".
std::string path_of(const CommandPath& place) {
  return "/" + join(place.words, "/");
}

void bash_command(std::ostream& out, const CommandPath& place) {
  const CommandHelp& command = *place.command;
  out << "    " << path_of(place) << ")\n";
  out << "      case \"$before\" in\n";
  bash_values(out, command.options, "        ");
  out << "      esac\n";
  out << "      options=\"$options \"" << quoted(all_names(command.options)) << "\n";
  if (!command.commands.empty()) {
    out << "      [[ $word == -* ]] || { " << bash_words(command_names(command)) << "; return; }\n";
  } else if (!command.arguments.empty()) {
    out << "      [[ $word == -* ]] || { " << bash_offer(command.arguments.front().names.front())
        << "; return; }\n";
  }
  out << "      ;;\n";
}

std::string bash_script(const CommandHelp& program) {
  const std::vector<CommandPath> commands = commands_below(program);
  std::vector<std::string> paths;
  for (const CommandPath& place : commands)
    paths.push_back(path_of(place));
  std::ostringstream out;
  out << "# bash completion for " << program.name << "\n"
      << "_albatross() {\n"
      << "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= each\n"
      << "  local options=" << quoted(all_names(program.options)) << "\n"
      << "  for each in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      << "    case \"$command/$each\" in\n"
      << "      " << join(paths, "|") << ") command=$command/$each ;;\n"
      << "    esac\n"
      << "  done\n"
      << "  case \"$before\" in\n";
  bash_values(out, program.options, "    ");
  out << "  esac\n"
      << "  case \"$command\" in\n"
      << "    '') [[ $word == -* ]] || { " << bash_words(command_names(program))
      << "; return; } ;;\n";
  for (const CommandPath& place : commands)
    bash_command(out, place);
  out << "  esac\n"
      << "  COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
      << "}\n"
      << "complete -F _albatross " << program.name << "\n";
  return out.str();
}

// --- zsh
// -------------------------------------------------------------------------------------------

std::string zsh_action(const std::string& value) {
  switch (offer_for(value)) {
    case Offer::file:
      return "_files";
    case Offer::folder:
      return "_files -/";
    case Offer::stack:
      return "_albatross_stacks";
    case Offer::file_or_stack:
      return "{ _albatross_stacks; _files }";
    case Offer::choices:
      return "(" + choices(value) + ")";
    case Offer::nothing:
      break;
  }
  return " ";
}

/// Without what _arguments takes for its own: brackets and colons.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

void zsh_options(std::ostream& out, const std::vector<OptionHelp>& options) {
  for (const OptionHelp& option : options) {
    for (const std::string& name : option.names) {
      std::string spec = name + "[" + zsh_text(option.description) + "]";
      if (!option.value.empty())
        spec += ":" + zsh_text(option.value) + ":" + zsh_action(option.value);
      out << " \\\n        " << quoted(spec);
    }
  }
}

void zsh_arguments(std::ostream& out, const CommandHelp& command) {
  if (command.arguments.empty()) return;
  const std::string& name = command.arguments.front().names.front();
  out << " \\\n        " << quoted("*:" + name + ":" + zsh_action(name));
}

/// The function that completes what stands after a command with commands below it, and theirs.
void zsh_function(std::ostream& out, const std::string& function, const CommandHelp& program,
                  const CommandHelp& command) {
  for (const CommandHelp& below : command.commands) {
    if (!below.commands.empty()) zsh_function(out, function + "_" + below.name, program, below);
  }
  out << function << "() {\n"
      << "  local context state line curcontext=\"$curcontext\"\n"
      << "  _arguments -C";
  zsh_options(out, program.options);
  if (&command != &program) zsh_options(out, command.options);
  out << " \\\n        '1:command:->command' '*::argument:->argument'\n"
      << "  case $state in\n"
      << "    command)\n      local -a commands=(\n";
  for (const CommandHelp& below : command.commands)
    out << "        " << quoted(below.name + ":" + below.description) << "\n";
  out << "      )\n      _describe command commands ;;\n"
      << "    argument)\n      case $line[1] in\n";
  for (const CommandHelp& below : command.commands) {
    out << "      " << below.name << ") ";
    if (below.commands.empty()) {
      out << "_arguments";
      zsh_options(out, program.options);
      zsh_options(out, below.options);
      zsh_arguments(out, below);
    } else {
      out << function << "_" << below.name;
    }
    out << " ;;\n";
  }
  out << "      esac ;;\n  esac\n}\n";
}

std::string zsh_script(const CommandHelp& program) {
  std::ostringstream out;
  out << "#compdef " << program.name << "\n"
      << "_albatross_stacks() { compadd -- ${(f)\"$(" << program.name
      << " list --names 2>/dev/null)\"} }\n";
  zsh_function(out, "_albatross", program, program);
  out << "if [[ $funcstack[1] == _albatross ]]; then _albatross \"$@\"; else compdef _albatross "
      << program.name << "; fi\n";
  return out.str();
}

// --- fish
// ------------------------------------------------------------------------------------------

std::string fish_action(const std::string& value) {
  switch (offer_for(value)) {
    case Offer::file:
      return " -r -F";
    case Offer::folder:
      return " -x -a '(__fish_complete_directories)'";
    case Offer::stack:
      return " -x -a '(albatross list --names 2>/dev/null)'";
    case Offer::file_or_stack:
      return " -r -F -a '(albatross list --names 2>/dev/null)'";
    case Offer::choices:
      return " -x -a " + quoted(choices(value));
    case Offer::nothing:
      break;
  }
  return " -x";
}

void fish_options(std::ostream& out, const std::string& start,
                  const std::vector<OptionHelp>& options) {
  for (const OptionHelp& option : options) {
    out << start;
    for (const std::string& name : option.names)
      out << (name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1));
    if (!option.value.empty()) out << fish_action(option.value);
    out << " -d " << quoted(option.description) << "\n";
  }
}

/// Where what comes next is a command's own: below it, and not yet below one of its commands.
std::string fish_within(const CommandPath& place) {
  std::vector<std::string> conditions;
  for (const std::string& word : place.words)
    conditions.push_back("__fish_seen_subcommand_from " + word);
  if (!place.command->commands.empty()) {
    conditions.push_back("not __fish_seen_subcommand_from " + command_names(*place.command));
  }
  return quoted(join(conditions, "; and "));
}

void fish_commands(std::ostream& out, const std::string& start, const CommandHelp& parent) {
  for (const CommandHelp& command : parent.commands)
    out << start << " -a " << command.name << " -d " << quoted(command.description) << "\n";
}

std::string fish_script(const CommandHelp& program) {
  std::ostringstream out;
  const std::string complete = "complete -c " + program.name;
  out << "# fish completion for " << program.name << "\n" << complete << " -f\n";
  fish_commands(out, complete + " -n __fish_use_subcommand", program);
  fish_options(out, complete, program.options);
  for (const CommandPath& place : commands_below(program)) {
    const std::string within = complete + " -n " + fish_within(place);
    fish_commands(out, within, *place.command);
    fish_options(out, within, place.command->options);
    if (!place.command->arguments.empty()) {
      out << within << fish_action(place.command->arguments.front().names.front()) << "\n";
    }
  }
  return out.str();
}

}  // namespace

std::string completion_script(Shell shell, const CommandHelp& program) {
  switch (shell) {
    case Shell::bash:
      return bash_script(program);
    case Shell::zsh:
      return zsh_script(program);
    case Shell::fish:
      return fish_script(program);
  }
  return {};
}

}  // namespace albatross::cli
