#pragma once

#include <functional>
#include <string>
#include <string_view>

/// Bodies, with the values of some members replaced and every other byte kept. Tolerant: what is
/// not of the form that it claims to be is passed through. Pure.
namespace albatross::recording {

/// Is the value of a member of that name (without its path) a secret?
using IsSecret = std::function<bool(std::string_view name)>;
/// What stands for a value; called with it decoded where the form encodes it.
using Replace = std::function<std::string(std::string_view value)>;

/// AWS's names of members that hold secrets, whatever the service.
bool is_secret_name(std::string_view name);

/// "Name=value&…", also of a query. `other` sees every value that is no secret.
std::string redact_form(std::string_view body, const IsSecret& is_secret, const Replace& secret,
                        const Replace& other);
std::string redact_xml(std::string_view body, const IsSecret& is_secret, const Replace& secret);
std::string redact_json(std::string_view body, const IsSecret& is_secret, const Replace& secret);

}  // namespace albatross::recording
