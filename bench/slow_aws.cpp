#include "slow_aws.hpp"

#include "albatross/runtime/clock.hpp"
#include "albatross/sim/cloud.hpp"

#include "sim/wire.hpp"
#include "support/instant_cloud.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <new>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace albatross::bench {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;

/// In memory that both processes see; times of the monotonic clock, which is the machine's.
struct SlowAws::Seen {
  std::atomic<std::uint64_t> requests{0};
  std::atomic<Duration::rep> first{0};
  std::atomic<Duration::rep> last{0};
};

namespace {

/// What the other process does.
template <class Seen>
class Service {
 public:
  Service(Seen& seen, std::chrono::milliseconds delay) : seen_(seen), delay_(delay) {}

  Task<> accept(tcp::acceptor& acceptor) {
    for (;;) {
      tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
      socket.set_option(tcp::no_delay(true));
      auto connection = serve(std::move(socket));
      // lint_coroutines: allow detached: the process ends with the bench
      asio::co_spawn(acceptor.get_executor(), std::move(connection), asio::detached);
    }
  }

 private:
  Task<> serve(tcp::socket socket) {
    beast::tcp_stream stream(std::move(socket));
    beast::flat_buffer buffer;
    try {
      for (;;) {
        beast::http::request_parser<beast::http::string_body> parser;
        co_await beast::http::async_read(stream, buffer, parser, asio::use_awaitable);
        const TimePoint arrived = clock_.now();
        Duration::rep none = 0;
        seen_.first.compare_exchange_strong(none, arrived.time_since_epoch().count());
        ++seen_.requests;
        const auto request = sim::to_request(parser.release());
        const auto response = cloud_.handle(request, arrived, clock_.wall());
        const std::string bytes = sim::to_bytes(response, true, false);
        co_await clock_.sleep_until(arrived + delay_);
        co_await asio::async_write(stream, asio::buffer(bytes), asio::use_awaitable);
        seen_.last = clock_.now().time_since_epoch().count();
      }
    } catch (const boost::system::system_error&) {
      // The client has gone.
    }
  }

  static sim::CloudOptions options() {
    sim::CloudOptions options = test::instant_cloud();
    // Checking them is the other side's work, and would take its share of a small machine.
    options.verify_signatures = false;
    return options;
  }

  Seen& seen_;
  std::chrono::milliseconds delay_;
  SystemClock clock_;
  sim::Cloud cloud_{options()};
};

}  // namespace

SlowAws::SlowAws(std::chrono::milliseconds delay) {
  void* shared =
      ::mmap(nullptr, sizeof(Seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) throw std::system_error(errno, std::system_category(), "mmap");
  seen_ = new (shared) Seen;
  asio::io_context context{1};
  tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  port_ = acceptor.local_endpoint().port();
  context.notify_fork(asio::io_context::fork_prepare);
  process_ = ::fork();
  if (process_ < 0) throw std::system_error(errno, std::system_category(), "fork");
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    context.notify_fork(asio::io_context::fork_child);
    Service<Seen> service(*seen_, delay);
    auto accepting = service.accept(acceptor);
    // lint_coroutines: allow detached: the process ends with the bench
    asio::co_spawn(context, std::move(accepting), asio::detached);
    context.run();
    ::_exit(0);
  }
  context.notify_fork(asio::io_context::fork_parent);
}

SlowAws::~SlowAws() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  ::munmap(seen_, sizeof(Seen));
}

void SlowAws::reset() {
  seen_->requests = 0;
  seen_->first = 0;
  seen_->last = 0;
}

std::uint64_t SlowAws::requests() const {
  return seen_->requests;
}

std::chrono::duration<double, std::milli> SlowAws::span() const {
  return Duration{seen_->last - seen_->first};
}

}  // namespace albatross::bench
