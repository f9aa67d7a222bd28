#include "orchestrator/looking_around.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/preflight/account_checks.hpp"

#include <utility>

namespace albatross {
namespace {

// What is only good to know is not waited for as long as what has to be known.
constexpr Duration patience = std::chrono::seconds{15};

Task<> survey_into(SurveyContext context, Survey& into) {
  into = co_await survey(std::move(context));
}

}  // namespace

Task<LookAround> look_around(LookAroundContext context) {
  const Clock& clock = context.caller.clock();
  LookAround out;
  SharedLook look;
  PreflightScope scope;
  scope.needs = needs_of(context.stack, context.known);
  scope.everything = context.everything;
  const Deadline deadline = earlier(Deadline::after(clock, patience), context.options.deadline);
  AccountQuestions questions(context.caller, context.aws, context.stack, context.identity,
                             std::move(scope), deadline);
  SurveyContext surveyed{context.aws,   context.stack, context.identity,
                         context.known, context.zones, context.options,
                         look,          out.findings};
  std::vector<Task<>> both;
  both.push_back(survey_into(std::move(surveyed), out.survey));
  both.push_back(questions.ask(look));
  co_await when_all(std::move(both));
  out.findings.add(check_account(context.stack, context.identity.region, out.survey,
                                 questions.scope().needs, questions.facts(), clock.wall()));
  out.findings.add(questions.unanswered());
  out.quotas = questions.facts().quotas;
  co_return out;
}

}  // namespace albatross
