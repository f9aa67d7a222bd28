#include "http/recording/private_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace albatross::http {
namespace {

std::string trouble(const std::string& path, int error) {
  return "cannot write " + path + ": " + std::generic_category().message(error);
}

}  // namespace

void make_private_directory(const std::string& path) {
  const std::filesystem::path folder(path);
  std::error_code error;
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), error);
  if (::mkdir(path.c_str(), S_IRWXU) == 0) return;
  const int failed = errno;
  if (failed == EEXIST && std::filesystem::is_directory(folder, error)) return;
  throw std::runtime_error(trouble(path, failed));
}

PrivateFile::PrivateFile(std::string path) : path_(std::move(path)) {
  descriptor_ =
      ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor_ >= 0) return;
  if (errno == EEXIST) {
    throw std::runtime_error(path_ + " exists already; name a folder without a recording");
  }
  throw std::runtime_error(trouble(path_, errno));
}

PrivateFile::~PrivateFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string PrivateFile::append(const std::string& text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return trouble(path_, errno);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::string PrivateFile::replace(const std::string& text) {
  const std::string draft = path_ + ".part";
  try {
    PrivateFile fresh(draft);
    std::string problem = fresh.append(text);
    if (!problem.empty()) return problem;
  } catch (const std::runtime_error& failed) {
    return failed.what();
  }
  return std::rename(draft.c_str(), path_.c_str()) == 0 ? "" : trouble(path_, errno);
}

}  // namespace albatross::http
