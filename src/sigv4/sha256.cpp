// The one file that uses OpenSSL's low-level digests, which OpenSSL 3 marks as deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "sigv4/sha256.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <cstring>
#include <new>

namespace albatross::sigv4::detail {
namespace {

static_assert(sizeof(SHA256_CTX) == 112 && alignof(SHA256_CTX) <= 8);

SHA256_CTX* context(std::byte* state) {
  return std::launder(reinterpret_cast<SHA256_CTX*>(state));
}

using Block = std::array<unsigned char, block_size>;
using Words = Sha256::Words;

/// The state before anything is hashed (FIPS 180-4, 5.3.3).
constexpr Words initial = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

Block key_block(std::string_view prefix, std::string_view key) {
  Block block{};
  if (prefix.size() + key.size() > block.size()) {
    const Digest digest = Sha256().update(prefix).update(key).finish();
    std::memcpy(block.data(), digest.data(), digest.size());
    return block;
  }
  if (!prefix.empty()) std::memcpy(block.data(), prefix.data(), prefix.size());
  if (!key.empty()) std::memcpy(block.data() + prefix.size(), key.data(), key.size());
  return block;
}

void flip(Block& block, unsigned char bits) {
  for (unsigned char& byte : block)
    byte ^= bits;
}

/// Hashes one block further.
void compress(Words& words, const Block& block) {
  SHA256_CTX ctx;  // of which only this is used
  static_assert(sizeof ctx.h == sizeof(Words));
  std::memcpy(ctx.h, words.data(), sizeof ctx.h);
  SHA256_Transform(&ctx, block.data());
  std::memcpy(words.data(), ctx.h, sizeof ctx.h);
}

/// What fits into the last block of a hash, with the length behind it.
constexpr std::size_t most_in_last_block = block_size - 1 - 8;

/// The digest of one block that was hashed already and of as many bytes as fit into the next: the
/// padding that SHA256_Final would write, without its bookkeeping.
Digest last_block(Words words, std::string_view data) {
  Block block{};
  std::memcpy(block.data(), data.data(), data.size());
  block[data.size()] = 0x80;
  const std::size_t bits = (block_size + data.size()) * 8;
  block[block_size - 2] = static_cast<unsigned char>(bits >> 8U);
  block[block_size - 1] = static_cast<unsigned char>(bits);
  compress(words, block);
  Digest digest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t byte = 0; byte < 4; ++byte)
      digest[4 * i + byte] = static_cast<unsigned char>(words[i] >> (24 - 8 * byte));
  }
  return digest;
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

HmacKey::HmacKey(std::string_view prefix, std::string_view key) : states_{initial, initial} {
  Block block = key_block(prefix, key);
  flip(block, 0x36);
  compress(states_[0], block);
  flip(block, 0x36 ^ 0x5c);
  compress(states_[1], block);
  OPENSSL_cleanse(block.data(), block.size());
}

Digest HmacKey::mac(std::string_view data) const {
  const Digest inner = data.size() <= most_in_last_block
                           ? last_block(states_[0], data)
                           : Sha256(states_[0]).update(data).finish();
  return last_block(states_[1], bytes(inner));
}

HmacKey::~HmacKey() {
  OPENSSL_cleanse(states_.data(), sizeof states_);
}

Digest hmac(std::string_view prefix, std::string_view key, std::string_view data) {
  return HmacKey(prefix, key).mac(data);
}

}  // namespace albatross::sigv4::detail
