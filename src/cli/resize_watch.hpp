#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace albatross::cli {

/// Calls a function each time the terminal was resized (SIGWINCH), until destroyed.
class ResizeWatch {
 public:
  ResizeWatch(const boost::asio::any_io_executor& executor, std::function<void()> resized);
  ResizeWatch(const ResizeWatch&) = delete;
  ResizeWatch& operator=(const ResizeWatch&) = delete;
  ~ResizeWatch();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace albatross::cli
