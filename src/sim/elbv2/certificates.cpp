#include "sim/acm.hpp"
#include "sim/elbv2/common.hpp"

#include <algorithm>

namespace albatross::sim::elbv2 {
namespace {

/// The first one of a listener is the default one; it may be among the others, too.
void write_certificates(Call& call, const std::vector<std::string>& arns, bool with_default) {
  call.out.in("Certificates", [&] {
    for (std::size_t i = 0; i < arns.size(); ++i) {
      call.out.in("member", [&] {
        call.out.leaf("CertificateArn", arns[i]);
        call.out.leaf("IsDefault", with_default && i == 0);
      });
    }
  });
}

Listener& secure_listener(Call& call) {
  Listener& listener = listener_of(call, call.params["ListenerArn"].text());
  if (listener.certificates.empty()) {
    refuse("InvalidConfigurationRequest", "The listener has no default certificate");
  }
  return listener;
}

void add(Call& call) {
  Listener& listener = secure_listener(call);
  std::vector<std::string> added;
  for (const Param certificate : call.params["Certificates"].items()) {
    const std::string arn = certificate["CertificateArn"].str();
    check_certificate(call, arn);
    added.push_back(arn);
  }
  for (const auto& arn : added) {
    const auto& have = listener.certificates;
    if (std::find(have.begin() + 1, have.end(), arn) == have.end()) {
      listener.certificates.push_back(arn);
    }
  }
  if (listener.certificates.size() > 26) {
    refuse("TooManyCertificates", "The maximum number of certificates has been reached");
  }
  write_certificates(call, added, false);
}

void remove(Call& call) {
  Listener& listener = secure_listener(call);
  for (const Param certificate : call.params["Certificates"].items()) {
    const auto arn = certificate["CertificateArn"].text();
    auto& have = listener.certificates;
    const auto found = std::find(have.begin() + 1, have.end(), arn);
    if (found == have.end() && arn == have.front()) {
      refuse("OperationNotPermitted", "The default certificate cannot be removed");
    }
    if (found != have.end()) have.erase(found);
  }
}

void describe(Call& call) {
  const Listener& listener = listener_of(call, call.params["ListenerArn"].text());
  write_certificates(call, listener.certificates, true);
}

constexpr Action actions[] = {
    {"AddListenerCertificates", add},
    {"RemoveListenerCertificates", remove},
    {"DescribeListenerCertificates", describe},
};

}  // namespace

void check_certificate(const Call& call, std::string_view arn) {
  const bool of_iam =
      arn.starts_with("arn:") && arn.find(":server-certificate/") != std::string_view::npos;
  if (of_iam) return;
  const auto found = look_up_certificate(call.world, arn, call.now);
  if (found == CertificateFound::absent) {
    refuse("CertificateNotFound", cat("Certificate '", arn, "' not found"));
  }
  if (found == CertificateFound::not_issued) {
    refuse("UnsupportedCertificate",
           cat("The certificate '", arn,
               "' must have a fully-qualified domain name, a supported signature, and a supported "
               "key size."));
  }
}

std::span<const Action> certificate_actions() {
  return actions;
}

}  // namespace albatross::sim::elbv2
