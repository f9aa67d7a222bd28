#include "cli/terminal_answer.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <unistd.h>

namespace albatross::cli {

namespace asio = boost::asio;

Task<std::string> answer_on_terminal() {
  const auto executor = co_await asio::this_coro::executor;
  // A descriptor of its own: closing it leaves standard input open.
  asio::posix::stream_descriptor input(executor, ::dup(STDIN_FILENO));
  co_await input.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
  // A terminal hands out whole lines.
  std::array<char, 256> line{};
  const ssize_t size = ::read(STDIN_FILENO, line.data(), line.size());
  std::string answer(line.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!answer.empty() && (answer.back() == '\n' || answer.back() == '\r'))
    answer.pop_back();
  co_return answer;
}

}  // namespace albatross::cli
