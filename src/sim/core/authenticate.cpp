#include "sim/core/authenticate.hpp"

#include "albatross/sigv4/verifier.hpp"

#include "sim/core/clock_text.hpp"

#include <algorithm>
#include <vector>

namespace albatross::sim {
namespace {

using sigv4::Verdict;

/// "ec2" of "Credential=AKID/20150830/us-east-1/ec2/aws4_request", raw or percent-encoded.
std::string_view scoped_service(std::string_view text) {
  auto at = text.find("Credential=");
  if (at == std::string_view::npos) return {};
  text = text.substr(at + 11);
  const bool encoded = text.substr(0, text.find_first_of(",& ")).find("%2F") != std::string::npos;
  const std::string_view separator = encoded ? "%2F" : "/";
  for (int part = 0; part < 3; ++part) {
    at = text.find(separator);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + separator.size());
  }
  return text.substr(0, text.find(separator));
}

std::string host_of(const http::Request& request) {
  if (const auto host = request.headers.find("host")) return std::string(*host);
  return request.origin.authority();
}

struct Refusal {
  const char* ec2;
  int ec2_status;
  const char* query;
  int query_status;
  const char* json;
};

Refusal refusal_for(Verdict verdict) {
  switch (verdict) {
    case Verdict::missing:
      return {"MissingAuthenticationToken", 403, "MissingAuthenticationToken", 403,
              "MissingAuthenticationTokenException"};
    case Verdict::incomplete:
    case Verdict::unsigned_header:
      return {"IncompleteSignature", 400, "IncompleteSignature", 400,
              "IncompleteSignatureException"};
    case Verdict::unknown_access_key:
    case Verdict::invalid_token:
      return {"AuthFailure", 401, "InvalidClientTokenId", 403, "UnrecognizedClientException"};
    case Verdict::expired:
      return {"RequestExpired", 400, "SignatureDoesNotMatch", 403, "InvalidSignatureException"};
    default:
      return {"AuthFailure", 401, "SignatureDoesNotMatch", 403, "InvalidSignatureException"};
  }
}

std::string words_for(const sigv4::Verification& found, Protocol protocol, WallTime wall,
                      std::chrono::seconds skew) {
  const std::string minutes = std::to_string(skew.count() / 60);
  const std::string signed_at = found.signed_at ? basic_time(*found.signed_at) : "?";
  switch (found.verdict) {
    case Verdict::missing:
      return "Request is missing Authentication Token";
    case Verdict::incomplete:
    case Verdict::unsigned_header:
      return found.detail;
    case Verdict::unknown_access_key:
    case Verdict::invalid_token:
      return protocol == Protocol::ec2
                 ? "AWS was not able to validate the provided access credentials"
                 : "The security token included in the request is invalid.";
    case Verdict::expired:
      if (protocol == Protocol::ec2) return "Request has expired.";
      return cat("Signature expired: ", signed_at, " is now earlier than ", basic_time(wall - skew),
                 " (", basic_time(wall), " - ", minutes, " min.)");
    case Verdict::not_yet_valid:
      if (protocol == Protocol::ec2)
        return "AWS was not able to validate the provided access credentials";
      return cat("Signature not yet current: ", signed_at, " is still later than ",
                 basic_time(wall + skew), " (", basic_time(wall), " + ", minutes, " min.)");
    case Verdict::wrong_scope:
      return found.detail;
    default:
      return protocol == Protocol::ec2
                 ? "AWS was not able to validate the provided access credentials"
                 : "The request signature we calculated does not match the signature you "
                   "provided. Check your AWS Secret Access Key and signing method. Consult the "
                   "service documentation for details.";
  }
}

[[noreturn]] void turn_away(const sigv4::Verification& found, const Service& service, WallTime wall,
                            std::chrono::seconds skew) {
  const Refusal codes = refusal_for(found.verdict);
  std::string words = words_for(found, service.protocol, wall, skew);
  switch (service.protocol) {
    case Protocol::ec2:
      refuse(codes.ec2, std::move(words), codes.ec2_status);
    case Protocol::query:
      refuse(codes.query, std::move(words), codes.query_status);
    case Protocol::rest_json:
      refuse(codes.json, std::move(words), 403);
    default:
      refuse(codes.json, std::move(words), 400);
  }
}

std::vector<sigv4::HeaderView> views_of(const http::Headers& headers, std::string_view host) {
  std::vector<sigv4::HeaderView> views;
  views.reserve(headers.size() + 1);
  bool has_host = false;
  for (const auto& header : headers) {
    views.push_back({header.name, header.value});
    has_host = has_host || (header.name.size() == 4 && (header.name[0] | 32) == 'h' &&
                            (header.name[1] | 32) == 'o' && (header.name[2] | 32) == 's' &&
                            (header.name[3] | 32) == 't');
  }
  if (!has_host) views.push_back({"host", host});
  return views;
}

Caller caller_of(const World& world, const std::string& access_key_id) {
  const auto session = world.sessions.find(access_key_id);
  if (session != world.sessions.end()) {
    return {access_key_id, session->second.arn, session->second.user_id};
  }
  return {access_key_id,
          cat("arn:", world.options.partition, ":iam::", world.options.account, ":user/albatross"),
          "AIDAALBATROSSEXAMPLE7"};
}

}  // namespace

