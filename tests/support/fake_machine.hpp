#pragma once

#include "albatross/clients/config.hpp"

#include <map>
#include <set>
#include <stdexcept>
#include <string>

namespace albatross::test {

/// The environment and files of a machine that does not exist; HOME is /home/u. The functions it
/// gives out refer to it.
struct FakeMachine {
  std::map<std::string, std::string> variables{{"HOME", "/home/u"}};
  std::map<std::string, std::string> files;
  std::set<std::string> unreadable;

  Environment environment() const {
    return [this](const std::string& name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
  }

  FileReader file_reader() const {
    return [this](const std::string& path) -> std::optional<std::string> {
      if (unreadable.contains(path)) throw std::runtime_error("permission denied");
      const auto found = files.find(path);
      return found == files.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
  }
};

}  // namespace albatross::test
