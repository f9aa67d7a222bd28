#include "cli/doctor/examiner.hpp"

#include "albatross/clients/generic_call.hpp"
#include "albatross/clients/server_time.hpp"
#include "albatross/runtime/concurrency.hpp"

#include "cli/doctor/permissions.hpp"
#include "cli/doctor/stack_health.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>

namespace albatross::cli {
namespace {

// Each look works promptly or not at all.
constexpr Duration patience = std::chrono::seconds{15};
// Signatures hold for five minutes; from four on AWS's clock is used instead of this machine's.
constexpr std::chrono::seconds tolerable_skew{240};

std::string seconds_text(Duration duration) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  return std::to_string(ms) + " ms";
}

std::string hint_for_transport(http::TransportErrorKind kind) {
  switch (kind) {
    case http::TransportErrorKind::resolve:
      return "The name has no address here: is the region spelt right, does DNS work, is a VPN or "
             "a proxy (HTTPS_PROXY) needed?";
    case http::TransportErrorKind::connect:
    case http::TransportErrorKind::timeout:
      return "Nobody answers there: a firewall, a proxy that is needed (HTTPS_PROXY), or a wrong "
             "endpoint (--endpoint-url, AWS_ENDPOINT_URL).";
    case http::TransportErrorKind::tls:
      return "The certificate is not trusted: behind a proxy that opens TLS, give its authority "
             "with --ca-bundle or AWS_CA_BUNDLE.";
    default:
      return "What answers there does not speak HTTP as AWS does.";
  }
}

std::set<Service> services_of(const Patient& patient) {
  std::set<Service> out{Service::sts, Service::ec2, Service::elbv2};
  if (!patient.file) return out;
  const Stack& stack = *patient.file;
  if (stack.file_system.enabled) out.insert({Service::efs, Service::iam});
  if (stack.instances.image.starts_with("resolve:ssm:")) out.insert(Service::ssm);
  if (!stack.instances.existing()) out.insert(Service::service_quotas);
  for (const ListenerSpec& listener : stack.load_balancer.listeners) {
    if (!listener.certificates.empty()) out.insert(Service::acm);
  }
  return out;
}

class Examiner {
 public:
  Examiner(App& app, AwsSession& aws, Patient patient)
      : app_(app), aws_(aws), clients_(aws.caller()), patient_(std::move(patient)) {}

  Task<Checkup> run() {
    std::vector<Task<>> first;
    first.push_back(look_at_credentials());
    for (const Service service : services_of(patient_))
      first.push_back(look_at_endpoint(service));
    co_await when_all(std::move(first));
    if (has_credentials_) co_await look_at_identity();
    look_at_clock();
    if (known_identity_) co_await look_at_patient();
    sort();
    co_return std::move(out_);
  }

 private:
  Check& add(std::string section, std::string name, Grade grade, std::string detail) {
    Check& check = out_.checks.emplace_back();
    check.section = std::move(section);
    check.name = std::move(name);
    check.grade = grade;
    check.detail = std::move(detail);
    return check;
  }

  Deadline soon() { return Deadline::after(app_.clock(), patience); }

  Task<> look_at_credentials() {
    try {
      auto found = co_await aws_.caller().credentials(soon());
      has_credentials_ = true;
      add("Credentials", "source", Grade::good, found.source);
      tell_life(found.expires_at);
    } catch (const CredentialsError& none) {
      Check& check = add("Credentials", "source", Grade::bad, none.what());
      check.hint = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.";
      check.access = true;
    }
  }

  void tell_life(const std::optional<WallTime>& end) {
    if (!end) return;
    const auto left = std::chrono::floor<std::chrono::minutes>(*end - app_.clock().wall()).count();
    const bool ends_soon = left < 15;
    Check& check =
        add("Credentials", "life", ends_soon ? Grade::warning : Grade::good,
            left < 0 ? "ended" : counted(static_cast<std::size_t>(left), "minute") + " left");
    if (ends_soon) check.hint = "Renew them: a deployment may take longer.";
  }

  Task<> look_at_endpoint(Service service) {
    const std::string name(info(service).name);
    http::Request request;
    try {
      const Endpoint endpoint = resolve_endpoint(service, aws_.region(), aws_.config().endpoints);
      request.origin = endpoint.origin;
      request.target = endpoint.path_prefix + "/";
    } catch (const std::invalid_argument& wrong) {
      add("Endpoints", name, Grade::bad, wrong.what());
      co_return;
    }
    const std::string url = request.origin.url();
    const TimePoint start = app_.clock().now();
    try {
      auto sent = aws_.transport().send(std::move(request), soon());
      const http::Response answer = co_await std::move(sent);
      note_time(server_time(answer.headers));
      add("Endpoints", name, Grade::good,
          url + "  answers in " + seconds_text(app_.clock().now() - start));
    } catch (const http::TransportError& error) {
      add("Endpoints", name, Grade::bad, one_line(error.what())).hint =
          hint_for_transport(error.kind());
    }
  }

  void note_time(const std::optional<WallTime>& theirs) {
    if (!theirs) return;
    const auto skew =
        std::chrono::duration_cast<std::chrono::seconds>(*theirs - app_.clock().wall());
    const bool more = !skew_ || std::llabs(skew.count()) > std::llabs(skew_->count());
    if (more) skew_ = skew;
  }

