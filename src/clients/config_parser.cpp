#include "clients/config_parser.hpp"

#include "albatross/clients/config.hpp"

#include "clients/text.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace albatross {
namespace {

/// In these a '#' is part of the value, whatever stands before it.
bool holds_free_text(std::string_view key) {
  return key == "aws_secret_access_key" || key == "aws_session_token" ||
         key == "credential_process";
}

std::string_view without_comment(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool after_space = text[i - 1] == ' ' || text[i - 1] == '\t';
    if (after_space && (text[i] == '#' || text[i] == ';')) return trimmed(text.substr(0, i));
  }
  return text;
}

/// Goes through the lines; knows the section and key that it is in.
class Parser {
 public:
  explicit Parser(const std::string& file) : file_(file) {}

  void line(std::string_view text) {
    ++number_;
    const std::string_view content = trimmed(text);
    if (content.empty() || content.front() == '#' || content.front() == ';') return;
    const std::size_t indent = text.find_first_not_of(" \t");
    if (indent == 0 && content.front() == '[') {
      header(content);
    } else if (!key_.empty() && indent > key_indent_) {
      below_key(content);
    } else {
      key_line(content, indent);
    }
  }

  ConfigSections take() { return std::move(sections_); }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    throw ConfigError(message, file_, number_);
  }

  void header(std::string_view text) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) fail("a section header without ']'");
    const std::string_view rest = trimmed(text.substr(end + 1));
    if (!rest.empty() && rest.front() != '#' && rest.front() != ';') {
      fail("unexpected text after the section header");
    }
    const std::string_view name = trimmed(text.substr(1, end - 1));
    if (name.empty()) fail("a section without a name");
    section_ = &sections_[std::string(name)];
    if (section_->line == 0) {
      section_->file = file_;
      section_->line = number_;
    }
    key_.clear();
  }

  std::pair<std::string, ConfigValue> split(std::string_view text) const {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) fail("expected 'key = value'");
    std::string key = lower_case(trimmed(text.substr(0, equals)));
    if (key.empty()) fail("a value without a key");
    std::string_view value = trimmed(text.substr(equals + 1));
    if (!holds_free_text(key)) value = without_comment(value);
    if (!value.empty() && (value.front() == '#' || value.front() == ';')) value = {};
    return {std::move(key), ConfigValue{std::string(value), file_, number_}};
  }

  void key_line(std::string_view text, std::size_t indent) {
    if (section_ == nullptr) fail("a line before the first section: expected '[name]'");
    auto [key, value] = split(text);
    key_ = key;
    key_indent_ = indent;
    section_->nested.erase(key);
    section_->values.insert_or_assign(std::move(key), std::move(value));
  }

  /// An indented line: one of a nested block when the key has no value of its own, else more of
  /// its value.
  void below_key(std::string_view text) {
    ConfigValue& above = section_->values.at(key_);
    if (!above.text.empty()) {
      above.text += '\n';
      above.text += text;
      return;
    }
    auto [key, value] = split(text);
    section_->nested[key_].insert_or_assign(std::move(key), std::move(value));
  }

  const std::string& file_;
  int number_ = 0;
  ConfigSections sections_;
  ConfigSection* section_ = nullptr;
  std::string key_;
  std::size_t key_indent_ = 0;
};

/// "profile dev" → "dev" when the kind is "profile"; quotes around the name are taken off.
std::optional<std::string> name_of_kind(std::string_view header, std::string_view kind) {
  if (!header.starts_with(kind)) return std::nullopt;
  header.remove_prefix(kind.size());
  if (header.empty() || (header.front() != ' ' && header.front() != '\t')) return std::nullopt;
  header = trimmed(header);
  const bool quoted = header.size() >= 2 && (header.front() == '"' || header.front() == '\'') &&
                      header.back() == header.front();
  return std::string(quoted ? header.substr(1, header.size() - 2) : header);
}

}  // namespace

ConfigSections parse_config_file(std::string_view text, const std::string& file) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  Parser parser(file);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    parser.line(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parser.take();
}

void add_config_file(SharedConfig& into, ConfigSections sections) {
  for (auto& [header, section] : sections) {
    if (const auto profile = name_of_kind(header, "profile")) {
      into.profiles[*profile].config = std::move(section);  // "profile default" beats "default"
    } else if (header == "default") {
      into.profiles["default"].config = std::move(section);
    } else if (const auto session = name_of_kind(header, "sso-session")) {
      into.sso_sessions[*session] = std::move(section);
    } else if (const auto services = name_of_kind(header, "services")) {
      into.services[*services] = std::move(section);
    }
  }
  for (auto& [name, profile] : into.profiles)
    profile.name = name;
}

void add_credentials_file(SharedConfig& into, ConfigSections sections) {
  for (auto& [name, section] : sections) {
    into.profiles[name].credentials = std::move(section);
    into.profiles[name].name = name;
  }
}

}  // namespace albatross
