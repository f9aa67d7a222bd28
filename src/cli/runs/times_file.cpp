#include "cli/runs/times_file.hpp"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace albatross::cli {
namespace {

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    lines.push_back(line);
  return lines;
}

bool write_to(const std::string& path, int flags, const std::string& text) {
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return false;
  const ssize_t written = ::write(descriptor, text.data(), text.size());
  ::close(descriptor);
  return written == static_cast<ssize_t>(text.size());
}

}  // namespace

UsualTimes TimesFile::load() const {
  UsualTimes usual;
  for (const std::string& line : lines_of(path_)) {
    const std::optional<RunTimes> times = read_times(line);
    if (times) usual.add(*times);
  }
  return usual;
}

void TimesFile::add(const RunTimes& times) const {
  if (write_to(path_, O_APPEND, times_line(times))) drop_old_lines();
}

/// Now and then, whole or not at all.
void TimesFile::drop_old_lines() const {
  const std::vector<std::string> lines = lines_of(path_);
  if (lines.size() < 2 * kept_lines) return;
  std::string text;
  for (std::size_t i = lines.size() - kept_lines; i < lines.size(); ++i)
    text += lines[i] + "\n";
  const std::string draft = path_ + ".part";
  if (write_to(draft, O_TRUNC, text)) std::rename(draft.c_str(), path_.c_str());
}

}  // namespace albatross::cli
