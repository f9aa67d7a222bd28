// A recording, whatever its text is, is read or refused; what was read is written in a form that is
// read back as the same. Any bytes at all come back from the layout that is made for them. To
// redact what is redacted changes nothing.
#include "albatross/clients/exchange_rules.hpp"
#include "albatross/http/recording.hpp"

#include "http/recording/body_text.hpp"
#include "support.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace albatross;
using fuzz::require;

void read_and_write(std::string_view text) {
  http::Recording recording;
  try {
    recording = http::parse_recording(text, "input");
  } catch (const http::RecordingError&) {
    return;
  }
  const std::string once = http::format_recording(recording);
  const std::string twice = http::format_recording(http::parse_recording(once, "written"));
  require(once == twice, "what was written is read as something else");
}

void lay_out(std::string_view body) {
  for (const char* type : {"", "application/x-www-form-urlencoded"}) {
    const http::BodyText text = http::body_text(body, type);
    require(http::body_of(text.form, text.lines) == body, "a body is not what it was");
  }
}

void redact(std::string_view text) {
  const std::string once = AwsExchangeRules().redact_text(std::string(text));
  require(AwsExchangeRules().redact_text(once) == once, "a stand-in was replaced");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  read_and_write(text);
  lay_out(text);
  redact(text);
  return 0;
}
