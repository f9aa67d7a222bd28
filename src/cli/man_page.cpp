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

/// The footer's paragraphs; their lines stay lines.
std::string remarks(const std::string& footer) {
  if (footer.empty()) return {};
  return ".SH REMARKS\n.nf\n" + escaped(footer) + "\n.fi\n";
}

}  // namespace

std::string program_man_page(const CommandHelp& program) {
  std::ostringstream out;
  out << heading(program.name, program.description);
  out << ".SH SYNOPSIS\n"
      << bold(program.name) << " " << italic("COMMAND") << " [" << italic("OPTIONS") << "]\n";
  out << ".SH COMMANDS\n";
  for (const CommandHelp& command : program.commands) {
    out << ".TP\n" << bold(command.name);
    for (const OptionHelp& argument : command.arguments)
      out << " " << italic(join(argument.names, " "));
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
  for (const OptionHelp& argument : command.arguments)
    out << " " << italic(join(argument.names, " "));
  out << " [" << italic("OPTIONS") << "]\n";
  out << option_section("ARGUMENTS", command.arguments);
  out << option_section("OPTIONS", command.options);
  out << option_section("OPTIONS OF EVERY COMMAND", program.options);
  out << remarks(command.footer);
  out << ".SH SEE ALSO\n" << bold(program.name) << "(1)\n";
  return out.str();
}

}  // namespace albatross::cli
