#include "cli/recording/session_player.hpp"

#include "cli/text.hpp"

#include <algorithm>
#include <sstream>

namespace albatross::cli {
namespace {

// A replayed run is ahead of the recorded one by what computing and waking up took.
constexpr Duration slack = std::chrono::milliseconds{500};

http::Recording calls_of(const http::Recording& recording) {
  http::Recording calls = recording;
  std::erase_if(calls.exchanges, [](const http::RecordedExchange& exchange) {
    return AwsExchangeRules::fetches_credentials(exchange.request);
  });
  return calls;
}

http::ReplayOptions replay_options(bool by_operation) {
  http::ReplayOptions options;
  if (!by_operation) return options;
  options.matching = http::ReplayOptions::Matching::by_operation;
  options.repeat_reads = true;
  return options;
}

void append_lines(std::vector<std::string>& out, const std::string& text,
                  const std::string& indent) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    out.push_back(indent + one_line(line));
}

}  // namespace

/// Stand-ins for what the recorded run had: other ones when those were refused as expired, none
/// where there were none.
class SessionPlayer::Provider final : public CredentialsProvider {
 public:
  Provider(const http::Recording& recording, Clock& clock)
      : recording_(recording), clock_(clock), start_(clock.now()) {
    for (const http::RecordedNote& note : recording.notes)
      count_ += note.key == note::credentials ? 1 : 0;
  }

  Task<ResolvedCredentials> resolve(Deadline) override {
    const http::RecordedNote* const last = last_note();
    if (last != nullptr && last->key == note::no_credentials) throw CredentialsError(last->text);
    ResolvedCredentials found;
    found.credentials.access_key_id = "AKIAEXAMPLE00000000" + std::to_string(current_ % 10);
    found.credentials.secret_access_key = Secret("replayed");
    found.source = "the recording";
    co_return found;
  }

  void invalidate() override { current_ = std::min(current_ + 1, count_); }

 private:
  /// What was last said of credentials at this time of the recorded run.
  const http::RecordedNote* last_note() const {
    const http::RecordedNote* last = nullptr;
    for (const http::RecordedNote& note : recording_.notes) {
      const bool about = note.key == note::credentials || note.key == note::no_credentials;
      if (!about || (last != nullptr && start_ + note.at > clock_.now() + slack)) continue;
      last = &note;
    }
    return last;
  }

  const http::Recording& recording_;
  Clock& clock_;
  TimePoint start_;
  std::size_t count_ = 0;
  std::size_t current_ = 1;
};

SessionPlayer::SessionPlayer(const RecordedSession& session, Clock& clock, bool by_operation)
    : session_(session),
      clock_(clock),
      replay_(std::make_unique<http::ReplayTransport>(calls_of(session.recording), rules_, clock,
                                                      replay_options(by_operation))) {}

SessionPlayer::~SessionPlayer() = default;

http::Transport& SessionPlayer::transport(http::Transport&) {
  return *replay_;
}

std::unique_ptr<CredentialsProvider> SessionPlayer::credentials(
    std::unique_ptr<CredentialsProvider>) {
  return std::make_unique<Provider>(session_.recording, clock_);
}

std::optional<Task<>> SessionPlayer::interruption() {
  if (!replay_->interruption_ahead()) return std::nullopt;
  return replay_->until_interrupted();
}

std::optional<std::string> SessionPlayer::answer() {
  if (answers_given_ >= session_.answers.size()) return std::string();
  return session_.answers[answers_given_++];
}

std::vector<std::string> differences(const RecordedSession& session,
                                     const http::ReplayTransport& replayed, int exit_code) {
  std::vector<std::string> out;
  const auto& mismatch = replayed.mismatch();
  const bool cut_off =
      mismatch && mismatch->kind() == http::ReplayMismatch::Kind::ended && !session.exit_code;
  if (mismatch && !cut_off) {
    out.push_back(one_line(mismatch->what()));
    append_lines(out, mismatch->diff(), "  ");
  }
  const std::vector<const http::RecordedExchange*> unused = replayed.unused();
  if (!unused.empty() && !cut_off) {
    out.push_back(counted(unused.size(), "recorded call") + " not made:");
    constexpr std::size_t shown = 12;
    for (std::size_t i = 0; i < unused.size() && i < shown; ++i)
      out.push_back("  " + std::to_string(unused[i]->number) + " " + one_line(unused[i]->title));
    if (unused.size() > shown) out.push_back("  ...");
  }
  if (session.exit_code && *session.exit_code != exit_code) {
    out.push_back("exit code " + std::to_string(exit_code) + ", recorded " +
                  std::to_string(*session.exit_code));
  }
  return out;
}

}  // namespace albatross::cli
