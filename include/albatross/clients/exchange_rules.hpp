#pragma once

#include "albatross/http/exchange_rules.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace albatross {

/// What a request to a service behind a load balancer says of itself: no call of AWS's.
inline constexpr std::string_view probe_user_agent = "albatross-probe";

/// What is a secret in exchanges with AWS, and what counts when its requests are compared.
///
/// Redacted, in requests, answers and any other text:
/// - signatures (the scope stays: date, region, service), security and bearer tokens, cookies;
/// - by the member's name, in forms, XML and JSON: keys, tokens and passwords, user data, secret
///   strings, private keys; SSM parameters of type SecureString; instance metadata's tokens and
///   user data. What was found so is replaced everywhere from then on;
/// - access key ids and IAM's unique ids, which encode the account: AKIAEXAMPLE000000001;
/// - account numbers, also within ARNs: any twelve digits that stand alone. The first is
///   123456789012, each further one another, the same everywhere.
/// Names, addresses, resource ids and tags stay.
///
/// Not compared: dates, signatures, the host (region and service of the signature are), and of
/// idempotency tokens only whether there is one.
class AwsExchangeRules final : public http::ExchangeRules {
 public:
  AwsExchangeRules();
  ~AwsExchangeRules() override;

  /// "ec2 RunInstances", "efs POST /file-systems/*/policy".
  std::string title(const http::Request& request) const override;
  void redact(http::Request& request) override;
  void redact(const http::Request& request, http::Response& response) override;
  std::string redact_text(std::string text) override;
  std::vector<http::RequestMember> members(const http::Request& request) const override;
  bool is_read(const http::Request& request) const override;

  /// Replaces this text too wherever it appears; shorter than eight characters it is not safe to
  /// tell from other text and is left alone.
  void add_secret(std::string_view secret);

  /// Part of getting credentials (STS AssumeRole…, SSO, container, instance metadata), not of the
  /// work that is done with them.
  static bool fetches_credentials(const http::Request& request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace albatross
