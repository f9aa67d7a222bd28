#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace albatross::sim {

/// What an action throws to refuse a call. The service's protocol decides what it looks like.
struct ApiError {
  std::string code;
  std::string message;
  /// 0 stands for the usual status of that code in that service.
  int status = 0;
  /// EFS: the id that FileSystemAlreadyExists carries.
  std::string file_system_id = {};
  /// JSON services: more members of the error, as JSON text without the braces.
  std::string members = {};
};

[[noreturn]] inline void refuse(std::string_view code, std::string message, int status = 0) {
  throw ApiError{std::string(code), std::move(message), status};
}

/// Joins pieces into one string with a single allocation.
template <class... Parts>
std::string cat(const Parts&... parts) {
  std::string out;
  out.reserve((std::string_view(parts).size() + ... + 0));
  (out.append(std::string_view(parts)), ...);
  return out;
}

}  // namespace albatross::sim
