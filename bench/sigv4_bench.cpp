// What a signature costs beside the hashing that it cannot do without.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "albatross/sigv4/signer.hpp"

#include "figures.hpp"

#include <openssl/sha.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

namespace albatross::bench {
namespace {

using namespace sigv4;
using Digest = std::array<unsigned char, 32>;

constexpr std::size_t token_size = 836;
constexpr std::chrono::system_clock::time_point noon{
    std::chrono::sys_days{std::chrono::year{2026} / 1 / 15} + std::chrono::hours{12}};

std::size_t compressions(std::size_t bytes) {
  return (bytes + 1 + 8 + 63) / 64;
}

/// A Query request of that body size, as an SDK sends it.
struct Request {
  explicit Request(std::string body_text) : body(std::move(body_text)) {}

  RequestView view() const { return {"POST", "/", {}, headers, body}; }

  std::string body;
  std::array<HeaderView, 2> headers{
      HeaderView{"host", "ec2.us-east-1.amazonaws.com"},
      HeaderView{"content-type", "application/x-www-form-urlencoded; charset=utf-8"}};
};

std::string body_of(std::size_t size, std::string_view start) {
  std::string body(start);
  for (std::size_t i = 0; body.size() < size; ++i)
    body += "ABCDEFGHabcdefgh01234567"[i % 24];
  return body;
}

std::string describe_body() {
  return body_of(300, "Action=DescribeInstances&Version=2016-11-15&Filter.1.Value=");
}

Credentials temporary_credentials() {
  return {"ASIAFAKEFAKEFAKEFAKE", Secret("fake/secret+fake/secret+fake/secret+fake"),
          Secret(std::string(token_size, 'T'))};
}

/// The hashing alone: the texts lie ready, nothing is built, no context is set up twice.
class Floor {
 public:
  Floor(std::string body, const Signer& signer)
      : body_(std::move(body)),
        canonical_(signer.canonical_request()),
        to_sign_(signer.string_to_sign()) {
    const std::array<char, 64> block{};
    SHA256_Init(&keyed_);
    SHA256_Update(&keyed_, block.data(), block.size());
  }

  std::size_t count() const {
    return compressions(body_.size()) + compressions(canonical_.size()) +
           compressions(64 + to_sign_.size()) - 1 + compressions(64 + 32) - 1;
  }
  /// Four HMACs from bare keys, and the two blocks of the fifth key.
  static std::size_t derivation_count() { return 4 * 4 + 2; }

  Digest sign() const {
    hash(body_);
    hash(canonical_);
    return finish_mac(keyed_, to_sign_);
  }

  Digest sign_with_derivation() const {
    for (const char* step : {"20260115", "us-east-1", "ec2", "aws4_request"}) {
      finish_mac(keyed_after_block(), step);
      keyed_after_block();
    }
    keyed_after_block();
    keyed_after_block();
    return sign();
  }

 private:
  static Digest hash(std::string_view text) {
    SHA256_CTX context;
    SHA256_Init(&context);
    return finish(context, text);
  }
  static Digest finish(SHA256_CTX& context, std::string_view text) {
    Digest digest;
    SHA256_Update(&context, text.data(), text.size());
    SHA256_Final(digest.data(), &context);
    return digest;
  }
  static Digest finish_mac(const SHA256_CTX& keyed, std::string_view text) {
    SHA256_CTX inner = keyed;
    const Digest digest = finish(inner, text);
    SHA256_CTX outer = keyed;
    return finish(outer, {reinterpret_cast<const char*>(digest.data()), digest.size()});
  }
  static SHA256_CTX keyed_after_block() {
    const std::array<char, 64> block{};
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, block.data(), block.size());
    return context;
  }

  std::string body_;
  std::string canonical_;
  std::string to_sign_;
  SHA256_CTX keyed_;
};

Figure make_figure(std::string name, const Times& times, std::size_t count, std::string promise) {
  return {std::move(name),
          times.work_ns,
          "ns",
          std::to_string(count) + " SHA-256 compressions over ready text",
          times.reference_ns,
          std::move(promise)};
}

/// Every call at another second of the same day: nothing but the key can be kept.
struct MovingTime {
  Scope scope{noon, "us-east-1", "ec2"};
  int calls = 0;

