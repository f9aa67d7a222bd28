#include "http/recording/tape.hpp"

#include "http/recording/comparison.hpp"

#include <algorithm>
#include <cstdio>

namespace albatross::http {
namespace {

std::string name_of(const RecordedExchange& exchange) {
  return "exchange " + std::to_string(exchange.number) + ", " + exchange.title + ", sent at " +
         since_start(exchange.sent);
}

}  // namespace

std::string since_start(Duration time) {
  char text[40];
  std::snprintf(text, sizeof text, "+%.3fs", std::chrono::duration<double>(time).count());
  return text;
}

Tape::Tape(Recording recording, ExchangeRules& rules, ReplayOptions options)
    : recording_(std::move(recording)), rules_(rules), options_(options) {
  entries_.reserve(recording_.exchanges.size());
  for (RecordedExchange& exchange : recording_.exchanges) {
    // A recording may have been made by hand, or before a rule was added: compared is what both
    // sides show. Answers are redacted too, so that the rules know every stand-in.
    exchange.title = rules_.title(exchange.request);
    rules_.redact(exchange.request);
    if (exchange.end == RecordedEnd::response) rules_.redact(exchange.request, exchange.response);
    Entry entry{&exchange, rules_.members(exchange.request), false};
    left_[key(exchange.title, entry.members)].insert(entries_.size());
    entries_.push_back(std::move(entry));
  }
}

std::string Tape::key(const std::string& title, const std::vector<RequestMember>& members) const {
  return key_of(title, members, options_.matching == ReplayOptions::Matching::strict);
}

Tape::Sent Tape::read(Request request) const {
  Sent sent;
  sent.title = rules_.title(request);
  sent.is_read = rules_.is_read(request);
  rules_.redact(request);
  sent.members = rules_.members(request);
  sent.key = key(sent.title, sent.members);
  return sent;
}

bool Tape::serves_again(const Sent& sent) const {
  return options_.repeat_reads && sent.is_read && last_.contains(sent.key);
}

bool Tape::has_up_to(std::size_t number, const Sent& sent) const {
  const auto found = left_.find(sent.key);
  if (found == left_.end() || found->second.empty()) return serves_again(sent);
  return entries_[*found->second.begin()].exchange->number <= number || serves_again(sent);
}

const RecordedExchange& Tape::take(const Sent& sent) {
  Entry& entry = entries_[find(sent)];
  if (entry.exchange->end == RecordedEnd::unknown) {
    throw ReplayMismatch(ReplayMismatch::Kind::ended,
                         "the recording ends before the answer to " + name_of(*entry.exchange), "");
  }
  return *entry.exchange;
}

std::size_t Tape::find(const Sent& sent) {
  const auto found = left_.find(sent.key);
  if (found == left_.end() || found->second.empty()) {
    if (!serves_again(sent)) refuse(sent);
    return last_.at(sent.key);
  }
  const std::size_t index = *found->second.begin();
  if (options_.matching == ReplayOptions::Matching::strict) check_order(index);
  found->second.erase(found->second.begin());
  last_[sent.key] = index;
  entries_[index].used = true;
  return index;
}

void Tape::check_order(std::size_t index) const {
  const RecordedExchange& next = *entries_[index].exchange;
  while (first_unused_ < index && entries_[first_unused_].used)
    ++first_unused_;
  std::string missing;
  for (std::size_t i = first_unused_; i < index; ++i) {
    const RecordedExchange& before = *entries_[i].exchange;
    if (entries_[i].used || before.end == RecordedEnd::unknown) continue;
    if (before.ended + options_.order_slack <= next.sent) missing += "- " + name_of(before) + "\n";
  }
  if (missing.empty()) return;
  throw ReplayMismatch(ReplayMismatch::Kind::out_of_order,
                       next.title + " comes too early: it was " + name_of(next) +
                           ", and what was answered long before has not been sent",
                       missing + "+ " + next.title + "\n");
}

const Tape::Entry* Tape::closest(const Sent& sent) const {
  const Entry* best = nullptr;
  std::size_t fewest = 0;
  for (const Entry& entry : entries_) {
    if (entry.used || entry.exchange->title != sent.title) continue;
    const std::size_t changes = diff_members(entry.members, sent.members).changes;
    if (best != nullptr && changes >= fewest) continue;
    best = &entry;
    fewest = changes;
  }
  return best;
}

/// What was answered before the end has all been asked for.
bool Tape::past_the_end() const {
  return recording_.note(end_note) == nullptr &&
         std::all_of(entries_.begin(), entries_.end(), [](const Entry& entry) {
           return entry.used || entry.exchange->end == RecordedEnd::unknown;
         });
}

void Tape::refuse(const Sent& sent) const {
  if (past_the_end()) {
    throw ReplayMismatch(ReplayMismatch::Kind::ended,
                         "the recording ends before " + sent.title + " was sent", "");
  }
  const Entry* const near = closest(sent);
  const std::string head = near == nullptr ? "nothing" : name_of(*near->exchange);
  const MemberDiff diff =
      diff_members(near == nullptr ? std::vector<RequestMember>{} : near->members, sent.members);
  const std::string summary =
      near == nullptr ? sent.title + " is sent, but no such request is left in the recording"
                      : sent.title + " differs from every recorded one that is left";
  throw ReplayMismatch(
      ReplayMismatch::Kind::different, summary,
      "--- recorded: " + head + "\n+++ sent now: " + sent.title + "\n" + diff.text);
}

std::vector<const RecordedExchange*> Tape::unused() const {
  std::vector<const RecordedExchange*> out;
  for (const Entry& entry : entries_) {
    if (!entry.used) out.push_back(entry.exchange);
  }
  return out;
}

}  // namespace albatross::http
