#pragma once

#include "albatross/clients/api_caller.hpp"

#include "orchestrator/survey.hpp"

namespace albatross {

/// All that is looked at before the first change: the survey, which the graph is built from, and
/// the preflight beside it.
struct LookAround {
  Survey survey;
  Findings findings;
  std::vector<QuotaUse> quotas;
};

struct LookAroundContext {
  ApiCaller& caller;
  AwsClients& aws;
  const Stack& stack;
  const StackIdentity& identity;
  const std::vector<ResourceRecord>& known;
  std::size_t zones = 2;
  CallOptions options;
  /// See PreflightScope.
  bool everything = false;
};

/// @throws ApiError, CredentialsError for what would stop every look; what else is wrong is in the
/// findings
Task<LookAround> look_around(LookAroundContext context);

}  // namespace albatross
