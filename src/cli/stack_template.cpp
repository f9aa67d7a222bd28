#include "cli/stack_template.hpp"

#include "cli/example_files.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace albatross::cli {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

/// The first line of the top-level member, or the end.
Lines::iterator member(Lines& lines, const std::string& name) {
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    if (line->starts_with(name + ":")) return line;
  }
  return lines.end();
}

/// Past the member's last line; empty lines and comments that follow belong to the next one.
Lines::iterator end_of_member(Lines& lines, Lines::iterator first) {
  auto end = first + 1;
  for (auto line = end; line != lines.end(); ++line) {
    if (line->starts_with("  ")) end = line + 1;
    if (!line->empty() && !line->starts_with(" ")) break;
  }
  return end;
}

void set_line(Lines& lines, const std::string& name, const std::string& value) {
  const auto line = member(lines, name);
  if (!value.empty() && line != lines.end()) *line = name + ": " + value;
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

/// "#   albatross deploy shop.yaml     prints …": the column in which the explanation begins; npos
/// for a comment without one.
std::size_t explanation(const std::string& line) {
  constexpr std::size_t indent = std::string_view("#   ").size();
  if (!line.starts_with("#   albatross ")) return std::string::npos;
  const std::size_t gap = line.find("  ", indent);
  return gap == std::string::npos ? gap : line.find_first_not_of(' ', gap);
}

/// Explanations of commands stand one beneath the other again, whatever was put into the commands.
void align_explanations(Lines& lines) {
  constexpr std::size_t between = 5;
  std::size_t width = 0;
  for (const std::string& line : lines) {
    const std::size_t column = explanation(line);
    if (column != std::string::npos)
      width = std::max(width, line.find_last_not_of(' ', column - 1) + 1);
  }
  for (std::string& line : lines) {
    const std::size_t column = explanation(line);
    if (column == std::string::npos) continue;
    std::string command = line.substr(0, line.find_last_not_of(' ', column - 1) + 1);
    command.resize(width + between, ' ');
    line = command + line.substr(column);
  }
}

/// The commands in the comments at the top are those for this file and this stack.
void set_comments(Lines& lines, const std::string& example, const std::string& old_name,
                  const StackAnswers& answers) {
  for (std::string& line : lines) {
    if (!line.starts_with("#")) break;
    replace_all(line, "examples/" + example + ".yaml", shell_word(answers.file));
    if (answers.name.empty()) continue;
    replace_all(line, "status " + old_name, "status " + answers.name);
    replace_all(line, "destroy " + old_name, "destroy " + answers.name);
  }
  align_explanations(lines);
}

/// The member, and the certificates that are named in the example: those of another region cannot
/// be used.
void set_region(Lines& lines, const std::string& region) {
  const auto line = member(lines, "region");
  if (region.empty() || line == lines.end()) return;
  const std::string old = line->substr(std::string_view("region: ").size());
  for (std::string& each : lines)
    replace_all(each, "arn:aws:acm:" + old + ":", "arn:aws:acm:" + region + ":");
  set_line(lines, "region", region);
}

void set_vpc(Lines& lines, const std::string& vpc) {
  if (vpc.empty()) return;
  const auto network = member(lines, "network");
  if (network == lines.end()) {
    if (vpc == "default") return;
    lines.insert(member(lines, "instances"), {"network:", "  vpc: " + vpc, ""});
    return;
  }
  const auto end = end_of_member(lines, network);
  for (auto line = network; line != end; ++line) {
    if (line->starts_with("  vpc:")) *line = "  vpc: " + vpc;
    // Only a VPC that is created is given addresses.
    if (line->starts_with("  cidr:") && vpc != "create") line->insert(2, "# ");
  }
}

void set_services(Lines& lines, const std::vector<ServiceAnswer>& services) {
  if (services.empty()) return;
  Lines block{"services:"};
  for (const ServiceAnswer& service : services) {
    block.push_back("  " + service.name + ":");
    block.push_back("    port: " + std::to_string(service.port));
    block.push_back("    health:");
    block.push_back("      path: " + service.health_path);
    block.push_back("      interval: 10s");
    // The first one is the default of the listener; the others need requests of their own.
    if (service.name == services.front().name) continue;
    block.push_back("    route:");
    block.push_back("      paths: [\"/" + service.name + "\", \"/" + service.name + "/*\"]");
  }
  const auto first = member(lines, "services");
  const auto place = lines.erase(first, end_of_member(lines, first));
  lines.insert(place, block.begin(), block.end());
}

}  // namespace

std::optional<ServiceAnswer> parse_service(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos) return std::nullopt;
  ServiceAnswer service;
  service.name = text.substr(0, equals);
  const std::string_view rest = text.substr(equals + 1);
  const char* end = rest.data() + rest.size();
  const auto [stop, error] = std::from_chars(rest.data(), end, service.port);
  if (error != std::errc() || service.port < 1 || service.port > 65535) return std::nullopt;
  if (stop == end) return service;
  if (*stop != '/') return std::nullopt;
  service.health_path.assign(stop, end);
  return service;
}

std::vector<std::string> template_names() {
  std::vector<std::string> names;
  for (const auto& [name, text] : example_files())
    names.push_back(name);
  return names;
}

std::string template_stack_name(const std::string& template_name) {
  Lines lines = lines_of(example_files().at(template_name));
  return member(lines, "name")->substr(std::string_view("name: ").size());
}

std::string stack_template(const std::string& template_name, const StackAnswers& answers) {
  Lines lines = lines_of(example_files().at(template_name));
  set_comments(lines, template_name, template_stack_name(template_name), answers);
  set_line(lines, "name", answers.name);
  set_region(lines, answers.region);
  set_vpc(lines, answers.vpc);
  set_services(lines, answers.services);
  std::string out;
  if (!answers.schema_file.empty()) {
    out = "# yaml-language-server: $schema=" + answers.schema_file + "\n#\n";
  }
  return out + join(lines, "\n") + "\n";
}

}  // namespace albatross::cli
