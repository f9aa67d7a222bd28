#include "clients/error_hints.hpp"

#include <array>

namespace albatross {
namespace {

using enum Service;
constexpr std::nullopt_t any = std::nullopt;

constexpr std::string_view wrong_value =
    "AWS does not accept a value that the message names: correct it in the stack file. If it does "
    "not come from there, please report this.";
constexpr std::string_view our_mistake =
    "The request itself is wrong, which should not happen: please report this with the request id.";

/// What is to be said of a code when nothing more special is known (error_hint_table.cpp).
constexpr std::array table{
    Hint{ec2, "", "InvalidParameterValue", "", wrong_value},
    Hint{ec2, "", "InvalidParameter", "", wrong_value},
    Hint{ec2, "", "InvalidParameterCombination", "", wrong_value},
    Hint{iam, "", "InvalidParameterValue", "", wrong_value},
    Hint{iam, "", "InvalidInput", "", wrong_value},
    Hint{efs, "", "BadRequest", "", wrong_value},
    Hint{any, "", "ValidationError", "", wrong_value},
    Hint{any, "", "ValidationException", "", wrong_value},
    Hint{elbv2, "", "InvalidConfigurationRequest", "",
         "These settings do not go together; the message says which. Correct them in the stack "
         "file."},
    Hint{elbv2, "", "InvalidLoadBalancerAction", "",
         "The listener's or rule's action is not one that AWS knows here: check the stack file's "
         "listeners and routes."},
    Hint{elbv2, "", "InvalidTarget", "",
         "The target cannot be registered: the instance must exist, run, and be in the target "
         "group's VPC."},
    Hint{elbv2, "", "OperationNotPermitted", "",
         "AWS does not permit this on the resource as it is (deletion protection, or made by "
         "another service): the message says why."},
    Hint{ec2, "", "OperationNotPermitted", "",
         "AWS does not permit this on the resource as it is: the message says why."},
    Hint{ec2, "", "MissingParameter", "", our_mistake},
    Hint{ec2, "", "UnknownParameter", "", our_mistake},
    Hint{any, "", "IdempotentParameterMismatchException", "", our_mistake},
    Hint{dynamodb, "", "IdempotentInstanceTerminated", "", our_mistake},
    Hint{ec2, "", "UnsupportedOperation", "",
         "This kind of resource, or its present state, does not allow {call}: the message says "
         "which."},
    Hint{ec2, "", "InvalidGroupId.Malformed", "",
         "A security group's id looks like sg-0123456789abcdef0."},
    Hint{ec2, "", "InvalidPermission.Malformed", "",
         "A rule is not well formed: check the ports and address ranges in the stack file."},
    Hint{ec2, "", "InvalidVpc.Range", "", "A VPC's range is between /16 and /28."},
    Hint{ec2, "", "InvalidVpcRange", "", "A VPC's range is between /16 and /28."},
    Hint{ec2, "", "InvalidSubnet.Range", "",
         "The subnet's range must lie inside that of its VPC, between /16 and /28."},
    Hint{ec2, "", "DryRunOperation", "",
         "This was a dry run, and it succeeded: the same request without DryRun is allowed."},
    Hint{ssm, "", "InvalidKeyId", "",
         "The parameter is encrypted with a key that these credentials cannot use: choose another "
         "parameter, or have the key's policy changed."},
    Hint{sts, "", "MalformedPolicyDocument", "",
         "The session policy is not valid JSON, or says something that a policy cannot."},
    Hint{sts, "", "InvalidAuthorizationMessageException", "",
         "The encoded message is not complete: copy all of it."},
};

}  // namespace

std::span<const Hint> general_hint_table() {
  return table;
}

}  // namespace albatross