  const Scope& next() {
    scope.time = noon + std::chrono::seconds{++calls % 40000};
    return scope;
  }
};

Figure bench_key_cached(std::string name, std::string body, std::string promise) {
  const Request request(std::move(body));
  const Credentials credentials = temporary_credentials();
  Signer signer;
  MovingTime time;
  signer.sign(request.view(), credentials, time.next());
  const Floor floor(request.body, signer);
  const Times times =
      interleave([&] { keep(signer.sign(request.view(), credentials, time.next())); },
                 [&] { keep(floor.sign()); });
  return make_figure(std::move(name), times, floor.count(), std::move(promise));
}

Figure bench_same_second() {
  Request request(describe_body());
  const Credentials credentials = temporary_credentials();
  const Scope scope{noon, "us-east-1", "ec2"};
  Signer signer;
  signer.sign(request.view(), credentials, scope);
  const Floor floor(request.body, signer);
  const Times times = interleave(
      [&] {
        // Another body each time, so that only the front of the request is the same.
        request.body.back() = request.body.back() == 'x' ? 'y' : 'x';
        keep(signer.sign(request.view(), credentials, scope));
      },
      [&] { keep(floor.sign()); });
  return make_figure("sigv4/sign-same-second", times, floor.count(), "<= 0.60");
}

Figure bench_key_not_cached() {
  const Request request(describe_body());
  const Credentials credentials = temporary_credentials();
  MovingTime time;
  Signer signer(1);
  int calls = 0;
  const auto sign = [&] {
    Scope scope = time.next();
    scope.region = ++calls % 2 == 0 ? "us-east-1" : "us-east-2";
    keep(signer.sign(request.view(), credentials, scope));
  };
  sign();
  const Floor floor(request.body, signer);
  const Times times = interleave(sign, [&] { keep(floor.sign_with_derivation()); });
  return make_figure("sigv4/sign-key-not-cached", times, floor.count() + Floor::derivation_count(),
                     "<= 1.15");
}

Figure bench_allocations() {
  const Request request(describe_body());
  const Credentials credentials = temporary_credentials();
  Signer signer;
  MovingTime time;
  constexpr int calls = 1000;
  for (int i = 0; i < 3; ++i)
    signer.sign(request.view(), credentials, time.next());
  const std::size_t before = allocations();
  for (int i = 0; i < calls; ++i)
    signer.sign(request.view(), credentials, time.next());
  const double each = static_cast<double>(allocations() - before) / calls;
  return {"sigv4/allocations", each, "per call", "none", 0, "= 0"};
}

/// Time of one of botocore's signatures of the request, or 0 when botocore is not there.
double botocore_ns() {
  const char* command =
      "/usr/bin/python3 " ALBATROSS_SOURCE_DIR "/bench/sigv4_botocore.py 2>/dev/null";
  FILE* pipe = popen(command, "r");
  if (pipe == nullptr) return 0;
  double ns = 0;
  if (std::fscanf(pipe, "%lf", &ns) != 1) ns = 0;
  pclose(pipe);
  return ns;
}

Figure bench_describe() {
  return bench_key_cached("sigv4/sign", describe_body(), "<= 1.20");
}

Figure bench_run_instances() {
  // 16 KiB of user data in base64, with a few parameters around it.
  return bench_key_cached("sigv4/sign-run-instances",
                          body_of(22500, "Action=RunInstances&Version=2016-11-15&UserData="),
                          "<= 1.03");
}

std::vector<Figure> bench_botocore() {
  const double botocore = botocore_ns();
  if (botocore == 0) {
    std::cerr << "sigv4/botocore: skipped, python3-botocore is not there\n";
    return {};
  }
  // It signs one request again and again, many times a second: so do we.
  return {{"sigv4/botocore", 1e9 / bench_same_second().value, "signatures/s",
           "botocore's signatures per second", 1e9 / botocore, ">= 60"}};
}

bool add_one(std::string name, Figure (*run)()) {
  return add(std::move(name), [run] { return std::vector{run()}; });
}

const bool added =
    add_one("sigv4/sign", bench_describe) && add_one("sigv4/sign-same-second", bench_same_second) &&
    add_one("sigv4/sign-run-instances", bench_run_instances) &&
    add_one("sigv4/sign-key-not-cached", bench_key_not_cached) &&
    add_one("sigv4/allocations", bench_allocations) && add("sigv4/botocore", bench_botocore);

}  // namespace
}  // namespace albatross::bench
