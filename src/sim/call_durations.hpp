#pragma once

#include "albatross/runtime/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

namespace albatross::sim {

/// How long the last calls took to answer, by their number: a Cloud knows no clock.
class CallDurations {
 public:
  /// Of as many calls as are told of anywhere (state_json).
  static constexpr std::size_t kept = 100;

  void note(std::uint64_t call, Duration took) {
    if (noted_.size() == kept) noted_.pop_front();
    noted_.emplace_back(call, took);
  }
  void clear() { noted_.clear(); }
  /// Nothing when that call was not this server's, or is long ago.
  std::optional<Duration> of(std::uint64_t call) const {
    for (const auto& [number, took] : noted_) {
      if (number == call) return took;
    }
    return std::nullopt;
  }

 private:
  std::deque<std::pair<std::uint64_t, Duration>> noted_;
};

}  // namespace albatross::sim
