#pragma once

#include "sim/core/form.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// What parameters an action takes, from AWS's service models (shape_table.cpp), and the check of a
/// request against it. Every service words its complaint in its own way.
namespace albatross::sim::shapes {

enum class Kind : std::uint8_t {
  structure,  // members [first, first + count)
  list,       // of shape `first`
  map,        // to shape `first`
  string,     // words [first, first + count) when it is an enumeration
  integer,
  number,
  boolean,
  timestamp,
  blob,
};

struct Shape {
  Kind kind;
  std::uint16_t first;
  std::uint16_t count;
  std::int32_t low;   // least length or value
  std::int32_t high;  // greatest; less than low when there is none
};

struct Member {
  std::string_view wire;
  std::uint16_t shape;
  bool required;
};

struct Input {
  std::string_view service;
  std::string_view action;
  std::int32_t shape;  // -1 for none
};

extern const std::string_view words[];
extern const Member members[];
extern const Shape shapes[];
extern const Input inputs[];
extern const std::size_t input_count;

/// Null when the model has no such action.
const Input* find(std::string_view service, std::string_view action);
/// True when the action takes a parameter of that name.
bool takes(const Input& input, std::string_view parameter);

/// Checks as EC2 does, parameter by parameter: UnknownParameter, MissingParameter,
/// InvalidParameterValue. Throws ApiError.
void check_ec2(const Input& input, Param root);
/// Checks as ELBv2, IAM and STS do: one ValidationError that lists all that is wrong.
void check_query(const Input& input, Param root);

}  // namespace albatross::sim::shapes
