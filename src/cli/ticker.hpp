#pragma once

#include "albatross/runtime/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace albatross::cli {

/// Calls a function again and again until destroyed, so that a view moves while nothing happens.
/// The clock must outlive the executor's work; the function is not called after destruction.
class Ticker {
 public:
  Ticker(boost::asio::any_io_executor executor, Clock& clock, Duration interval,
         std::function<void()> tick);
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;
  ~Ticker();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace albatross::cli
