#pragma once

#include <string>

namespace albatross::cli {

/// What a run does, to which stack, where.
struct RunTitle {
  /// "deploy", "destroy", "rollback".
  std::string doing;
  std::string stack;
  std::string region;

  /// "Deploying web to us-east-1".
  std::string text() const {
    if (doing == "deploy") return "Deploying " + stack + " to " + region;
    return (doing == "destroy" ? "Destroying " : "Rolling back ") + stack + " in " + region;
  }
};

}  // namespace albatross::cli
