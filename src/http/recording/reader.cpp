#include "http/recording/blocks.hpp"
#include "http/recording/body_text.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>

namespace albatross::http {
namespace {

/// The text, line by line.
class Lines {
 public:
  Lines(std::string_view text, const std::string& file) : rest_(text), file_(file) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view peek() const { return rest_.substr(0, rest_.find('\n')); }
  std::string_view next() {
    const std::string_view line = peek();
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    ++number_;
    return line;
  }
  /// About the line that was read last.
  [[noreturn]] void refuse(const std::string& what) const {
    throw RecordingError(file_, number_, what);
  }

 private:
  std::string_view rest_;
  const std::string& file_;
  int number_ = 0;
};

bool take(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

template <class Number>
Number take_number(std::string_view& text, const Lines& lines, Number largest) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value > largest) lines.refuse("expected a number");
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

/// "1.204512"
Duration take_time(std::string_view& text, const Lines& lines) {
  constexpr std::uint64_t longest = 1'000'000'000;
  const auto whole = take_number<std::uint64_t>(text, lines, longest);
  if (!take(text, ".")) lines.refuse("expected a time in seconds with six decimals");
  const std::size_t before = text.size();
  const auto micros = take_number<std::uint64_t>(text, lines, 999'999);
  if (before - text.size() != 6) lines.refuse("expected a time in seconds with six decimals");
  return std::chrono::seconds{whole} + std::chrono::microseconds{micros};
}

struct Place {
  Duration at{};
  std::size_t number = 0;
};

/// "at 1.204512, exchange 3"; a note's has no number.
Place read_place(Lines& lines, bool numbered) {
  std::string_view line = lines.next();
  if (!take(line, "at ")) lines.refuse("expected 'at SECONDS'");
  Place place;
  place.at = take_time(line, lines);
  if (numbered) {
    if (!take(line, ", exchange ")) lines.refuse("expected ', exchange NUMBER'");
    place.number = take_number<std::size_t>(line, lines, 100'000'000);
  }
  if (!line.empty()) lines.refuse("unexpected text at the end of the line");
  return place;
}

Headers read_headers(Lines& lines) {
  Headers headers;
  while (!lines.at_end() && !lines.peek().empty() && !lines.peek().starts_with(body_mark)) {
    const std::string_view line = lines.next();
    const std::size_t colon = line.find(": ");
    const bool bare = colon == std::string_view::npos && line.ends_with(':');
    if (colon == std::string_view::npos && !bare) lines.refuse("expected 'Name: value'");
    const std::size_t end = bare ? line.size() - 1 : colon;
    headers.add(std::string(line.substr(0, end)),
                bare ? std::string() : std::string(line.substr(colon + 2)));
  }
  return headers;
}

std::string read_body(Lines& lines) {
  if (lines.at_end() || !lines.peek().starts_with(body_mark)) return {};
  const std::string form(lines.next().substr(body_mark.size()));
  std::vector<std::string> body;
  while (!lines.at_end() && lines.peek().starts_with('|')) {
    std::string_view line = lines.next();
    if (!take(line, line_mark)) line.remove_prefix(1);
    body.emplace_back(line);
  }
  std::optional<std::string> whole = body_of(form, body);
  if (!whole) lines.refuse("the body is no '" + form + "'");
  return std::move(*whole);
}

TransportErrorKind kind_named(std::string_view name, const Lines& lines) {
  for (int i = 0; i <= static_cast<int>(TransportErrorKind::too_large); ++i) {
    const auto kind = static_cast<TransportErrorKind>(i);
    if (to_string(kind) == name) return kind;
  }
  lines.refuse("there is no failure '" + std::string(name) + "'");
}

class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : lines_(text, file) {}

  Recording read() {
    if (lines_.next() != session_head) {
      lines_.refuse("expected '" + std::string(session_head) + "'");
    }
    while (!lines_.at_end()) {
      std::string_view line = lines_.next();
      if (line.empty()) continue;
      read_block(line);
    }
    for (auto& [number, exchange] : exchanges_)
      out_.exchanges.push_back(std::move(exchange));
    return std::move(out_);
  }

 private:
  void read_block(std::string_view line) {
    if (take(line, request_mark)) return read_request(line);
    if (take(line, end_mark)) return read_end();
    if (take(line, note_mark)) return read_note(line);
    lines_.refuse("expected a line that begins with '>>> ', '<<< ' or '=== '");
  }

  void read_note(std::string_view key) {
    RecordedNote note;
    note.key = key;
    note.at = read_place(lines_, false).at;
    note.text = read_body(lines_);
    expect_end_of_block();
    out_.notes.push_back(std::move(note));
  }

  void read_request(std::string_view title) {
    RecordedExchange exchange;
    exchange.title = title;
    const Place place = read_place(lines_, true);
    exchange.number = place.number;
    exchange.sent = place.at;
    read_request_line(exchange.request);
    exchange.request.headers = read_headers(lines_);
    exchange.request.body = read_body(lines_);
    expect_end_of_block();
    const bool fresh = exchanges_.emplace(place.number, std::move(exchange)).second;
    if (!fresh) lines_.refuse("a second request of this number");
  }

  void read_request_line(Request& request) {
    const std::string_view line = lines_.next();
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) lines_.refuse("expected 'METHOD URL'");
    request.method = line.substr(0, blank);
    try {
      Url url = parse_url(line.substr(blank + 1));
      request.origin = std::move(url.origin);
      request.target = std::move(url.target);
    } catch (const std::invalid_argument& wrong) {
      lines_.refuse(wrong.what());
    }
  }

