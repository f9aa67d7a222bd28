#include "albatross/http/recorder.hpp"

#include "http/recording/blocks.hpp"
#include "http/recording/interruption.hpp"
#include "http/recording/private_file.hpp"

#include <exception>
#include <set>
#include <stdexcept>

namespace albatross::http {

struct Recorder::State {
  State(std::string the_directory, ExchangeRules& the_rules, const Clock& the_clock)
      : directory(std::move(the_directory)),
        rules(the_rules),
        clock(the_clock),
        start(the_clock.now()),
        file(directory + "/" + session_file) {
    append(std::string(session_head) + "\n\n");
    if (!problem.empty()) throw std::runtime_error(problem);
  }

  Duration now() const { return clock.now() - start; }

  void append(const std::string& text) {
    if (finished || !problem.empty()) return;
    problem = file.append(text);
  }

  /// @return what is kept of the request until its end
  RecordedExchange sent(Request request) {
    RecordedExchange exchange;
    exchange.number = ++count;
    open.insert(count);
    exchange.sent = now();
    exchange.title = rules.title(request);
    rules.redact(request);
    exchange.request = std::move(request);
    append(request_block(exchange));
    return exchange;
  }

  void ended(RecordedExchange& exchange) {
    exchange.ended = now();
    open.erase(exchange.number);
    append(end_block(exchange));
  }

  void answered(RecordedExchange exchange, Response response) {
    rules.redact(exchange.request, response);
    exchange.response = std::move(response);
    exchange.end = RecordedEnd::response;
    ended(exchange);
  }

  void failed(RecordedExchange exchange, const TransportError& error) {
    std::string detail = error.what();
    // The error puts the origin in front again when it is thrown from the recording.
    const std::string front = error.origin().url() + ": ";
    if (detail.starts_with(front)) detail.erase(0, front.size());
    exchange.failure = {error.kind(), error.may_have_reached_server(), rules.redact_text(detail)};
    exchange.end = RecordedEnd::failure;
    ended(exchange);
  }

  void cancelled(RecordedExchange exchange) {
    exchange.end = RecordedEnd::cancelled;
    ended(exchange);
  }

  void interrupted() {
    const RecordedInterruption place{now(), count, {open.begin(), open.end()}};
    append(note_block({interrupted_note, interruption_text(place), place.at}));
  }

  void finish() {
    if (finished) return;
    append(note_block({end_note, "", now()}));
    finished = true;
    if (!problem.empty()) return;
    try {
      problem = file.replace(format_recording(load_recording(directory)));
    } catch (const RecordingError& damaged) {
      problem = damaged.what();
    }
  }

  std::string directory;
  ExchangeRules& rules;
  const Clock& clock;
  TimePoint start;
  PrivateFile file;
  std::size_t count = 0;
  /// The numbers of those that have not ended.
  std::set<std::size_t> open;
  std::string problem;
  bool finished = false;
};

Recorder::Recorder(std::string directory, ExchangeRules& rules, const Clock& clock) {
  make_private_directory(directory);
  state_ = std::make_shared<State>(std::move(directory), rules, clock);
}

Recorder::~Recorder() {
  finish();
}

void Recorder::note(std::string_view key, std::string text) {
  state_->append(
      note_block({std::string(key), state_->rules.redact_text(std::move(text)), state_->now()}));
}

void Recorder::interrupted() {
  state_->interrupted();
}

void Recorder::add_file(const std::string& name, std::string text) {
  if (!state_->problem.empty()) return;
  try {
    PrivateFile file(state_->directory + "/" + name);
    state_->problem = file.append(state_->rules.redact_text(std::move(text)));
  } catch (const std::runtime_error& failed) {
    state_->problem = failed.what();
  }
}

void Recorder::finish() {
  state_->finish();
}

const std::string& Recorder::problem() const {
  return state_->problem;
}

const std::string& Recorder::directory() const {
  return state_->directory;
}

RecordingTransport::RecordingTransport(Transport& inner, Recorder& recorder)
    : inner_(inner), state_(recorder.state_) {}

Task<Response> RecordingTransport::send(Request request, Deadline deadline) {
  RecordedExchange exchange;
  if (const auto state = state_.lock()) exchange = state->sent(request);
  std::exception_ptr unknown;
  try {
    auto response = co_await inner_.send(std::move(request), deadline);
    if (const auto state = state_.lock()) state->answered(std::move(exchange), response);
    co_return response;
  } catch (const TransportError& error) {
    if (const auto state = state_.lock()) state->failed(std::move(exchange), error);
    throw;
  } catch (...) {
    unknown = std::current_exception();
  }
  if (const auto state = state_.lock()) state->cancelled(std::move(exchange));
  std::rethrow_exception(unknown);
}

}  // namespace albatross::http
