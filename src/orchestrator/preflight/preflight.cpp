#include "orchestrator/preflight/preflight.hpp"

#include "orchestrator/preflight/answer.hpp"
#include "orchestrator/preflight/findings.hpp"

#include <utility>

namespace albatross {
namespace {

/// "arm64" of "…/al2023-ami-kernel-default-arm64"; empty when the name does not say.
std::string architecture_in(const std::string& name) {
  const auto says = [&name](const char* word) { return name.find(word) != std::string::npos; };
  if (says("arm64")) return "arm64";
  return says("x86_64") || says("amd64") ? "x86_64" : "";
}

}  // namespace

AccountQuestions::AccountQuestions(ApiCaller& caller, AwsClients& aws, const Stack& stack,
                                   const StackIdentity& identity, PreflightScope scope,
                                   Deadline deadline)
    : caller_(caller),
      aws_(aws),
      stack_(stack),
      identity_(identity),
      scope_(std::move(scope)),
      options_(deadline) {}

Task<> AccountQuestions::ask(SharedLook& look) {
  std::vector<Task<>> tasks;
  const bool launches =
      scope_.needs.instances > 0 || (scope_.everything && !stack_.instances.existing());
  if (launches) {
    plan_instance_questions(tasks, look);
  } else {
    look.offers_known.open();
  }
  if (scope_.needs.anything() || scope_.everything) {
    tasks.push_back(ask_credentials());
    facts_.certificates.resize(scope_.needs.certificates.size());
    for (std::size_t i = 0; i < scope_.needs.certificates.size(); ++i)
      tasks.push_back(ask_certificate(i));
    plan_quota_questions(tasks);
    plan_dry_runs(tasks);
    if (scope_.needs.instances > 0) tasks.push_back(try_launch(look));
  }
  co_await when_all(std::move(tasks));
  if (!facts_.type.found) co_return;
  const auto vcpus = static_cast<std::size_t>(facts_.type.found->vcpu_info.default_vcpus);
  for (QuotaUse& quota : facts_.quotas) {
    if (quota.name.ends_with(vcpu_words)) quota.needed = scope_.needs.instances * vcpus;
  }
}

void AccountQuestions::plan_instance_questions(std::vector<Task<>>& tasks, SharedLook& look) {
  tasks.push_back(ask_type());
  tasks.push_back(ask_offers(look));
  tasks.push_back(ask_image(look));
  if (!stack_.instances.key_name.empty()) tasks.push_back(ask_key());
  tasks.push_back(ask_vcpus());
}

Task<> AccountQuestions::ask_credentials() {
  try {
    auto resolved = co_await caller_.credentials(options_.deadline);
    facts_.credentials_end = resolved.expires_at;
    facts_.credentials_source = resolved.source;
  } catch (const CredentialsError&) {
    co_return;  // every other call says so too
  }
}

Task<> AccountQuestions::ask_type() {
  ec2::DescribeInstanceTypesRequest request;
  request.instance_types = {stack_.instances.type};
  auto call = aws_.ec2.describe_instance_types(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "the instance type", "ec2:DescribeInstanceTypes");
  facts_.type.missing = asked.missing;
  if (asked.found && !asked.found->instance_types.empty())
    facts_.type.found = std::move(asked.found->instance_types.front());
}

Task<> AccountQuestions::ask_offers(SharedLook& look) {
  ec2::DescribeInstanceTypeOfferingsRequest request;
  request.location_type = "availability-zone";
  request.filters = {ec2::Filter{"instance-type", {stack_.instances.type}}};
  request.max_results = 1000;
  auto call = aws_.ec2.describe_instance_type_offerings(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "which zones offer the instance type",
                               "ec2:DescribeInstanceTypeOfferings");
  if (asked.found) {
    facts_.zones_with_type.emplace();
    for (const ec2::InstanceTypeOffering& offer : asked.found->instance_type_offerings)
      facts_.zones_with_type->insert(offer.location);
  }
  look.zones_with_type = facts_.zones_with_type;
  look.offers_known.open();
}

/// AWS's own parameters always name an image that is there, and most say what it is for: no further
/// round trip is needed to know that.
bool AccountQuestions::knows_image_by_name() {
  const std::string& name = stack_.instances.image;
  const std::string architecture = architecture_in(name);
  const bool enough = !scope_.everything && stack_.instances.root_volume_gib == 0;
  if (!enough || architecture.empty() || !name.starts_with("resolve:ssm:/aws/service/"))
    return false;
  facts_.image.found.emplace();
  facts_.image.found->image_id = name;
  facts_.image.found->architecture = architecture;
  return true;
}

Task<> AccountQuestions::ask_image(SharedLook& look) {
  if (knows_image_by_name()) co_return;
  co_await look.image_known.wait();
  if (look.image_id.empty()) co_return;
  ec2::DescribeImagesRequest request;
  request.image_ids = {look.image_id};
  auto call = aws_.ec2.describe_images(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "the image", "ec2:DescribeImages");
  facts_.image.missing = asked.missing || (asked.found && asked.found->images.empty());
  if (asked.found && !asked.found->images.empty())
    facts_.image.found = std::move(asked.found->images.front());
}

Task<> AccountQuestions::ask_key() {
  ec2::DescribeKeyPairsRequest request;
  request.key_names = {stack_.instances.key_name};
  auto call = aws_.ec2.describe_key_pairs(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "the key pair", "ec2:DescribeKeyPairs");
  facts_.key_pair.missing = asked.missing;
}

Task<> AccountQuestions::ask_certificate(std::size_t place) {
  const std::string& arn = scope_.needs.certificates[place];
  // Of another region ACM here knows nothing, and IAM's own are not ACM's.
  const bool of_acm = arn.find(":acm:" + identity_.region + ":") != std::string::npos;
  if (!of_acm) co_return;
  acm::DescribeCertificateRequest request;
  request.certificate_arn = arn;
  auto call = aws_.acm.describe_certificate(std::move(request), options_);
  auto asked = co_await answer(std::move(call), "the certificate", "acm:DescribeCertificate");
  facts_.certificates[place].missing = asked.missing;
  if (asked.found) facts_.certificates[place].found = std::move(asked.found->certificate);
}

std::vector<Finding> AccountQuestions::unanswered() const {
  std::string denied;
  std::string silent;
  for (const Missed& missed : missed_) {
    std::string& list = missed.denied ? denied : silent;
    if (!list.empty()) list += ", ";
    list += missed.what + " (" + (missed.denied ? missed.action : missed.code) + ")";
  }
  std::vector<Finding> out;
  const std::string doing = "checking the account";
  if (!denied.empty()) {
    out.push_back(warning_of(doing, "NotPermitted", "not permitted, so not checked: " + denied,
                             "The deployment may work all the same. `albatross policy FILE` prints "
                             "the permissions."));
  }
  if (!silent.empty()) {
    out.push_back(warning_of(doing, "NotAnswered", "AWS gave no answer, so not checked: " + silent,
                             "The deployment may work all the same."));
  }
  return out;
}

}  // namespace albatross