  void read_end() {
    const Place place = read_place(lines_, true);
    const auto found = exchanges_.find(place.number);
    if (found == exchanges_.end()) lines_.refuse("an answer to a request that is not there");
    RecordedExchange& exchange = found->second;
    if (exchange.end != RecordedEnd::unknown) lines_.refuse("a second answer to this request");
    std::string_view line = lines_.next();
    if (line == "cancelled") {
      exchange.end = RecordedEnd::cancelled;
    } else if (take(line, "failed ")) {
      read_failure(line, exchange);
    } else {
      read_response(line, exchange);
    }
    exchange.ended = std::max(place.at, exchange.sent);
    expect_end_of_block();
  }

  void read_failure(std::string_view line, RecordedExchange& exchange) {
    const std::size_t comma = line.find(", ");
    exchange.failure.kind = kind_named(line.substr(0, comma), lines_);
    exchange.failure.may_have_reached_server = !line.ends_with("did not reach the server");
    exchange.failure.detail = read_body(lines_);
    exchange.end = RecordedEnd::failure;
  }

  void read_response(std::string_view line, RecordedExchange& exchange) {
    Response& response = exchange.response;
    response.status = take_number<int>(line, lines_, 999);
    if (take(line, " ")) response.reason = line;
    response.headers = read_headers(lines_);
    response.body = read_body(lines_);
    exchange.end = RecordedEnd::response;
  }

  void expect_end_of_block() {
    if (lines_.at_end()) return;
    if (!lines_.next().empty()) lines_.refuse("expected an empty line at the end of the block");
  }

  Lines lines_;
  Recording out_;
  std::map<std::size_t, RecordedExchange> exchanges_;
};

/// A process that was killed while it wrote leaves a block without the empty line that ends each;
/// there is none within a block.
std::string_view without_torn_block(std::string_view text) {
  const std::size_t end = text.rfind("\n\n");
  return text.substr(0, end == std::string_view::npos ? text.find('\n') + 1 : end + 2);
}

}  // namespace

RecordingError::RecordingError(const std::string& file, int line, const std::string& what)
    : std::runtime_error(file + ":" + std::to_string(line) + ": " + what) {}

const RecordedNote* Recording::note(std::string_view key) const {
  const auto found =
      std::find_if(notes.rbegin(), notes.rend(), [&](const auto& note) { return note.key == key; });
  return found == notes.rend() ? nullptr : &*found;
}

Recording parse_recording(std::string_view text, const std::string& file) {
  return Reader(without_torn_block(text), file).read();
}

Recording load_recording(const std::string& directory) {
  const std::string path = directory + "/" + session_file;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw RecordingError(path, 0, "cannot be read; expected a recording");
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return parse_recording(text, path);
}

}  // namespace albatross::http
