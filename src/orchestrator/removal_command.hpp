#pragma once

#include "albatross/state/record.hpp"

#include <string>
#include <string_view>

namespace albatross {

/// AWS's name for a kind's things: "security-group" for "security_group".
std::string type_of_kind(std::string_view kind);

/// The command of the AWS CLI that removes a thing found by its tag. Empty for a type that goes
/// with something else, or that is not known. Pure.
std::string removal_command(std::string_view type, const std::string& id,
                            const std::string& region);

/// The same for what a record stands for, attachments and registrations included. Pure.
std::string removal_command(const ResourceRecord& record, const std::string& region);

}  // namespace albatross
