#include "sim/acm.hpp"

#include "sim/core/json_body.hpp"

#include <algorithm>
#include <chrono>
#include <regex>

namespace albatross::sim {
namespace {

using Json = nlohmann::json;
using std::chrono::days;

double epoch(WallTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

std::string_view status_of(const Certificate& certificate, TimePoint now) {
  return now >= certificate.issued_at ? "ISSUED" : "PENDING_VALIDATION";
}

bool of_this_region(const World& world, std::string_view arn) {
  const std::string start =
      cat("arn:", world.options.partition, ":acm:", world.options.region, ":");
  const auto at = arn.find(":certificate/");
  return arn.starts_with(start) && at == start.size() + 12 && arn.size() > at + 13;
}

/// The certificate of that ARN: one of the account's, or the stand-in for one it never asked for.
Certificate certificate_of(const Call& call, const std::string& arn) {
  const auto it = call.world.certificates.find(arn);
  const bool known = it != call.world.certificates.end();
  if (known ? it->second.deleted : !of_this_region(call.world, arn)) {
    refuse("ResourceNotFoundException", cat("Could not find certificate ", arn, "."));
  }
  if (known) return it->second;
  Certificate stand_in;
  stand_in.arn = arn;
  stand_in.domain = "stand-in.example.com";
  stand_in.names = {stand_in.domain};
  stand_in.created = call.wall - days{30};
  stand_in.issued_at = call.now;
  return stand_in;
}

Certificate& own_certificate(Call& call, const Json& body) {
  const std::string arn = required_text(body, "CertificateArn", "ValidationException");
  const auto it = call.world.certificates.find(arn);
  if (it == call.world.certificates.end() || it->second.deleted) {
    refuse("ResourceNotFoundException", cat("Could not find certificate ", arn, "."));
  }
  return it->second;
}

Json users_of(const World& world, std::string_view arn) {
  Json users = Json::array();
  for (const auto& [key, listener] : world.listeners) {
    const auto& used = listener.certificates;
    const bool uses = std::find(used.begin(), used.end(), arn) != used.end();
    const bool listed =
        std::find(users.begin(), users.end(), Json(listener.load_balancer)) != users.end();
    if (uses && !listed) users.push_back(listener.load_balancer);
  }
  return users;
}

/// Labels of letters, digits and hyphens, at least two; the first may be a star.
void check_domain(const std::string& domain, const char* member) {
  static const std::regex form(R"((\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+)"
                               R"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)");
  if (domain.size() <= 253 && std::regex_match(domain, form)) return;
  refuse("ValidationException",
         cat("1 validation error detected: Value '", domain, "' at '", member,
             "' failed to satisfy constraint: Member must satisfy regular expression pattern of a "
             "domain name"));
}

void request(Call& call) {
  const Json body = json_body(call);
  World& world = call.world;
  Certificate made;
  made.domain = required_text(body, "DomainName", "ValidationException");
  check_domain(made.domain, "domainName");
  made.token = body.value("IdempotencyToken", "");
  for (const auto& [arn, other] : world.certificates) {
    if (!made.token.empty() && other.token == made.token && other.domain == made.domain) {
      call.json = Json{{"CertificateArn", arn}}.dump();
      return;
    }
  }
  made.method = body.value("ValidationMethod", "DNS");
  made.names = {made.domain};
  for (const auto& name : body.value("SubjectAlternativeNames", Json::array())) {
    check_domain(name, "subjectAlternativeNames");
    if (name != made.domain) made.names.push_back(name);
  }
  for (const auto& tag : body.value("Tags", Json::array()))
    made.tags[tag.value("Key", "")] = tag.value("Value", "");
  made.arn = world.arn("acm", "certificate/" + world.ids.uuid());
  made.created = call.wall;
  made.issued_at = call.now + world.options.times.certificate_issued;
  call.json = Json{{"CertificateArn", made.arn}}.dump();
  const std::string arn = made.arn;
  world.certificates.emplace(arn, std::move(made));
}

Json validation_of(const Certificate& certificate, bool issued) {
  Json options = Json::array();
  for (const auto& name : certificate.names) {
    options.push_back({{"DomainName", name},
                       {"ValidationDomain", name},
                       {"ValidationMethod", certificate.method},
                       {"ValidationStatus", issued ? "SUCCESS" : "PENDING_VALIDATION"},
                       {"ResourceRecord",
                        {{"Name", cat("_albatross.", name, ".")},
                         {"Type", "CNAME"},
                         {"Value", "_albatross.acm-validations.aws."}}}});
  }
  return options;
}

void describe(Call& call) {
  const std::string arn = required_text(json_body(call), "CertificateArn", "ValidationException");
  const Certificate found = certificate_of(call, arn);
  const bool issued = call.now >= found.issued_at;
  Json json = {{"CertificateArn", found.arn},
               {"DomainName", found.domain},
               {"SubjectAlternativeNames", found.names},
               {"DomainValidationOptions", validation_of(found, issued)},
               {"Subject", "CN=" + found.domain},
               {"Issuer", "Amazon"},
               {"CreatedAt", epoch(found.created)},
               {"Status", status_of(found, call.now)},
               {"KeyAlgorithm", "RSA-2048"},
               {"SignatureAlgorithm", "SHA256WITHRSA"},
               {"InUseBy", users_of(call.world, arn)},
               {"Type", "AMAZON_ISSUED"},
               {"RenewalEligibility", "INELIGIBLE"},
               {"Options", {{"CertificateTransparencyLoggingPreference", "ENABLED"}}}};
  if (issued) {
    json["IssuedAt"] = json["NotBefore"] = epoch(found.created);
    json["NotAfter"] = epoch(found.created + days{395});
  }
  call.json = Json{{"Certificate", std::move(json)}}.dump();
}

void list(Call& call) {
  const Json body = json_body(call);
  const Json wanted = body.value("CertificateStatuses", Json::array());
  std::vector<Json> found;
  for (const auto& [arn, certificate] : call.world.certificates) {
    const Json status = status_of(certificate, call.now);
    const bool fits =
        wanted.empty() || std::find(wanted.begin(), wanted.end(), status) != wanted.end();
    if (certificate.deleted || !fits) continue;
    found.push_back({{"CertificateArn", arn},
                     {"DomainName", certificate.domain},
                     {"Status", status},
                     {"Type", "AMAZON_ISSUED"},
                     {"KeyAlgorithm", "RSA-2048"},
                     {"InUse", !users_of(call.world, arn).empty()},
                     {"CreatedAt", epoch(certificate.created)}});
  }
  call.json =
      json_page(body, found, {"MaxItems", 1000, "NextToken", "CertificateSummaryList"}).dump();
}

void remove(Call& call) {
  Certificate& certificate = own_certificate(call, json_body(call));
  if (!users_of(call.world, certificate.arn).empty()) {
    refuse("ResourceInUseException", cat("Certificate ", certificate.arn, " is in use."));
  }
  certificate.deleted = true;
  call.json = "{}";
}

void add_tags(Call& call) {
  const Json body = json_body(call);
  Certificate& certificate = own_certificate(call, body);
  for (const auto& tag : body.value("Tags", Json::array()))
    certificate.tags[tag.value("Key", "")] = tag.value("Value", "");
  call.json = "{}";
}

void remove_tags(Call& call) {
  const Json body = json_body(call);
  Certificate& certificate = own_certificate(call, body);
  for (const auto& tag : body.value("Tags", Json::array()))
    certificate.tags.erase(tag.value("Key", ""));
  call.json = "{}";
}

void list_tags(Call& call) {
  const std::string arn = required_text(json_body(call), "CertificateArn", "ValidationException");
  Json tags = Json::array();
  for (const auto& [key, value] : certificate_of(call, arn).tags)
    tags.push_back({{"Key", key}, {"Value", value}});
  call.json = Json{{"Tags", std::move(tags)}}.dump();
}

constexpr Action actions[] = {
    {"RequestCertificate", request},
    {"DescribeCertificate", describe},
    {"ListCertificates", list},
    {"DeleteCertificate", remove},
    {"AddTagsToCertificate", add_tags},
    {"RemoveTagsFromCertificate", remove_tags},
    {"ListTagsForCertificate", list_tags},
};

}  // namespace

CertificateFound look_up_certificate(const World& world, std::string_view arn, TimePoint now) {
  const auto it = world.certificates.find(arn);
  if (it == world.certificates.end()) {
    return of_this_region(world, arn) ? CertificateFound::usable : CertificateFound::absent;
  }
  if (it->second.deleted) return CertificateFound::absent;
  return now >= it->second.issued_at ? CertificateFound::usable : CertificateFound::not_issued;
}

std::span<const std::span<const Action>> acm_actions() {
  static const std::span<const Action> lists[] = {actions};
  return lists;
}

}  // namespace albatross::sim
