#include "cli/environment.hpp"

#include <array>
#include <stdexcept>
#include <unistd.h>

namespace albatross::cli {

std::string value_of(const Environment& environment, const std::string& name) {
  return environment(name).value_or(std::string{});
}

std::string state_directory(const std::string& given, const Environment& environment) {
  if (!given.empty()) return given;
  const std::string state_home = value_of(environment, "XDG_STATE_HOME");
  if (state_home.starts_with('/')) return state_home + "/albatross";
  const std::string home = value_of(environment, "HOME");
  if (home.empty()) {
    throw std::runtime_error(
        "HOME is not set, so there is no place to remember stacks: give one "
        "with --state-dir");
  }
  return home + "/.local/state/albatross";
}

std::string user_name(const Environment& environment) {
  for (const char* name : {"USER", "LOGNAME"}) {
    const std::string value = value_of(environment, name);
    if (!value.empty()) return value;
  }
  return "user " + std::to_string(::getuid());
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "?";
}

bool is_utf8_locale(const Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value = value_of(environment, name);
    if (value.empty()) continue;
    for (char& c : value)
      c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return value.find("UTF-8") != std::string::npos || value.find("UTF8") != std::string::npos;
  }
  return false;
}

}  // namespace albatross::cli
