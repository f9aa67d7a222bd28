#pragma once

#include "albatross/clients/tag.hpp"

#include "clients/query_writer.hpp"
#include "clients/xml_reader.hpp"

namespace albatross {

inline void write(wire::QueryWriter& out, const Tag& tag) {
  out.member("Key", tag.key);
  out.required("Value", tag.value);  // may be empty on purpose
}

inline void read(wire::XmlReader& in, Tag& tag) {
  const bool ec2 = in.dialect() == wire::QueryDialect::ec2;
  in.member(ec2 ? "key" : "Key", tag.key);
  in.member(ec2 ? "value" : "Value", tag.value);
}

}  // namespace albatross
