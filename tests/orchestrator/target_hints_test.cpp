#include "orchestrator/target_hints.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

TEST(TargetHints, AWrongStatusIsExplainedByWhatItMeans) {
  TargetState target;
  target.service = "web";
  target.reason = "Target.ResponseCodeMismatch";
  const auto hint = [&](const std::string& code) {
    target.description = "Health checks failed with these codes: [" + code + "]";
    return target_hint(target);
  };
  EXPECT_NE(hint("401").find("login"), std::string::npos);
  EXPECT_NE(hint("404").find("does not know the path"), std::string::npos);
  EXPECT_NE(hint("302").find("redirects"), std::string::npos);
  EXPECT_NE(hint("503").find("its own log"), std::string::npos);
  EXPECT_TRUE(hint("200").ends_with("services.web.health (path, codes)."));
  EXPECT_TRUE(hint("").ends_with("services.web.health (path, codes)."));
}

}  // namespace
}  // namespace albatross