const Service* service_of(const http::Request& request) {
  std::string_view name;
  if (const auto header = request.headers.find("authorization")) name = scoped_service(*header);
  if (name.empty()) name = scoped_service(request.target);
  if (!name.empty()) return service_signed_as(name);
  const std::string host = host_of(request);
  const auto prefix = std::string_view(host).substr(0, host.find_first_of(".:"));
  if (const Service* service = service_signed_as(prefix)) return service;
  if (request.target.starts_with("/2015-02-01/")) return service_named("efs");
  if (const auto target = request.headers.find("x-amz-target")) {
    if (target->starts_with("AmazonSSM.")) return service_named("ssm");
    if (target->starts_with("CertificateManager.")) return service_named("acm");
    if (target->starts_with("DynamoDB_")) return service_named("dynamodb");
    return target->starts_with("ServiceQuotas") ? service_named("servicequotas") : nullptr;
  }
  if (request.body.find("Version=2015-12-01") != std::string::npos) return service_named("elbv2");
  if (request.body.find("Version=2010-05-08") != std::string::npos) return service_named("iam");
  if (request.body.find("Version=2011-06-15") != std::string::npos) return service_named("sts");
  return service_named("ec2");
}

Caller authenticate(const World& world, const Service& service, const http::Request& request,
                    WallTime wall) {
  if (!world.options.verify_signatures) return caller_of(world, std::string(claimed_key(request)));
  const std::string host = host_of(request);
  const auto headers = views_of(request.headers, host);
  const std::string_view target = request.target;
  const auto mark = std::min(target.find('?'), target.size());
  const sigv4::RequestView view{request.method, target.substr(0, mark),
                                mark < target.size() ? target.substr(mark + 1) : "", headers,
                                request.body};
  const auto find_key = [&world](std::string_view id) -> const Credentials* {
    for (const Credentials& key : world.options.access_keys) {
      if (key.access_key_id == id) return &key;
    }
    const auto session = world.sessions.find(id);
    return session == world.sessions.end() ? nullptr : &session->second.credentials;
  };
  sigv4::VerifierOptions options;
  options.max_skew = world.options.max_clock_skew;
  const bool global =
      std::string_view(service.name) == "iam" || std::string_view(service.name) == "sts";
  if (!global) options.region = world.options.region;
  options.service = service.signing;
  const auto found = sigv4::verify(view, find_key, wall, options);
  if (found.verdict != Verdict::valid) turn_away(found, service, wall, options.max_skew);
  const auto session = world.sessions.find(found.access_key_id);
  if (session != world.sessions.end() && wall >= session->second.expires) refuse_expired(service);
  return caller_of(world, found.access_key_id);
}

void refuse_expired(const Service& service) {
  static const std::string words = "The security token included in the request is expired";
  switch (service.protocol) {
    case Protocol::ec2:
      refuse("RequestExpired", "Request has expired.", 400);
    case Protocol::query:
      refuse("ExpiredToken", words, 403);
    case Protocol::rest_json:
      refuse("ExpiredTokenException", words, 403);
    default:
      refuse("ExpiredTokenException", words, 400);
  }
}

std::string_view claimed_key(const http::Request& request) {
  constexpr std::string_view start = "Credential=";
  const auto authorization = request.headers.find("authorization");
  const auto at = authorization ? authorization->find(start) : std::string_view::npos;
  if (at == std::string_view::npos) return {};
  const auto key = authorization->substr(at + start.size());
  return key.substr(0, key.find('/'));
}

Caller anonymous() {
  return {"", "", ""};
}

}  // namespace albatross::sim
