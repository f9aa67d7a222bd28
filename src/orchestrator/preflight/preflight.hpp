#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"
#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/preflight/account_facts.hpp"
#include "orchestrator/preflight/needs.hpp"
#include "orchestrator/preflight/quota_table.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace albatross {

/// What survey and preflight tell each other while both are under way. Both open their gate
/// whatever comes of their question.
struct SharedLook {
  /// Opened by the survey; the id is empty when there is none.
  Gate image_known;
  std::string image_id;
  /// Opened by the preflight; absent when it was not asked, or not answered.
  Gate offers_known;
  std::optional<std::set<std::string>> zones_with_type;
};

/// What a preflight is about.
struct PreflightScope {
  Needs needs;
  /// Also what a deploy would not need to know, and quotas that are seldom reached (all pages of
  /// what is used): for a person who asks.
  bool everything = false;
};

/// Asks the account what decides whether a deploy can succeed, everything at once, reads and dry
/// runs only. A question that is not permitted or not answered is no error: which it was is told in
/// `unanswered`.
class AccountQuestions {
 public:
  /// All references must outlive it.
  AccountQuestions(ApiCaller& caller, AwsClients& aws, const Stack& stack,
                   const StackIdentity& identity, PreflightScope scope, Deadline deadline);

  /// @throws only what a cancellation throws
  Task<> ask(SharedLook& look);

  const AccountFacts& facts() const { return facts_; }
  const PreflightScope& scope() const { return scope_; }
  /// Warnings: what could not be found out, and why.
  std::vector<Finding> unanswered() const;

 private:
  struct Missed {
    std::string what;
    std::string action;
    std::string code;
    bool denied = false;
  };
  template <class T>
  Task<Asked<T>> answer(Task<T> call, std::string what, std::string action);

  void plan_instance_questions(std::vector<Task<>>& tasks, SharedLook& look);
  void plan_quota_questions(std::vector<Task<>>& tasks);
  void plan_dry_runs(std::vector<Task<>>& tasks);

  Task<> ask_credentials();
  Task<> ask_type();
  Task<> ask_offers(SharedLook& look);
  bool knows_image_by_name();
  Task<> ask_image(SharedLook& look);
  Task<> ask_key();
  Task<> ask_certificate(std::size_t place);
  Task<> ask_vcpus();
  Task<> ask_quota(QuotaId quota, std::size_t needed);
  Task<> ask_usage(QuotaId quota, std::optional<std::size_t>& into);
  Task<> ask_balancing_limits();
  Task<std::optional<double>> limit_of(QuotaId quota);

  Task<> try_launch(SharedLook& look);
  Task<> try_vpc();
  Task<> try_security_group();
  template <class T>
  Task<> dry_run(Task<T> call, std::string action);

  std::vector<ec2::TagSpecification> tags_for(const std::string& node,
                                              std::vector<std::string> types) const;

  ApiCaller& caller_;
  AwsClients& aws_;
  const Stack& stack_;
  const StackIdentity& identity_;
  PreflightScope scope_;
  CallOptions options_;
  AccountFacts facts_;
  std::vector<Missed> missed_;
};

}  // namespace albatross
