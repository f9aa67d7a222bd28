#include "clients/recording/redactor.hpp"

#include "albatross/http/exchange_rules.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace albatross::recording {
namespace {

constexpr std::size_t shortest_secret = 8;
constexpr std::size_t account_digits = 12;
constexpr std::string_view example = "EXAMPLE";

// IAM User Guide, "Unique identifiers": keys, users, roles, groups, policies, profiles, …
constexpr std::array<std::string_view, 13> id_prefixes = {"ABIA", "ACCA", "AGPA", "AIDA", "AIPA",
                                                          "AKIA", "ANPA", "ANVA", "APKA", "AROA",
                                                          "ASCA", "ASIA", "APIA"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_word(char c) {
  return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z');
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/// "%3A" ends before the word that follows it, although it ends in a letter.
std::size_t after_escapes(std::string_view text, std::size_t at) {
  while (at + 3 <= text.size() && text[at] == '%' && is_hex(text[at + 1]) && is_hex(text[at + 2]))
    at += 3;
  return at;
}

bool is_account(std::string_view word) {
  return word.size() == account_digits && std::all_of(word.begin(), word.end(), is_digit);
}

bool is_unique_id(std::string_view word) {
  if (word.size() < 16 || word.size() > 128) return false;
  const bool known =
      std::find(id_prefixes.begin(), id_prefixes.end(), word.substr(0, 4)) != id_prefixes.end();
  return known &&
         std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || is_upper(c); });
}

/// 123456789012 first, then 124…, a thousand in all.
std::string nth_account(std::size_t n) {
  char text[24];
  std::snprintf(text, sizeof text, "%03zu456789012", (123 + n) % 1000);
  return text;
}

bool is_nth_account(std::string_view number) {
  return number.substr(3) == "456789012";
}

}  // namespace

void Redactor::learn(std::string_view secret) {
  if (secret.size() >= shortest_secret && secret != http::redacted) secrets_.emplace(secret);
}

std::string Redactor::text(std::string_view text) {
  const std::string clean = without_secrets(text);
  std::string out;
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t start = after_escapes(clean, at);
    out.append(clean, at, start - at);
    std::size_t end = start;
    while (end < clean.size() && is_word(clean[end]))
      ++end;
    const std::string_view word = std::string_view(clean).substr(start, end - start);
    const std::string instead = stand_in(word);
    out.append(instead.empty() ? word : std::string_view(instead));
    const std::size_t next = after_escapes(clean, end);
    if (next == end && end < clean.size()) out += clean[end++];
    at = end;
  }
  return out;
}

std::string Redactor::without_secrets(std::string_view text) const {
  std::string out(text);
  for (const std::string& secret : secrets_) {
    for (std::size_t at = out.find(secret); at != std::string::npos; at = out.find(secret, at)) {
      out.replace(at, secret.size(), http::redacted);
      at += http::redacted.size();
    }
  }
  return out;
}

std::string Redactor::stand_in(std::string_view word) {
  if (is_account(word)) return account(word);
  if (is_unique_id(word)) return unique_id(word);
  return {};
}

std::string Redactor::account(std::string_view number) {
  const auto known = accounts_.find(number);
  if (known != accounts_.end()) return known->second;
  std::string instead(number);
  // A stand-in of a recording that is being replayed stands for itself.
  if (!is_nth_account(number) || taken_.contains(number)) {
    std::size_t n = 0;
    while (n < 999 && taken_.contains(nth_account(n)))
      ++n;
    instead = nth_account(n);
  }
  taken_.insert(instead);
  accounts_.emplace(number, instead);
  return instead;
}

std::string Redactor::unique_id(std::string_view id) {
  if (id.substr(4).starts_with(example)) return std::string(id);
  const auto known = ids_.find(id);
  if (known != ids_.end()) return known->second;
  char number[24];
  std::snprintf(number, sizeof number, "%09zu", ids_.size() + 1);
  std::string instead = std::string(id.substr(0, 4)).append(example).append(number);
  ids_.emplace(id, instead);
  return instead;
}

}  // namespace albatross::recording
