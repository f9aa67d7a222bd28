// HTTP responses, in pieces as the network cuts them: however they are cut, the outcome is the
// same, and no limit is exceeded.
//
// The first byte of the input says how long the pieces are, the rest is what the server sends.
#include "http/response_parser.hpp"
#include "support.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace {

using namespace albatross;

constexpr http::ResponseParser::Limits limits{512, 4096};

struct Outcome {
  bool failed = false;
  bool done = false;
  http::Response response;
};

Outcome parse(std::string_view text, std::size_t piece) {
  http::ResponseParser parser(limits, false);
  boost::beast::flat_buffer input;
  Outcome outcome;
  while (!text.empty() && !parser.is_done() && !outcome.failed) {
    const std::size_t count = std::min(piece, text.size());
    const auto room = input.prepare(count);
    std::copy_n(text.data(), count, static_cast<char*>(room.data()));
    input.commit(count);
    text.remove_prefix(count);
    boost::beast::error_code error;
    input.consume(parser.put(input.data(), error));
    outcome.failed = error && error != boost::beast::http::error::need_more;
  }
  outcome.done = parser.is_done();
  outcome.response = parser.response();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  std::string_view text = fuzz::text_of(data, size);
  const std::size_t piece = 1 + fuzz::take_choice(text) % 64;
  const Outcome whole = parse(text, text.size());
  const Outcome cut = parse(text, piece);
  fuzz::require(whole.response.body.size() <= limits.body_bytes, "the body's limit was exceeded");
  if (whole.done && cut.done) {
    fuzz::require(whole.response.status == cut.response.status &&
                      whole.response.headers == cut.response.headers &&
                      whole.response.body == cut.response.body,
                  "the same bytes, cut otherwise, are another response", text);
  }
  return 0;
}
