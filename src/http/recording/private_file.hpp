#pragma once

#include <string>

namespace albatross::http {

/// Makes the folder for its owner only (0700), and those above it as usual; one that is there stays
/// as it is. @throws std::runtime_error
void make_private_directory(const std::string& path);

/// A new file that its owner alone can read (0600), written as it comes.
class PrivateFile {
 public:
  /// @throws std::runtime_error when it cannot be made, or exists
  explicit PrivateFile(std::string path);
  PrivateFile(const PrivateFile&) = delete;
  PrivateFile& operator=(const PrivateFile&) = delete;
  ~PrivateFile();

  /// @return empty, or what went wrong
  std::string append(const std::string& text);
  /// Puts `text` in its place, as a whole or not at all. @return empty, or what went wrong
  std::string replace(const std::string& text);

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace albatross::http
