#include "clients/error_hints.hpp"

#include "albatross/clients/api_error.hpp"

#include "clients/clock_skew.hpp"

#include <algorithm>
#include <cstdlib>

namespace albatross {
namespace {

using Details = ApiError::Details;

bool matches(const Hint& hint, const Details& error) {
  return (!hint.service || *hint.service == error.service) &&
         (hint.action.empty() || hint.action == error.action) &&
         (hint.code.empty() || hint.code == error.code) &&
         (hint.words.empty() || error.message.find(hint.words) != std::string::npos);
}

std::string filled_in(std::string_view text, const Details& error) {
  constexpr std::string_view placeholder = "{call}";
  std::string result(text);
  const std::string call = std::string(info(error.service).signing_name) + ":" + error.action;
  for (std::size_t at = result.find(placeholder); at != std::string::npos;
       at = result.find(placeholder, at + call.size())) {
    result.replace(at, placeholder.size(), call);
  }
  return result;
}

bool speaks_of_the_clock(const Details& error) {
  return error.message.find("Signature expired") != std::string::npos ||
         error.message.find("Signature not yet current") != std::string::npos;
}

std::string clock_hint(const Details& error) {
  const std::int64_t offset = error.clock_offset_seconds;
  return "This machine's clock is " + std::to_string(std::llabs(offset)) + " seconds " +
         (offset > 0 ? "behind" : "ahead of") +
         " AWS's, and signatures hold for five minutes only. Set the clock (timedatectl, chrony).";
}

std::string secret_hint(const Details& error) {
  std::string hint = "The secret access key does not belong to the access key id: copy both again";
  if (error.code == "AuthFailure") hint += " (or the key is deleted, or the region not enabled)";
  hint += ". A proxy that rewrites headers has the same effect.";
  if (error.clock_corrected) {
    hint += " The clock is not the cause: the request was repeated with AWS's time.";
  } else if (error.clock_offset_seconds != 0) {
    hint += " The clock is not the cause: it is within " +
            std::to_string(std::llabs(error.clock_offset_seconds)) + " seconds of AWS's.";
  }
  return hint;
}

/// Wrong clock or wrong secret? The answer's Date header tells them apart.
std::string signature_hint(const Details& error) {
  const bool clock_is_wrong = std::llabs(error.clock_offset_seconds) >= skew_limit.count();
  if (clock_is_wrong && !error.clock_corrected) return clock_hint(error);
  if (error.error_class == ErrorClass::expired) return {};  // the credentials are
  if (speaks_of_the_clock(error) && !error.clock_corrected) {
    return "The request's time is not accepted: set this machine's clock (timedatectl, chrony).";
  }
  return secret_hint(error);
}

std::string_view hint_by_class(ErrorClass error_class) {
  switch (error_class) {
    case ErrorClass::throttling:
      return "AWS limits how fast {call} may be called in this account and region; other tools "
             "share that limit. Try again later, or run fewer things at a time.";
    case ErrorClass::transient:
      return "The trouble is on AWS's side or on the way there. Run the command again; if it "
             "lasts, look at the AWS Health Dashboard.";
    case ErrorClass::quota:
      return "An account limit is reached: remove what is not needed, or raise the limit in "
             "Service Quotas.";
    case ErrorClass::capacity:
      return "AWS has no room for this now: choose another availability zone or type, or try "
             "again later.";
    case ErrorClass::permission:
      return "These credentials are not allowed to call {call}: have it added to their IAM policy.";
    case ErrorClass::credentials:
      return "The credentials are not accepted: check the profile, the keys and the partition of "
             "the region.";
    case ErrorClass::expired:
      return "The credentials have expired: sign in again (for example 'aws sso login') and run "
             "the command again.";
    case ErrorClass::dependency:
      return "Something still uses it: wait, or remove that first.";
    case ErrorClass::propagating:
      return "What was just created is not known everywhere yet: run the command again in a "
             "minute.";
    case ErrorClass::not_found:
      return "It does not exist in this account and region: check the id, the profile and the "
             "region.";
    case ErrorClass::already_exists:
      return "Something of that name or place is there already and is not ours: choose another "
             "name, or remove it.";
    case ErrorClass::dry_run:
    case ErrorClass::invalid:
      return {};
  }
  return {};
}

}  // namespace

std::string hint_for(const ApiError::Details& error) {
  if (may_be_clock_skew(error.code)) {
    std::string hint = signature_hint(error);
    if (!hint.empty()) return hint;
  }
  for (const std::span<const Hint> table : {hint_table(), general_hint_table()}) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const Hint& hint) { return matches(hint, error); });
    if (found != table.end()) return filled_in(found->text, error);
  }
  return filled_in(hint_by_class(error.error_class), error);
}

}  // namespace albatross
