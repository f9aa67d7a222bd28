#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace albatross::sigv4::detail {

constexpr std::size_t block_size = 64;
using Digest = std::array<unsigned char, 32>;

inline std::string_view bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// SHA-256 by OpenSSL's low-level functions. The EVP interface looks the algorithm up each time a
/// context is initialised, which costs more than hashing a short request. Copies are cheap: a copy
/// is the hash of what was fed so far, ready to be continued.
class Sha256 {
 public:
  /// What has been hashed so far, where that is whole blocks.
  using Words = std::array<std::uint32_t, 8>;

  Sha256();
  Sha256& update(std::string_view data);
  /// The digest. The object must be assigned to before it is used again.
  Digest finish();

 private:
  friend struct HmacKey;
  explicit Sha256(const Words& after_one_block);

  alignas(8) std::array<std::byte, 112> state_;
};

/// The words as they stand in a digest.
Digest digest_of(const Sha256::Words& words);

/// A key of HMAC-SHA256 with its two padded blocks already hashed: a MAC under it costs two
/// compressions less than under the bare key. Wiped on destruction.
struct HmacKey {
  HmacKey() = default;
  /// @param prefix,key the key is both, one after the other (so that nobody has to join them).
  HmacKey(std::string_view prefix, std::string_view key);
  /// @param key the digest, in words.
  explicit HmacKey(const Sha256::Words& key);
  HmacKey(const HmacKey&) = default;
  HmacKey& operator=(const HmacKey&) = default;
  ~HmacKey();
  Digest mac(std::string_view data) const;
  /// The same, for deriving a key from it.
  Sha256::Words words(std::string_view data) const;

 private:
  /// The hash after the inner and after the outer block, in one piece so that they are wiped at
  /// once.
  std::array<Sha256::Words, 2> states_{};
};

}  // namespace albatross::sigv4::detail
