#pragma once

#include "albatross/http/replay.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace albatross::http {

/// A recording with what has been used of it: decides which recorded exchange a request is. Knows
/// no time but the recorded.
class Tape {
 public:
  Tape(Recording recording, ExchangeRules& rules, ReplayOptions options);

  /// A request as it is compared.
  struct Sent {
    std::string title;
    std::vector<RequestMember> members;
    /// Two that are taken for the same share it.
    std::string key;
    bool is_read = false;
  };
  Sent read(Request request) const;

  /// Whether one of the exchanges up to that number is left for it (or serves again).
  bool has_up_to(std::size_t number, const Sent& sent) const;
  /// The exchange that the request stands for; it is then used.
  /// @throws ReplayMismatch
  const RecordedExchange& take(const Sent& sent);

  std::vector<const RecordedExchange*> unused() const;
  const Recording& recording() const { return recording_; }

 private:
  struct Entry {
    const RecordedExchange* exchange = nullptr;
    std::vector<RequestMember> members;
    bool used = false;
  };

  std::string key(const std::string& title, const std::vector<RequestMember>& members) const;
  std::size_t find(const Sent& sent);
  /// A read that is asked again gets its last answer.
  bool serves_again(const Sent& sent) const;
  void check_order(std::size_t index) const;
  bool past_the_end() const;
  [[noreturn]] void refuse(const Sent& sent) const;
  const Entry* closest(const Sent& sent) const;

  Recording recording_;
  ExchangeRules& rules_;
  ReplayOptions options_;
  std::vector<Entry> entries_;
  /// What is left, by what the requests say, in recorded order.
  std::map<std::string, std::set<std::size_t>> left_;
  /// The last that was used, by the same.
  std::map<std::string, std::size_t> last_;
  /// Every entry before this one is used.
  mutable std::size_t first_unused_ = 0;
};

/// "+3.204s"
std::string since_start(Duration time);

}  // namespace albatross::http
