#pragma once

#include "albatross/http/transport.hpp"
#include "albatross/runtime/virtual_clock.hpp"
#include "albatross/state/store.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::simulation {

/// Ends a simulated process at one chosen point. What the world sees is what SIGKILL would leave:
/// no call and no write gets out of the process any more, not even from its cleanup. Inside, the
/// code unwinds, so that nothing leaks.
class KillSwitch {
 public:
  static constexpr std::size_t never = static_cast<std::size_t>(-1);

  /// @param at the number of the point (from 0) at which the process dies
  KillSwitch(VirtualClock& clock, std::size_t at) : clock_(clock), at_(at) {}

  /// A point at which the process may die: before or after a call, a read or a write. Throws
  /// operation_aborted when it does, and ever after.
  /// @param name of the call or record; only put into words when the process dies here
  void point(const char* when, const char* what, std::string_view name);
  /// Dies now, wherever it waits.
  void die(std::string where);
  /// Throws when the process is dead: reads see nothing either.
  void check() const;

  /// The process has ended by itself: it can die no more.
  void retire() { retired_ = true; }

  std::size_t points() const { return points_; }
  bool killed() const { return killed_; }
  TimePoint time_of_death() const { return time_of_death_; }
  /// Where it died; empty while it lives.
  const std::string& place() const { return place_; }

 private:
  VirtualClock& clock_;
  std::size_t at_;
  std::size_t points_ = 0;
  bool killed_ = false;
  bool retired_ = false;
  TimePoint time_of_death_{};
  std::string place_;
};

/// Dies before or after calls.
class MortalTransport final : public http::Transport {
 public:
  MortalTransport(http::Transport& inner, KillSwitch& kill) : inner_(inner), kill_(kill) {}
  Task<http::Response> send(http::Request request, Deadline deadline) override;

 private:
  http::Transport& inner_;
  KillSwitch& kill_;
};

/// Dies before or after writes.
class MortalStore final : public Store {
 public:
  MortalStore(Store& inner, KillSwitch& kill) : inner_(inner), kill_(kill) {}
  Task<std::unique_ptr<StackLock>> lock(std::string stack, std::string holder) override;
  Task<std::vector<StackRecord>> stacks() override;
  Task<std::optional<StackRecord>> stack(std::string name) override;
  Task<> put_stack(StackRecord record) override;
  Task<> erase_stack(std::string name) override;
  Task<std::vector<ResourceRecord>> resources(std::string stack) override;
  Task<> put_resource(ResourceRecord record) override;
  Task<> erase_resource(std::string stack, std::string node) override;

 private:
  Store& inner_;
  KillSwitch& kill_;
};

}  // namespace albatross::simulation
