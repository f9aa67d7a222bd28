#include "albatross/orchestrator/names.hpp"

#include "orchestrator/spec/characters.hpp"

#include <cstdint>

namespace albatross {
namespace {

constexpr std::size_t hash_digits = 8;

/// 64-bit FNV-1a, its halves folded together: every byte of the text reaches every digit.
std::uint32_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211u;
  }
  return static_cast<std::uint32_t>(hash >> 32 ^ hash);
}

std::string hexadecimal(std::uint32_t number) {
  std::string out(hash_digits, '0');
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit, number >>= 4)
    *digit = "0123456789abcdef"[number & 15];
  return out;
}

std::string cleaned(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (!spec::is_alphanumeric(c)) c = '-';
  return out;
}

}  // namespace

std::string fit_name(std::string_view text, std::size_t limit) {
  std::string name = cleaned(text);
  // A changed character may make two texts alike, as a cut may: both need the digits.
  if (name == text && name.size() <= limit) return name;
  const std::string digits = hexadecimal(hash_of(text));
  if (limit <= hash_digits) return digits.substr(0, limit);
  name.resize(std::min(name.size(), limit - hash_digits - 1));
  while (name.ends_with('-'))
    name.pop_back();
  return name.empty() ? digits : name + "-" + digits;
}

std::string secret_fingerprint(std::string_view deployment_id, std::string_view secret) {
  return fit_name(std::string(deployment_id).append(secret), 9);
}

}  // namespace albatross
