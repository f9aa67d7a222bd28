#include "cli/runs/run_archive.hpp"

#include "albatross/state/store.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace albatross::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".ndjson";

/// 0: not the name of a run.
int run_of(const std::string& name) {
  int run = 0;
  const char* end = name.data() + name.size();
  const auto [stop, failed] = std::from_chars(name.data(), end, run);
  return failed == std::errc{} && std::string_view(stop, end) == suffix ? run : 0;
}

/// A name that cannot lead out of the folder.
bool is_plain(const std::string& name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
}

[[noreturn]] void fail(const std::string& what, const std::string& path, int error) {
  throw StateError(what + " " + path + ": " + std::strerror(error));
}

void make_private_folder(const std::string& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) throw StateError("cannot make " + folder + ": " + failed.message());
  fs::permissions(folder, fs::perms::owner_all, failed);
}

}  // namespace

RunWriter::~RunWriter() {
  ::close(descriptor_);
}

void RunWriter::append(const std::string& line) {
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw StateError(std::string("cannot write: ") + std::strerror(errno));
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string RunArchive::path_of(const std::string& stack, int run) const {
  std::ostringstream name;
  name << folder_ << "/" << stack << "/" << std::setw(6) << std::setfill('0') << run << suffix;
  return name.str();
}

std::unique_ptr<RunWriter> RunArchive::begin(const std::string& stack) const {
  if (!is_plain(stack)) throw StateError("no run can be kept of a stack named " + stack);
  make_private_folder(folder_);
  make_private_folder(folder_ + "/" + stack);
  std::vector<int> known = runs(stack);
  const int run = known.empty() ? 1 : known.back() + 1;
  const std::string path = path_of(stack, run);
  const int flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC;
  const int descriptor = ::open(path.c_str(), flags, S_IRUSR | S_IWUSR);
  if (descriptor < 0) fail("cannot make", path, errno);
  auto writer = std::make_unique<RunWriter>(descriptor, run);
  // Whoever looks at it meanwhile holds it for a moment only.
  if (::flock(descriptor, LOCK_EX) != 0) fail("cannot lock", path, errno);
  for (std::size_t i = 0; known.size() - i >= kept_runs; ++i)
    ::unlink(path_of(stack, known[i]).c_str());
  return writer;
}

std::vector<std::string> RunArchive::stacks() const {
  std::vector<std::string> out;
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, failed)) {
    if (entry.is_directory(failed)) out.push_back(entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<int> RunArchive::runs(const std::string& stack) const {
  std::vector<int> out;
  if (!is_plain(stack)) return out;
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_ + "/" + stack, failed)) {
    const int run = run_of(entry.path().filename().string());
    if (run > 0) out.push_back(run);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string RunArchive::text(const std::string& stack, int run) const {
  const std::string path = path_of(stack, run);
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw StateError("cannot read " + path);
  return text.str();
}

bool RunArchive::is_under_way(const std::string& stack, int run) const {
  const int descriptor = ::open(path_of(stack, run).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(descriptor);
  return held;
}

}  // namespace albatross::cli
