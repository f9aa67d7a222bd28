#pragma once

#include "albatross/clients/tag.hpp"

#include "clients/json_reader.hpp"
#include "clients/json_writer.hpp"

namespace albatross {

inline void write(wire::JsonWriter& out, const Tag& tag) {
  out.member("Key", tag.key);
  out.required("Value", tag.value);  // may be empty on purpose
}

inline void read(wire::JsonReader& in, Tag& tag) {
  in.member("Key", tag.key);
  in.member("Value", tag.value);
}

}  // namespace albatross
