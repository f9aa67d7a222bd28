#pragma once

#include <string>
#include <vector>

namespace albatross {

/// Something of the stack that is there although it should be gone.
struct Remnant {
  /// AWS's kind of thing: "security-group", "load-balancer".
  std::string type;
  /// Id, ARN or name.
  std::string id;
  /// The node it belongs to; empty when it does not say.
  std::string node;
  /// How it is known, or why it could not be removed.
  std::string why;
  /// A command of the AWS CLI that removes it; empty when it goes with something else.
  std::string command;
};

/// What AWS and the records say after a removal, looked at afresh: by tag (EC2, ELB, EFS) and by
/// record (everything, IAM included).
struct Receipt {
  /// Services that were asked and answered.
  std::vector<std::string> checked;
  /// Services that could not be asked, and why: "EFS: AccessDeniedException: …".
  std::vector<std::string> unchecked;
  /// Dependents first: the commands work in this order.
  std::vector<Remnant> remnants;

  /// Proof that nothing is left.
  bool clean() const { return unchecked.empty() && remnants.empty(); }
};

}  // namespace albatross
