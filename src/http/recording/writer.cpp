#include "http/recording/blocks.hpp"
#include "http/recording/body_text.hpp"

#include <algorithm>
#include <cstdio>

namespace albatross::http {
namespace {

/// What is a line must stay one.
std::string one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

/// Seconds, to the microsecond.
std::string seconds(Duration time) {
  const auto count = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
  const long long micros = std::max<long long>(0, count);
  char text[40];
  std::snprintf(text, sizeof text, "%lld.%06lld", micros / 1'000'000, micros % 1'000'000);
  return text;
}

std::string at_line(Duration time, std::size_t number) {
  return "at " + seconds(time) + ", exchange " + std::to_string(number) + "\n";
}

std::string header_lines(const Headers& headers) {
  std::string out;
  for (const Header& header : headers)
    out += one_line(header.name) + ": " + one_line(header.value) + "\n";
  return out;
}

std::string content_type(const Headers& headers) {
  return std::string(headers.find("Content-Type").value_or(""));
}

std::string body_lines(std::string_view body, const std::string& type) {
  const BodyText text = body_text(body, type);
  if (text.form.empty()) return {};
  std::string out = std::string(body_mark).append(text.form) + "\n";
  for (const std::string& line : text.lines)
    out.append(line.empty() ? "|" : std::string(line_mark) + line).append("\n");
  return out;
}

std::string failure_lines(const RecordedFailure& failure) {
  return "failed " + std::string(to_string(failure.kind)) +
         (failure.may_have_reached_server ? ", may have reached the server\n"
                                          : ", did not reach the server\n") +
         body_lines(failure.detail, "");
}

std::string response_lines(const Response& response) {
  std::string out = std::to_string(response.status);
  if (!response.reason.empty()) out += " " + one_line(response.reason);
  return out + "\n" + header_lines(response.headers) +
         body_lines(response.body, content_type(response.headers));
}

struct Block {
  Duration at{};
  std::string text;
};

}  // namespace

std::string request_block(const RecordedExchange& exchange) {
  const Request& request = exchange.request;
  return std::string(request_mark) + one_line(exchange.title) + "\n" +
         at_line(exchange.sent, exchange.number) + one_line(request.method) + " " +
         request.origin.url() + one_line(request.target) + "\n" + header_lines(request.headers) +
         body_lines(request.body, content_type(request.headers)) + "\n";
}

std::string end_block(const RecordedExchange& exchange) {
  if (exchange.end == RecordedEnd::unknown) return {};
  std::string out = std::string(end_mark) + one_line(exchange.title) + "\n" +
                    at_line(exchange.ended, exchange.number);
  if (exchange.end == RecordedEnd::response) out += response_lines(exchange.response);
  if (exchange.end == RecordedEnd::failure) out += failure_lines(exchange.failure);
  if (exchange.end == RecordedEnd::cancelled) out += "cancelled\n";
  return out + "\n";
}

std::string note_block(const RecordedNote& note) {
  return std::string(note_mark) + one_line(note.key) + "\nat " + seconds(note.at) + "\n" +
         body_lines(note.text, "") + "\n";
}

std::string format_recording(const Recording& recording) {
  std::vector<Block> blocks;
  for (const RecordedNote& note : recording.notes)
    blocks.push_back({note.at, note_block(note)});
  for (const RecordedExchange& exchange : recording.exchanges)
    blocks.push_back({exchange.sent, request_block(exchange) + end_block(exchange)});
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const Block& a, const Block& b) { return a.at < b.at; });
  std::string out = std::string(session_head) + "\n\n";
  for (const Block& block : blocks)
    out += block.text;
  return out;
}

}  // namespace albatross::http
