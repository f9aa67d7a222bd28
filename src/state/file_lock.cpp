#include "state/file_lock.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace albatross::state {
namespace {

class FileLock final : public StackLock {
 public:
  explicit FileLock(int file) : file_(file) {}
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  // The file stays: removing it would let a third run lock a new file beside a second's old one.
  ~FileLock() override { ::close(file_); }

  void write(const std::string& holder) {
    if (::ftruncate(file_, 0) != 0 ||
        ::pwrite(file_, holder.data(), holder.size(), 0) != static_cast<ssize_t>(holder.size())) {
      throw StateError("a lock file cannot be written: " + std::string(std::strerror(errno)));
    }
  }

 private:
  int file_;
};

std::string read_holder(int file) {
  char text[512];
  const ssize_t size = ::pread(file, text, sizeof text, 0);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "another run";
}

}  // namespace

std::unique_ptr<StackLock> lock_file(const std::string& path, const std::string& stack,
                                     const std::string& holder) {
  const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) {
    throw StateError("lock file " + path + " cannot be opened: " + std::strerror(errno));
  }
  auto lock = std::make_unique<FileLock>(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      throw StateError("lock file " + path + " cannot be locked: " + std::strerror(errno));
    }
    throw LockedError(stack, read_holder(file));
  }
  lock->write(holder);
  return lock;
}

}  // namespace albatross::state
