#pragma once

#include "albatross/http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace albatross::http {

/// One thing that a request says, for comparing requests and for showing how they differ.
struct RequestMember {
  std::string name;
  std::string value;
  /// Tells one call of an operation from another. What is not (a description, tags) counts in
  /// strict matching only.
  bool distinguishing = true;
  friend bool operator==(const RequestMember&, const RequestMember&) = default;
};

/// What may be recorded of an exchange, and what counts when a request is compared with a recorded
/// one. Requests are compared as they are recorded: what is left out is not compared either.
///
/// One object serves one recorder or one replayer. It may remember what it has replaced by what, so
/// that the same secret is replaced everywhere, and by the same. To redact what is redacted already
/// changes nothing. Not thread-safe. This base is HTTP's part alone; AwsExchangeRules
/// (albatross/clients/exchange_rules.hpp) knows AWS.
class ExchangeRules {
 public:
  virtual ~ExchangeRules() = default;

  /// A short name of what is asked for, without anything that differs from call to call:
  /// "ec2 DescribeVpcs". The same before and after redact(). Here: method and path.
  virtual std::string title(const Request& request) const;

  /// Takes out what must not be seen. Here: Authorization, Proxy-Authorization and cookies.
  virtual void redact(Request& request);
  /// The same for the answer.
  /// @param request as redacted
  /// @param response is redacted in place
  virtual void redact(const Request& request, Response& response);
  /// Any other text that goes into the recording.
  virtual std::string redact_text(std::string text);

  /// What a redacted request says, in its own order. Here: method, host, target, content type and
  /// the body, line by line as a recording shows it.
  virtual std::vector<RequestMember> members(const Request& request) const;

  /// May be asked again without changing anything. Here: GET and HEAD.
  virtual bool is_read(const Request& request) const;
};

/// What stands in the place of a secret.
inline constexpr std::string_view redacted = "REDACTED";

}  // namespace albatross::http
