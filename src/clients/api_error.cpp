#include "albatross/clients/api_error.hpp"

#include <utility>

namespace albatross {
namespace {

std::string describe(const ApiError::Details& error) {
  std::string text(info(error.service).name);
  text += ' ';
  text += error.action;
  text += ": ";
  text += error.code;
  if (!error.message.empty()) {
    text += ": ";
    text += error.message;
  }
  if (!error.request_id.empty()) {
    text += " (request ";
    text += error.request_id;
    text += ')';
  }
  if (error.attempts > 1) {
    text += ", tried ";
    text += std::to_string(error.attempts);
    text += " times";
  }
  return text;
}

}  // namespace

std::string_view to_string(ErrorClass error_class) {
  switch (error_class) {
    case ErrorClass::transient:
      return "transient";
    case ErrorClass::throttling:
      return "throttling";
    case ErrorClass::not_found:
      return "not_found";
    case ErrorClass::dependency:
      return "dependency";
    case ErrorClass::propagating:
      return "propagating";
    case ErrorClass::already_exists:
      return "already_exists";
    case ErrorClass::capacity:
      return "capacity";
    case ErrorClass::quota:
      return "quota";
    case ErrorClass::credentials:
      return "credentials";
    case ErrorClass::expired:
      return "expired";
    case ErrorClass::permission:
      return "permission";
    case ErrorClass::dry_run:
      return "dry_run";
    case ErrorClass::invalid:
      return "invalid";
  }
  return "unknown";
}

ApiError::ApiError(Details details)
    : std::runtime_error(describe(details)), details_(std::move(details)) {}

bool ApiError::retryable() const {
  switch (details_.error_class) {
    case ErrorClass::transient:
    case ErrorClass::throttling:
    case ErrorClass::dependency:
    case ErrorClass::propagating:
      return true;
    default:
      return false;
  }
}

}  // namespace albatross
