#include "clients/rest_writer.hpp"

#include "clients/percent.hpp"

namespace albatross::wire {

void RestWriter::label(std::string_view name, const std::string& value) {
  if (schema_ != nullptr) return schema_->push_back({"path:" + std::string(name), "string", {}});
  const std::string slot = "{" + std::string(name) + "}";
  const auto at = path_.find(slot);
  if (at != std::string_view::npos) path_.replace(at, slot.size(), percent_encode(value));
}

void RestWriter::query(std::string_view name, const std::string& value) {
  if (schema_ != nullptr) return schema_->push_back({"query:" + std::string(name), "string", {}});
  if (!value.empty()) append_query(name, value);
}

void RestWriter::query(std::string_view name, const std::optional<int>& value) {
  if (schema_ != nullptr) return schema_->push_back({"query:" + std::string(name), "integer", {}});
  if (value) append_query(name, std::to_string(*value));
}

void RestWriter::query(std::string_view name, const std::vector<std::string>& values) {
  if (schema_ != nullptr) return schema_->push_back({"query:" + std::string(name), "list", {}});
  for (const std::string& value : values) {
    append_query(name, value);
  }
}

void RestWriter::append_query(std::string_view name, std::string_view value) {
  query_ += query_.empty() ? '?' : '&';
  query_ += name;
  query_ += '=';
  append_percent_encoded(query_, value);
}

}  // namespace albatross::wire
