#include "albatross/clients/config.hpp"

#include <cstdlib>

namespace albatross {

Environment system_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* const value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

}  // namespace albatross
