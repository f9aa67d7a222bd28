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

const SHA256_CTX* context(const std::byte* state) {
  return std::launder(reinterpret_cast<const SHA256_CTX*>(state));
}

using Block = std::array<unsigned char, block_size>;

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

std::string_view view(const Block& block) {
  return {reinterpret_cast<const char*>(block.data()), block.size()};
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

Sha256::Words Sha256::words() const {
  Words words;
  std::memcpy(words.data(), context(state_.data())->h, sizeof words);
  return words;
}

HmacKey::HmacKey(std::string_view prefix, std::string_view key) {
  Block block = key_block(prefix, key);
  flip(block, 0x36);
  states_[0] = Sha256().update(view(block)).words();
  flip(block, 0x36 ^ 0x5c);
  states_[1] = Sha256().update(view(block)).words();
  OPENSSL_cleanse(block.data(), block.size());
}

Digest HmacKey::mac(std::string_view data) const {
  const Digest inner = Sha256(states_[0]).update(data).finish();
  return Sha256(states_[1]).update(bytes(inner)).finish();
}

HmacKey::~HmacKey() {
  OPENSSL_cleanse(states_.data(), sizeof states_);
}

Digest hmac(std::string_view prefix, std::string_view key, std::string_view data) {
  Block block = key_block(prefix, key);
  flip(block, 0x36);
  const Digest inner = Sha256().update(view(block)).update(data).finish();
  flip(block, 0x36 ^ 0x5c);
  const Digest outer = Sha256().update(view(block)).update(bytes(inner)).finish();
  OPENSSL_cleanse(block.data(), block.size());
  return outer;
}

}  // namespace albatross::sigv4::detail
