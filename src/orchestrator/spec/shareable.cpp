#include "orchestrator/spec/shareable.hpp"

#include <cstdio>
#include <string_view>

namespace albatross::spec {
namespace {

/// Accepted wherever the real one was.
std::string stand_in(UserDataKind kind) {
  switch (kind) {
    case UserDataKind::none:
      return "";
    case UserDataKind::script:
      return "#!/bin/sh\n# REDACTED\n";
    case UserDataKind::cloud_init:
      return "#cloud-config\n# REDACTED\n";
    default:
      return "Content-Type: text/plain\n\nREDACTED\n";
  }
}

/// In double quotes, as JSON and YAML read it alike.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.append("\\").append(1, c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\x%02X", byte);
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

bool is_simple(std::string_view key) {
  return !key.empty() &&
         key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string_view::npos &&
         key.front() >= 'a';
}

class Writer {
 public:
  explicit Writer(UserDataKind user_data) : user_data_(user_data) {}

  std::string write(const Value& stack) {
    map(stack, "", "");
    return std::move(out_);
  }

 private:
  void map(const Value& value, const std::string& path, const std::string& indent) {
    for (const Entry& entry : value.entries) {
      const std::string member = path.empty() ? entry.key : path + "." + entry.key;
      const bool secret = member == "instances.user_data" || member == "instances.user_data_file";
      const std::string key = secret ? "user_data" : entry.key;
      out_ += indent + (is_simple(key) ? key : quoted(key)) + ":";
      if (secret) {
        out_ += " " + quoted(stand_in(user_data_)) + "\n";
      } else {
        one(*entry.value, member, indent);
      }
    }
  }

  void list(const Value& value, const std::string& path, const std::string& indent) {
    for (const ValuePtr& item : value.items) {
      out_ += indent + "-";
      one(*item, path + "[]", indent);
    }
  }

  /// What follows "key:" or "-".
  void one(const Value& value, const std::string& path, const std::string& indent) {
    switch (value.kind) {
      case Value::Kind::null:
        out_ += " null\n";
        return;
      case Value::Kind::scalar:
        out_ += " " + (value.plain ? value.text : quoted(value.text)) + "\n";
        return;
      case Value::Kind::list:
        out_ += value.items.empty() ? " []\n" : "\n";
        list(value, path, indent + "  ");
        return;
      case Value::Kind::map:
        out_ += value.entries.empty() ? " {}\n" : "\n";
        map(value, path, indent + "  ");
        return;
    }
  }

  UserDataKind user_data_;
  std::string out_;
};

}  // namespace

std::string shareable_text(const Value& stack, UserDataKind user_data) {
  return Writer(user_data).write(stack);
}

}  // namespace albatross::spec
