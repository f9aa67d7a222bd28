#pragma once

#include "orchestrator/spec/value.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace albatross::spec {

/// One kind of value: how it is read, how it is written, what to say when it is something else.
template <class V>
struct Format {
  /// Completes "expected …".
  std::string expected;
  /// JSON Schema of the value.
  std::string schema;
  /// Nothing when the value is not of this kind; `reason` may then say why ("it has host bits").
  std::function<std::optional<V>(const Value&, std::string& reason)> parse;
  /// As JSON, for defaults.
  std::function<std::string(const V&)> write;
  /// The words there are, for "did you mean".
  std::vector<std::string> words = {};
};

}  // namespace albatross::spec
