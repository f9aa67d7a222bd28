#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace albatross {

/// `text` when it fits; otherwise its front, '-', and eight hexadecimal digits of a hash of all of
/// it: the same name every time, different for different texts (up to collisions of 32 bits), never
/// ending in or doubling a '-' at the cut. Characters outside [A-Za-z0-9-] become '-', and then the
/// digits are added too. The hash is 64-bit FNV-1a folded to 32 bits; it never changes, or stacks
/// would lose their names. Pure.
std::string fit_name(std::string_view text, std::size_t limit);

/// What a secret is remembered by: enough to see a change by, useless to guess the secret from.
/// Eight hexadecimal digits. Pure.
std::string secret_fingerprint(std::string_view deployment_id, std::string_view secret);

/// Limits of AWS on names, in characters.
inline constexpr std::size_t load_balancer_name_limit = 32;
inline constexpr std::size_t target_group_name_limit = 32;
inline constexpr std::size_t role_name_limit = 64;

}  // namespace albatross
