#include "clients/query_writer.hpp"

#include "clients/base64.hpp"
#include "clients/percent.hpp"

#include <array>
#include <charconv>

namespace albatross::wire {

QueryWriter::QueryWriter(QueryDialect dialect, std::string_view action, std::string_view version)
    : dialect_(dialect) {
  body_ += "Action=";
  body_ += action;
  body_ += "&Version=";
  body_ += version;
}

QueryWriter::QueryWriter(QueryDialect dialect, Schema& schema)
    : dialect_(dialect), schema_(&schema) {}

void QueryWriter::base64(std::string_view name, const Secret& bytes) {
  if (bytes.empty() && schema_ == nullptr) return;
  text(name, base64_encode(bytes.reveal()), "blob");
}

void QueryWriter::scalar(std::string_view name, const std::string& value) {
  text(name, value, "string");
}

void QueryWriter::scalar(std::string_view name, const Secret& value) {
  text(name, value.reveal(), "string");
}

void QueryWriter::scalar(std::string_view name, bool value) {
  text(name, value ? "true" : "false", "boolean");
}

void QueryWriter::scalar(std::string_view name, int value) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text(name, std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())),
       "integer");
}

void QueryWriter::text(std::string_view name, std::string_view value, std::string_view kind) {
  if (schema_ != nullptr) {
    note(name, kind);
    return;
  }
  body_ += '&';
  body_ += prefix_;
  body_ += name;
  body_ += '=';
  append_percent_encoded(body_, value);
}

void QueryWriter::note(std::string_view name, std::string_view kind) {
  if (schema_ == nullptr) return;
  schema_->push_back({prefix_ + std::string(name), kind});
}

std::size_t QueryWriter::enter(std::string_view name) {
  const std::size_t back = prefix_.size();
  prefix_ += name;
  prefix_ += '.';
  return back;
}

std::size_t QueryWriter::enter_element(std::string_view name, std::size_t index) {
  const std::size_t back = prefix_.size();
  prefix_ += name;
  prefix_ += dialect_ == QueryDialect::query ? ".member." : ".";
  prefix_ += schema_ != nullptr ? "N" : std::to_string(index);
  return back;
}

}  // namespace albatross::wire
