#include "albatross/sigv4/signer.hpp"

#include "sigv4/names.hpp"
#include "sigv4/sha256.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace albatross::sigv4 {

using detail::Digest;
using detail::HmacKey;

struct KeyCache::Entry {
  Secret secret;
  std::string date;
  std::string region;
  std::string service;
  Digest key{};
  HmacKey mac;
  std::uint64_t last_used = 0;

  Entry() = default;
  Entry(Entry&&) = default;
  Entry& operator=(Entry&&) = default;
  ~Entry() { OPENSSL_cleanse(key.data(), key.size()); }

  bool is_for(const Secret& other, std::string_view other_date, std::string_view other_region,
              std::string_view other_service) const {
    return date == other_date && region == other_region && service == other_service &&
           secret == other;
  }
  void derive();
};

void KeyCache::Entry::derive() {
  detail::Sha256::Words step = HmacKey("AWS4", secret.reveal()).words(date);
  for (const std::string_view text :
       {std::string_view(region), std::string_view(service), detail::names::terminator})
    step = HmacKey(step).words(text);
  key = detail::digest_of(step);
  mac = HmacKey(step);
  OPENSSL_cleanse(step.data(), sizeof step);
}

KeyCache::KeyCache(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {
  entries_.reserve(capacity_);
}

KeyCache::~KeyCache() = default;

KeyCache::Entry& KeyCache::find(const Secret& secret_access_key, std::string_view date,
                                std::string_view region, std::string_view service) {
  ++uses_;
  for (Entry& entry : entries_) {
    if (!entry.is_for(secret_access_key, date, region, service)) continue;
    entry.last_used = uses_;
    return entry;
  }
  if (entries_.size() < capacity_) entries_.emplace_back();
  // A new entry was never used, so it is the oldest.
  Entry& entry =
      *std::min_element(entries_.begin(), entries_.end(),
                        [](const Entry& a, const Entry& b) { return a.last_used < b.last_used; });
  // Not to be found by anyone while it is being filled: an assignment may throw.
  entry.date.clear();
  entry.secret = secret_access_key;
  entry.region = region;
  entry.service = service;
  entry.date = date;
  entry.derive();
  entry.last_used = uses_;
  ++derivations_;
  return entry;
}

std::span<const unsigned char, 32> KeyCache::key(const Secret& secret_access_key,
                                                 std::string_view date, std::string_view region,
                                                 std::string_view service) {
  return find(secret_access_key, date, region, service).key;
}

std::array<unsigned char, 32> KeyCache::sign(const Secret& secret_access_key, std::string_view date,
                                             std::string_view region, std::string_view service,
                                             std::string_view text) {
  return find(secret_access_key, date, region, service).mac.mac(text);
}

}  // namespace albatross::sigv4
