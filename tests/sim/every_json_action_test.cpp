#include "account.hpp"
#include "sim/core/action.hpp"
#include "sim/core/shape_problems.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>

/// What holds for every operation of the services that speak JSON, tried on each of them.
namespace albatross::sim::test {
namespace {

using Json = nlohmann::json;
using shapes::Kind;
using shapes::Shape;

struct Family {
  const char* service;
  std::span<const std::span<const Action>> (*actions)();
  Answer (Account::*ask)(const std::string&, const std::string&);
  const char* code;
};

constexpr Family families[] = {
    {"ssm", ssm_actions, &Account::ssm, "ValidationException"},
    {"acm", acm_actions, &Account::acm, "ValidationException"},
    {"dynamodb", dynamodb_actions, &Account::dynamodb, "ValidationException"},
    {"servicequotas", service_quota_actions, &Account::quotas, "IllegalArgumentException"},
};

using Ask = std::function<Answer(const Json&)>;

void each_action(
    const std::function<void(const Family&, const std::string&, const Shape&, const Ask&)>& visit) {
  Account account;
  for (const Family& family : families) {
    for (const auto list : family.actions()) {
      for (const Action& action : list) {
        const shapes::Input* input = shapes::find(family.service, action.name);
        ASSERT_NE(input, nullptr) << action.name << " is not in core/generate_shapes.py";
        const Ask ask = [&](const Json& body) {
          return (account.*family.ask)(action.name, body.dump());
        };
        visit(family, action.name, shapes::shape_of(*input), ask);
      }
    }
  }
}

TEST(EveryJsonAction, RefusesAMemberItDoesNotTake) {
  each_action([](const Family& family, const std::string& action, const Shape&, const Ask& ask) {
    const auto answer = ask({{"Albatross", 1}});
    EXPECT_EQ(answer.code(), family.code) << action;
    EXPECT_NE(answer.message().find("'albatross'"), std::string::npos) << answer.message();
  });
}

TEST(EveryJsonAction, NamesWhatItNeedsAndWasNotGiven) {
  std::size_t tried = 0;
  each_action(
      [&](const Family& family, const std::string& action, const Shape& input, const Ask& ask) {
        for (const shapes::Member& member : shapes::members_of(input)) {
          if (!member.required) continue;
          ++tried;
          const auto answer = ask(Json::object());
          EXPECT_EQ(answer.code(), family.code) << action;
          EXPECT_NE(answer.message().find("'" + shapes::lower_first(member.wire) + "'"),
                    std::string::npos)
              << action << ": " << answer.message();
        }
      });
  EXPECT_GT(tried, 25U);
}

/// A value that the model does not allow for a shape; null when any will do.
Json bad_value(const Shape& shape) {
  switch (shape.kind) {
    case Kind::string:
      if (shape.count > 0) return "no-such-word";
      return shape.high > 0 ? Json(std::string(static_cast<std::size_t>(shape.high) + 1, 'x'))
                            : Json();
    case Kind::integer:
      return shape.high >= shape.low ? Json(std::int64_t{shape.high} + 1) : Json();
    case Kind::list:
      return shape.low > 0 ? Json::array() : Json();
    default:
      return {};
  }
}

TEST(EveryJsonAction, RefusesValuesThatTheModelDoesNotAllow) {
  std::size_t tried = 0;
  each_action(
      [&](const Family& family, const std::string& action, const Shape& input, const Ask& ask) {
        for (const shapes::Member& member : shapes::members_of(input)) {
          const Json bad = bad_value(shapes::shapes[member.shape]);
          if (bad.is_null()) continue;
          ++tried;
          const auto answer = ask({{std::string(member.wire), bad}});
          EXPECT_EQ(answer.code(), family.code) << action << " " << member.wire;
          EXPECT_NE(answer.message().find("' at '" + shapes::lower_first(member.wire) +
                                          "' failed to satisfy constraint"),
                    std::string::npos)
              << action << ": " << answer.message();
        }
      });
  EXPECT_GT(tried, 40U);
}

TEST(EveryJsonAction, RefusesMembersOfAnotherType) {
  each_action([](const Family&, const std::string& action, const Shape& input, const Ask& ask) {
    for (const shapes::Member& member : shapes::members_of(input)) {
      const bool number = shapes::shapes[member.shape].kind == Kind::integer;
      const auto answer = ask({{std::string(member.wire), number ? Json("seven") : Json(7.5)}});
      if (shapes::shapes[member.shape].kind == Kind::number) continue;
      EXPECT_EQ(answer.code(), "SerializationException") << action << " " << member.wire;
    }
  });
}

}  // namespace
}  // namespace albatross::sim::test
