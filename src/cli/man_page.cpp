#include "cli/man_page.hpp"

#include "albatross/version.hpp"

#include "cli/text.hpp"

#include <sstream>
#include <string_view>

namespace albatross::cli {
namespace {

/// Text as roff takes it: no escapes of its own, no line that looks like a request.
std::string escaped(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_start = c == '\n';
  }
  return out;
}

std::string bold(std::string_view text) {
  return "\\fB" + escaped(text) + "\\fR";
}

std::string italic(std::string_view text) {
  return "\\fI" + escaped(text) + "\\fR";
}

std::string heading(const std::string& name, std::string_view description) {
  std::string title;
  for (const char c : name)
    title += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return ".TH \"" + title + "\" 1 \"\" \"albatross " + std::string(version) +
         "\" \"User commands\"\n.SH NAME\n" + escaped(name) + " \\- " + escaped(description) + "\n";
}

std::string option_entry(const OptionHelp& option) {
  std::string names;
  for (const std::string& name : option.names)
    names += (names.empty() ? "" : ", ") + bold(name);
  if (!option.value.empty()) names += " " + italic(option.value);
  std::string text = escaped(option.description);
  if (!option.variable.empty())
    text += (text.empty() ? "" : " ") + ("(" + bold(option.variable) + ")");
  return ".TP\n" + names + "\n" + text + "\n";
}

std::string option_section(const char* title, const std::vector<OptionHelp>& options) {
  if (options.empty()) return {};
  std::string out = std::string(".SH ") + title + "\n";
  for (const OptionHelp& option : options)
    out += option_entry(option);
  return out;
}

/// A footer's paragraphs; their lines stay lines.
std::string lines_of(const std::string& footer) {
  return ".nf\n" + escaped(footer) + "\n.fi\n";
}

std::string remarks(const std::string& footer) {
  return footer.empty() ? std::string() : ".SH REMARKS\n" + lines_of(footer);
}

std::string argument_names(const CommandHelp& command) {
  std::string out;
  for (const OptionHelp& argument : command.arguments)
    out += " " + italic(join(argument.names, " "));
  return out;
}

/// "albatross sim ctl service INSTANCE", what it does, and what it takes.
std::string command_entry(const std::string& program, const CommandPath& place) {
  const CommandHelp& command = *place.command;
  std::string out = ".SS " + bold(program + " " + join(place.words, " ")) +
                    argument_names(command) + "\n" + escaped(command.description) + ".\n";
  for (const auto* entries : {&command.arguments, &command.options}) {
    for (const OptionHelp& option : *entries)
      out += option_entry(option);
  }
  return command.footer.empty() ? out : out + ".PP\n" + lines_of(command.footer);
}

std::string command_section(const std::string& program, const CommandHelp& command) {
  if (command.commands.empty()) return {};
  std::string out = ".SH COMMANDS\n";
  for (CommandPath& place : commands_below(command)) {
    place.words.insert(place.words.begin(), command.name);
    out += command_entry(program, place);
  }
  return out;
}

}  // namespace

std::string program_man_page(const CommandHelp& program) {
  std::ostringstream out;
  out << heading(program.name, program.description);
  out << ".SH SYNOPSIS\n"
      << bold(program.name) << " " << italic("COMMAND") << " [" << italic("OPTIONS") << "]\n";
  out << ".SH COMMANDS\n";
  for (const CommandHelp& command : program.commands) {
    out << ".TP\n" << bold(command.name) << argument_names(command);
    out << "\n"
        << escaped(command.description) << ". See " << bold(program.name + "-" + command.name)
        << "(1).\n";
  }
  out << option_section("OPTIONS OF EVERY COMMAND", program.options);
  out << remarks(program.footer);
  return out.str();
}

std::string command_man_page(const CommandHelp& program, const CommandHelp& command) {
  std::ostringstream out;
  out << heading(program.name + "-" + command.name, command.description);
  out << ".SH SYNOPSIS\n" << bold(program.name) << " " << bold(command.name);
  out << argument_names(command) << " [" << italic("OPTIONS") << "]\n";
  out << option_section("ARGUMENTS", command.arguments);
  out << option_section("OPTIONS", command.options);
  out << command_section(program.name, command);
  out << option_section("OPTIONS OF EVERY COMMAND", program.options);
  out << remarks(command.footer);
  out << ".SH SEE ALSO\n" << bold(program.name) << "(1)\n";
  return out.str();
}

}  // namespace albatross::cli
