#pragma once

#include "albatross/clients/service.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace albatross {

/// What an error means for the caller. One table (api_error.cpp) maps service and code to this.
enum class ErrorClass : std::uint8_t {
  transient,       ///< AWS's or the network's passing trouble: same call again after a pause
  throttling,      ///< too fast: same call again after a longer pause
  not_found,       ///< not there: not yet visible (just created), or already gone
  dependency,      ///< something still uses it: same call again, slowly
  propagating,     ///< something just made is not known there yet (IAM profile, target not running)
  already_exists,  ///< adopt it if it is ours, otherwise a name conflict
  capacity,        ///< no room: another zone or type
  quota,           ///< an account limit
  credentials,     ///< the signature, key, token or clock is not accepted
  expired,         ///< the credentials or the signature are too old: refresh, once
  permission,      ///< known, but not allowed
  dry_run,         ///< DryRunOperation: the dry run succeeded
  invalid,         ///< everything else: the request is wrong, final
};
/// Its name: "throttling".
std::string_view to_string(ErrorClass error_class);

/// An AWS call failed: AWS said so, or no answer came. Immutable; cheap to copy is not promised.
class ApiError : public std::runtime_error {
 public:
  /// All that is known of the failure.
  struct Details {
    Service service = Service::ec2;
    /// "CreateLoadBalancer".
    std::string action;
    /// AWS's code; for failures below HTTP "Network.<kind>" (resolve, connect, tls, timeout, …).
    std::string code;
    /// AWS's own words.
    std::string message;
    /// AWS's request id; empty when no answer came.
    std::string request_id;
    int http_status = 0;
    ErrorClass error_class = ErrorClass::invalid;
    /// True when a mutation may have happened in spite of the error.
    bool may_have_taken_effect = false;
    /// How often it was tried.
    int attempts = 1;
    /// The id that some conflict errors carry (EFS FileSystemAlreadyExists); else empty.
    std::string existing_id;
    /// Server time minus our time, when the answer carried a Date; 0 if unknown. Seconds.
    std::int64_t clock_offset_seconds = 0;
    /// The failing attempt was signed with the server's time, because ours is wrong.
    bool clock_corrected = false;
  };

  /// what() says service, action, code, message and request id.
  explicit ApiError(Details details);

  /// All that is known of the failure.
  const Details& details() const { return details_; }
  /// Details::code.
  const std::string& code() const { return details_.code; }
  /// Details::message.
  const std::string& message() const { return details_.message; }
  /// Details::request_id.
  const std::string& request_id() const { return details_.request_id; }
  /// What it means for the caller.
  ErrorClass error_class() const { return details_.error_class; }
  /// Is that AWS's code?
  bool is(std::string_view error_code) const { return details_.code == error_code; }
  /// May the same request succeed later without anybody doing anything? So it is for transient,
  /// throttling, propagating and dependency. Look at may_have_taken_effect before repeating.
  bool retryable() const;

 private:
  Details details_;
};

/// The class of an error code, by service (aws-facts: one table for all). Unknown codes are
/// transient for HTTP 5xx, throttling for 429, else invalid. Pure.
ErrorClass classify_error(Service service, std::string_view code, std::string_view message,
                          int http_status);

/// What a person can do about it, one or two sentences; empty when there is nothing useful to say.
std::string hint_for(const ApiError::Details& error);

}  // namespace albatross
