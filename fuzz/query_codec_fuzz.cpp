// Whatever text a Query request carries, the other side reads it back; and a form that somebody
// else wrote is read or refused.
//
// The input is the value of a parameter, and, taken as it is, a form.
#include "clients/percent.hpp"
#include "clients/query_writer.hpp"
#include "sim/core/error.hpp"
#include "sim/core/form.hpp"
#include "support.hpp"

#include <optional>
#include <string>
#include <vector>

namespace {

using namespace albatross;
using fuzz::require;

void check_round_trip(wire::QueryDialect dialect, std::string_view text) {
  const std::string value(text);
  wire::QueryWriter out(dialect, "Act", "2016-11-15");
  out.required("Plain", value);
  out.member("List", std::vector<std::string>{"first", value});
  const std::string body = out.take();
  const sim::Form form(body);
  require(form["Action"].text() == "Act", "the action was lost", body);
  require(form["Plain"].text() == text, "a value came back changed", body);
  const auto texts = form["List"].texts();
  require(texts.size() == 2 && texts[1] == text, "an element came back changed", body);
}

void check_percent(std::string_view text) {
  const std::string encoded = wire::percent_encode(text);
  require(encoded == sim::percent_encode(text), "two encoders disagree", encoded);
  require(wire::percent_decode(encoded) == text, "decoding does not undo encoding", encoded);
  const std::optional<std::string> strict = sim::percent_decode(text, false);
  if (strict) {
    require(wire::percent_decode(text) == *strict, "two decoders disagree", *strict);
  }
}

void read_form(std::string_view text) {
  try {
    const sim::Form form(text);
    for (const sim::Param& parameter : form.root().children()) {
      parameter.texts();
      parameter.items();
      parameter.number();
    }
    form.digest({"Action"});
  } catch (const sim::ApiError&) {
    return;  // refused
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  check_round_trip(wire::QueryDialect::ec2, text);
  check_round_trip(wire::QueryDialect::query, text);
  check_percent(text);
  read_form(text);
  return 0;
}
