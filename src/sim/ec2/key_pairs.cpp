#include "sim/core/base64.hpp"
#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"

#include <algorithm>

namespace albatross::sim::ec2 {
namespace {

constexpr Filter<KeyPair> filters[] = {
    {"key-name", [](const Call&, const KeyPair& k, Values& out) { out.push_back(k.name); }},
    {"key-pair-id", [](const Call&, const KeyPair& k, Values& out) { out.push_back(k.id); }},
    {"fingerprint",
     [](const Call&, const KeyPair& k, Values& out) { out.push_back(k.fingerprint); }},
};

void write_key(Call& call, const KeyPair& key) {
  Xml& out = call.out;
  out.leaf("keyPairId", key.id);
  out.leaf("keyName", key.name);
  out.leaf("keyFingerprint", key.fingerprint);
  write_tags(call, key.id);
}

/// By name unless ids are given.
void describe_keys(Call& call) {
  const auto names = call.params["KeyName"].texts();
  for (const auto name : names) {
    if (call.world.key_pairs.contains(name)) continue;
    refuse("InvalidKeyPair.NotFound", cat("The key pair '", name, "' does not exist"));
  }
  Table<KeyPair> wanted;
  for (const auto& [name, key] : call.world.key_pairs) {
    const bool named = names.empty() || std::find(names.begin(), names.end(), name) != names.end();
    if (named) wanted.emplace(key.id, key);
  }
  static constexpr Listing<KeyPair> listing{
      "KeyPairId", "keySet", "key-", "InvalidKeyPair", "key pair", 5, 1000, false, filters};
  const bool with_key = call.params["IncludePublicKey"].is_true();
  describe(call, listing, wanted, [&](const KeyPair& key) {
    write_key(call, key);
    call.out.leaf("keyType", key.type);
    if (with_key) call.out.leaf("publicKey", key.material);
    call.out.leaf("createTime", iso_time(key.created));
  });
}

/// A stand-in for the digest of the key, in the form that its type has.
std::string fingerprint_of(const Form& form, const std::string& type) {
  Ids digits(form.digest({"ClientToken", "DryRun", "Version", "KeyName"}));
  if (type == "ed25519") return base64_encode(digits.hex(32));
  std::string out = digits.hex(32);
  for (std::size_t at = 30; at > 0; at -= 2)
    out.insert(at, 1, ':');
  return out;
}

void import_key(Call& call) {
  KeyPair key;
  key.name = call.params["KeyName"].str();
  const auto decoded = base64_decode(call.params["PublicKeyMaterial"].text());
  if (!decoded || !decoded->starts_with("ssh-")) {
    refuse("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
  }
  if (call.world.key_pairs.contains(key.name)) {
    refuse("InvalidKeyPair.Duplicate", cat("The keypair already exists: ", key.name));
  }
  key.material = *decoded;
  key.type = decoded->starts_with("ssh-ed25519") ? "ed25519" : "rsa";
  key.fingerprint = fingerprint_of(*call.form, key.type);
  key.created = call.wall;
  key.id = call.world.ids.make("key-");
  tag_new(call, key.id, "key-pair");
  const std::string name = key.name;
  write_key(call, call.world.key_pairs.emplace(name, std::move(key)).first->second);
}

/// Deleting what is not there is no error.
void delete_key(Call& call) {
  World& world = call.world;
  const auto name = call.params["KeyName"].text();
  const auto id = call.params["KeyPairId"].text();
  for (auto it = world.key_pairs.begin(); it != world.key_pairs.end(); ++it) {
    if (it->first != name && it->second.id != id) continue;
    call.out.leaf("return", true);
    call.out.leaf("keyPairId", it->second.id);
    world.tags.erase(it->second.id);
    world.key_pairs.erase(it);
    return;
  }
  write_return(call);
}

constexpr Action actions[] = {
    {"DescribeKeyPairs", describe_keys},
    {"ImportKeyPair", import_key},
    {"DeleteKeyPair", delete_key},
};

}  // namespace

std::span<const Action> key_pair_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
