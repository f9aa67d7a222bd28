#include "http/recording/interruption.hpp"

#include <sstream>

namespace albatross::http {
namespace {

constexpr const char* sent_word = "requests";
constexpr const char* open_word = "open";

/// @return whether the text says it
bool read_text(const std::string& text, RecordedInterruption& out) {
  std::istringstream words(text);
  std::string word;
  if (!(words >> word >> out.sent) || word != sent_word) return false;
  if (words >> word && word != open_word) return false;
  for (std::size_t number = 0; words >> number;)
    out.open.push_back(number);
  return words.eof();
}

void read_times(const Recording& recording, RecordedInterruption& out) {
  out.sent = 0;
  out.open.clear();
  for (const RecordedExchange& exchange : recording.exchanges) {
    if (exchange.sent > out.at) continue;
    out.sent = exchange.number;
    const bool ended = exchange.end != RecordedEnd::unknown && exchange.ended <= out.at;
    if (!ended) out.open.push_back(exchange.number);
  }
}

}  // namespace

std::string interruption_text(const RecordedInterruption& interruption) {
  std::string out = sent_word + (" " + std::to_string(interruption.sent));
  if (interruption.open.empty()) return out;
  out.append("\n").append(open_word);
  for (const std::size_t number : interruption.open)
    out += " " + std::to_string(number);
  return out;
}

std::optional<RecordedInterruption> Recording::interruption() const {
  const RecordedNote* const found = note(interrupted_note);
  if (found == nullptr) return std::nullopt;
  RecordedInterruption out;
  out.at = found->at;
  if (!read_text(found->text, out)) read_times(*this, out);
  return out;
}

}  // namespace albatross::http
