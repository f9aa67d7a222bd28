// The one file that uses OpenSSL's low-level digests, which OpenSSL 3 marks as deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "sigv4/sha256.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

namespace albatross::sigv4::detail {
namespace {

static_assert(sizeof(SHA256_CTX) == 112 && alignof(SHA256_CTX) <= 8);

SHA256_CTX* context(std::byte* state) {
  return std::launder(reinterpret_cast<SHA256_CTX*>(state));
}

using Words = Sha256::Words;

/// The state before anything is hashed (FIPS 180-4, 5.3.3).
constexpr Words initial = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/// Sixteen bytes that go into memory at once. The compression reads as many at once, and would have
/// to wait for smaller writes to come together there.
using Lane = std::uint64_t __attribute__((vector_size(16)));

struct Block {
  Lane lanes[4] = {};
  unsigned char* bytes() { return reinterpret_cast<unsigned char*>(lanes); }
  const unsigned char* bytes() const { return reinterpret_cast<const unsigned char*>(lanes); }
};
static_assert(sizeof(Block) == block_size);

/// Eight bytes in memory, as two words of a digest stand there.
std::uint64_t pair_of(std::uint32_t first, std::uint32_t second) {
  if constexpr (std::endian::native == std::endian::big) {
    return std::uint64_t{first} << 32U | second;
  }
  return std::uint64_t{__builtin_bswap32(second)} << 32U | __builtin_bswap32(first);
}

void put(Block& block, const Words& words) {
  block.lanes[0] = Lane{pair_of(words[0], words[1]), pair_of(words[2], words[3])};
  block.lanes[1] = Lane{pair_of(words[4], words[5]), pair_of(words[6], words[7])};
}

Block key_block(std::string_view prefix, std::string_view key) {
  Block block;
  if (prefix.size() + key.size() > block_size) {
    const Digest digest = Sha256().update(prefix).update(key).finish();
    std::memcpy(block.bytes(), digest.data(), digest.size());
    return block;
  }
  if (!prefix.empty()) std::memcpy(block.bytes(), prefix.data(), prefix.size());
  if (!key.empty()) std::memcpy(block.bytes() + prefix.size(), key.data(), key.size());
  return block;
}

void flip(Block& block, std::uint64_t byte) {
  const std::uint64_t eight = byte * 0x0101010101010101U;
  for (Lane& lane : block.lanes)
    lane ^= Lane{eight, eight};
}

/// Hashes one block further.
void compress(Words& words, const Block& block) {
  SHA256_CTX ctx;  // of which only this is used
  static_assert(sizeof ctx.h == sizeof(Words));
  std::memcpy(ctx.h, words.data(), sizeof ctx.h);
  SHA256_Transform(&ctx, block.bytes());
  std::memcpy(words.data(), ctx.h, sizeof ctx.h);
}

/// The two padded forms of a key; wipes it.
void hash_pads(Block& key, std::array<Words, 2>& states) {
  flip(key, 0x36);
  compress(states[0], key);
  flip(key, 0x36 ^ 0x5c);
  compress(states[1], key);
  OPENSSL_cleanse(key.bytes(), sizeof key);
}

/// What fits into the last block of a hash, with the length behind it.
constexpr std::size_t most_in_last_block = block_size - 1 - 8;

template <class Number>
std::uint64_t load(const char* at) {
  Number number;
  std::memcpy(&number, at, sizeof number);
  return number;
}

/// Up to eight bytes as a little-endian number, by loads that may overlap.
std::uint64_t load_some(const char* at, std::size_t size) {
  if (size == 8) return load<std::uint64_t>(at);
  if (size >= 4) {
    return load<std::uint32_t>(at) | load<std::uint32_t>(at + size - 4) << 8 * (size - 4);
  }
  if (size >= 2) {
    return load<std::uint16_t>(at) | load<std::uint16_t>(at + size - 2) << 8 * (size - 2);
  }
  return size == 1 ? load<unsigned char>(at) : 0;
}

/// A text of less than sixteen bytes and the end mark. A day, a region or a service is mostly that
/// short, and derivation waits for each.
Lane padded_lane(std::string_view text) {
  const std::size_t in_first = std::min<std::size_t>(text.size(), 8);
  const std::size_t in_second = text.size() - in_first;
  std::uint64_t first = load_some(text.data(), in_first);
  std::uint64_t second = load_some(text.data() + in_first, in_second);
  (in_first < 8 ? first : second) |= std::uint64_t{0x80}
                                     << 8 * (in_first < 8 ? in_first : in_second);
  return Lane{first, second};
}

/// The end of a hash of one block and so much more than that: the padding that SHA256_Final would
/// write, without its bookkeeping.
Words last_block(Words words, std::string_view data) {
  Block block;
  if (std::endian::native == std::endian::little && data.size() < sizeof(Lane)) {
    block.lanes[0] = padded_lane(data);
  } else {
    std::memcpy(block.bytes(), data.data(), data.size());
    block.bytes()[data.size()] = 0x80;
  }
  const auto bits = static_cast<std::uint32_t>((block_size + data.size()) * 8);
  block.lanes[3] = Lane{block.lanes[3][0], pair_of(0, bits)};
  compress(words, block);
  return words;
}

/// The same where the rest is another hash.
Words last_block(Words words, const Words& inner) {
  Block block;
  put(block, inner);
  block.lanes[2] = Lane{pair_of(0x80000000U, 0), 0};
  block.lanes[3] = Lane{0, pair_of(0, (block_size + sizeof(Digest)) * 8)};
  compress(words, block);
  return words;
}

Words words_of(const Digest& digest) {
  Words words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const unsigned char* const at = digest.data() + 4 * i;
    words[i] = std::uint32_t{at[0]} << 24U | std::uint32_t{at[1]} << 16U |
               std::uint32_t{at[2]} << 8U | std::uint32_t{at[3]};
  }
  return words;
}

}  // namespace

Sha256::Sha256() {
  SHA256_Init(new (state_.data()) SHA256_CTX);
}

Sha256::Sha256(const Words& after_one_block) {
  auto* ctx = new (state_.data()) SHA256_CTX;
  std::memcpy(ctx->h, after_one_block.data(), sizeof ctx->h);
  ctx->Nl = block_size * 8;
  ctx->Nh = 0;
  ctx->num = 0;
  ctx->md_len = SHA256_DIGEST_LENGTH;
}

Sha256& Sha256::update(std::string_view data) {
  SHA256_Update(context(state_.data()), data.data(), data.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  SHA256_Final(digest.data(), context(state_.data()));
  return digest;
}

Digest digest_of(const Sha256::Words& words) {
  Block block;
  put(block, words);
  Digest digest;
  std::memcpy(digest.data(), block.bytes(), digest.size());
  return digest;
}

HmacKey::HmacKey(std::string_view prefix, std::string_view key) : states_{initial, initial} {
  Block block = key_block(prefix, key);
  hash_pads(block, states_);
}

HmacKey::HmacKey(const Sha256::Words& key) : states_{initial, initial} {
  Block block;
  put(block, key);
  hash_pads(block, states_);
}

Sha256::Words HmacKey::words(std::string_view data) const {
  const Words inner = data.size() <= most_in_last_block
                          ? last_block(states_[0], data)
                          : words_of(Sha256(states_[0]).update(data).finish());
  return last_block(states_[1], inner);
}

Digest HmacKey::mac(std::string_view data) const {
  return digest_of(words(data));
}

HmacKey::~HmacKey() {
  OPENSSL_cleanse(states_.data(), sizeof states_);
}

}  // namespace albatross::sigv4::detail
