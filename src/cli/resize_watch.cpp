#include "cli/resize_watch.hpp"

#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <utility>

namespace albatross::cli {

struct ResizeWatch::State : std::enable_shared_from_this<State> {
  State(const boost::asio::any_io_executor& executor, std::function<void()> resized)
      : signals(executor, SIGWINCH), on_resize(std::move(resized)) {}

  void wait() {
    signals.async_wait([self = shared_from_this()](const boost::system::error_code& stopped, int) {
      if (stopped || self->ended) return;
      self->on_resize();
      self->wait();
    });
  }

  boost::asio::signal_set signals;
  std::function<void()> on_resize;
  bool ended = false;
};

ResizeWatch::ResizeWatch(const boost::asio::any_io_executor& executor,
                         std::function<void()> resized)
    : state_(std::make_shared<State>(executor, std::move(resized))) {
  state_->wait();
}

ResizeWatch::~ResizeWatch() {
  state_->ended = true;
  state_->signals.cancel();
}

}  // namespace albatross::cli