  Task<> look_at_identity() {
    std::optional<ApiError> refused;
    try {
      // Once as it comes, for its date: a typed answer has none.
      ApiRequest plain = generic_request(Service::sts, "GetCallerIdentity", GenericParameters());
      CallOptions options(soon());
      auto call = aws_.caller().call(std::move(plain), std::move(options));
      const http::Response answer = co_await std::move(call);
      note_time(server_time(answer.headers));
      sts::GetCallerIdentityRequest request;
      CallOptions again(soon());
      auto asked = clients_.sts.get_caller_identity(std::move(request), std::move(again));
      const auto identity = co_await std::move(asked);
      out_.account = identity.account;
      arn_ = identity.arn;
      known_identity_ = true;
      add("Credentials", "identity", Grade::good,
          "account " + identity.account + ", " + identity.arn);
    } catch (const ApiError& error) {
      refused = error;
    } catch (const CredentialsError&) {
      co_return;  // told already
    }
    if (refused) tell_refusal(*refused);
  }

  void tell_refusal(const ApiError& error) {
    const std::int64_t offset = error.details().clock_offset_seconds;
    if (offset != 0) note_time(app_.clock().wall() + std::chrono::seconds{offset});
    const bool access = error.error_class() == ErrorClass::credentials ||
                        error.error_class() == ErrorClass::expired ||
                        error.error_class() == ErrorClass::permission;
    Check& check =
        add("Credentials", "identity", Grade::bad, error.code() + ": " + error.message());
    check.hint = hint_for(error.details());
    check.access = access;
  }

  void look_at_clock() {
    if (!skew_) return;
    const long long off = skew_->count();
    if (std::llabs(off) < tolerable_skew.count()) {
      const std::string detail =
          std::llabs(off) <= 1
              ? std::string("agrees with AWS's")
              : counted(static_cast<std::size_t>(std::llabs(off)), "second") + " off AWS's";
      add("Clock", "this machine", Grade::good, detail);
      return;
    }
    const std::string side = off > 0 ? " behind AWS's" : " ahead of AWS's";
    Check& check = add("Clock", "this machine", Grade::bad,
                       counted(static_cast<std::size_t>(std::llabs(off)), "second") + side);
    check.hint = "Signatures hold for five minutes. Set the clock (timedatectl, chrony).";
  }

  Task<> look_at_patient() {
    if (patient_.file) {
      co_await look_at_permissions();
      co_await look_at_file();
    } else if (!patient_.stack.empty()) {
      auto looking = stack_health(aws_.deployer(), patient_.stack);
      std::vector<Check> found = co_await std::move(looking);
      out_.checks.insert(out_.checks.end(), found.begin(), found.end());
    }
  }

  Task<> look_at_permissions() {
    auto asking = permission_checks(clients_, *patient_.file, principal_of(arn_), soon());
    std::vector<Check> found = co_await std::move(asking);
    out_.checks.insert(out_.checks.end(), found.begin(), found.end());
  }

  Task<> look_at_file() {
    auto looking = aws_.deployer().preflight(*patient_.file);
    Preflight found = co_await std::move(looking);
    for (const QuotaUse& quota : found.quotas)
      add_quota(quota);
    out_.findings = std::move(found.findings);
    if (!found.failure) co_return;
    Check& check = add("Account", found.failure->doing, Grade::bad,
                       found.failure->code + ": " + found.failure->message);
    check.hint = found.failure->hint;
    check.access = found.failure->access_denied;
  }

  /// What is exceeded is a finding of the file, with its place.
  void add_quota(const QuotaUse& quota) {
    const auto limit = static_cast<std::size_t>(quota.limit);
    std::string detail = quota.used ? std::to_string(*quota.used) + " of " : std::string("of ");
    detail += std::to_string(limit) + " in use";
    if (!quota.used) detail = std::to_string(limit) + " allowed";
    if (quota.needed > 0) detail += ", " + std::to_string(quota.needed) + " more needed";
    add("Quotas", quota.name, Grade::good, detail);
  }

  /// Looks end in any order; they are told in this one.
  void sort() {
    const std::vector<std::string> order{"Credentials", "Clock",   "Endpoints", "Permissions",
                                         "Quotas",      "Account", "Resources", "Targets"};
    const auto rank = [&](const Check& check) {
      return std::find(order.begin(), order.end(), check.section) - order.begin();
    };
    std::stable_sort(out_.checks.begin(), out_.checks.end(), [&](const Check& a, const Check& b) {
      if (rank(a) != rank(b)) return rank(a) < rank(b);
      return a.section == "Endpoints" && a.name < b.name;
    });
  }

  App& app_;
  AwsSession& aws_;
  AwsClients clients_;
  Patient patient_;
  Checkup out_;
  bool has_credentials_ = false;
  bool known_identity_ = false;
  std::string arn_;
  /// AWS's clock minus ours; the worst that was seen.
  std::optional<std::chrono::seconds> skew_;
};

}  // namespace

Task<Checkup> examine(App& app, AwsSession& aws, Patient patient) {
  Examiner examiner(app, aws, std::move(patient));
  Checkup out = co_await examiner.run();
  co_return out;
}

std::string principal_of(const std::string& caller_arn) {
  constexpr std::string_view mark = ":assumed-role/";
  const std::size_t at = caller_arn.find(mark);
  const std::size_t sts = caller_arn.find(":sts:");
  if (at == std::string::npos || sts == std::string::npos) return caller_arn;
  const std::string rest = caller_arn.substr(at + mark.size());
  return caller_arn.substr(0, sts) + ":iam:" + caller_arn.substr(sts + 5, at - sts - 5) + ":role/" +
         rest.substr(0, rest.find('/'));
}

}  // namespace albatross::cli
