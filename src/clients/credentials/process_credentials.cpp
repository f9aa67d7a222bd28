#include "clients/credentials/process_credentials.hpp"

#include "clients/credentials/credentials_json.hpp"
#include "clients/text.hpp"

#include <boost/system/system_error.hpp>
#include <nlohmann/json.hpp>

#include <utility>

namespace albatross {
namespace {

constexpr Duration longest_run = std::chrono::minutes{5};  // it may ask the user something
constexpr std::size_t longest_complaint = 500;

void check_version(const std::string& output) {
  const auto object = nlohmann::json::parse(output, nullptr, false);
  if (!object.is_object()) throw CredentialsError("its output is not a JSON object");
  const auto version = object.find("Version");
  if (version == object.end() || !version->is_number_integer() || version->get<int>() != 1) {
    throw CredentialsError("its output does not have \"Version\": 1");
  }
}

/// Reads one word; quotes may begin and end within it.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  std::vector<std::string> all() {
    for (char c = 0; next(c);) {
      if (c == ' ' || c == '\t' || c == '\n') {
        finish();
      } else if (c == '\'' || c == '"') {
        quoted(c);
      } else if (c == '\\') {
        if (next(c)) add(c);
      } else {
        add(c);
      }
    }
    finish();
    return std::move(words_);
  }

 private:
  bool next(char& c) {
    if (at_ == text_.size()) return false;
    c = text_[at_++];
    return true;
  }

  void add(char c) {
    word_ += c;
    in_word_ = true;
  }

  void quoted(char quote) {
    in_word_ = true;
    for (char c = 0; next(c);) {
      if (c == quote) return;
      const bool escape = quote == '"' && c == '\\' && at_ < text_.size() &&
                          (text_[at_] == '"' || text_[at_] == '\\');
      if (escape) next(c);
      word_ += c;
    }
    throw CredentialsError("the credential_process command has a quote that is not closed");
  }

  void finish() {
    if (in_word_) words_.push_back(std::move(word_));
    word_.clear();
    in_word_ = false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> words_;
  std::string word_;
  bool in_word_ = false;
};

}  // namespace

std::vector<std::string> split_command(std::string_view command) {
  return Words(command).all();
}

ProcessCredentials::ProcessCredentials(SharedContext context, std::string command,
                                       std::string described_as)
    : context_(std::move(context)),
      command_(std::move(command)),
      described_as_(std::move(described_as)) {}

Task<ResolvedCredentials> ProcessCredentials::resolve(Deadline deadline) {
  std::vector<std::string> words = split_command(command_);
  if (words.empty()) throw CredentialsError("the credential_process command is empty");
  if (!context_->run_process) throw CredentialsError("programs may not be run here");
  const std::string program = words.front();
  ProcessResult result;
  const Deadline by = earlier(deadline, Deadline::after(context_->clock, longest_run));
  std::string problem;
  try {
    result = co_await context_->run_process(std::move(words), by);
  } catch (const boost::system::system_error&) {
    throw;  // cancelled
  } catch (const std::runtime_error& error) {
    problem = error.what();
  }
  if (!problem.empty()) throw CredentialsError(program + ": " + problem);
  if (result.exit_code != 0) {
    const std::string complaint(trimmed(result.errors).substr(0, longest_complaint));
    throw CredentialsError(program + " ended with exit code " + std::to_string(result.exit_code) +
                           (complaint.empty() ? "" : ": " + complaint));
  }
  try {
    check_version(result.output);
    const CredentialsMembers members{"SessionToken", true};
    co_return parse_credentials_json(result.output, members, described_as_);
  } catch (const CredentialsError& error) {
    problem = error.what();
  }
  throw CredentialsError(program + ": " + problem);
}

}  // namespace albatross
