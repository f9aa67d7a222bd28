#pragma once

#include "albatross/clients/acm.hpp"
#include "albatross/clients/ec2/images.hpp"
#include "albatross/orchestrator/deployer.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace albatross {

/// Something that AWS was asked about by name.
template <class T>
struct Asked {
  /// What AWS says; absent when it was not asked, did not answer, or knows of no such thing.
  std::optional<T> found;
  /// AWS says that there is none.
  bool missing = false;
};

/// Whom AWS refused what in a dry run.
struct Refusal {
  /// "ec2:RunInstances".
  std::string action;
  std::string message;
  std::string request_id;
};

/// What a preflight knows of the account: what it asked, as far as it was answered.
struct AccountFacts {
  Asked<ec2::InstanceTypeInfo> type;
  /// Zones that offer the type.
  std::optional<std::set<std::string>> zones_with_type;
  Asked<ec2::Image> image;
  Asked<ec2::KeyPairInfo> key_pair;
  /// In the order of Needs::certificates.
  std::vector<Asked<acm::CertificateDetail>> certificates;
  std::vector<QuotaUse> quotas;
  std::vector<Refusal> refusals;
  /// When the credentials end that calls are signed with now.
  std::optional<WallTime> credentials_end;
  std::string credentials_source;
};

}  // namespace albatross
