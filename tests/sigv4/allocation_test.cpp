// Replaces operator new of this whole program by one that counts.
#include "sigv4/example.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace albatross::sigv4 {
namespace {

using namespace std::chrono_literals;

constexpr int rounds = 100;

/// Allocations of the rounds after the first few.
template <typename Sign>
std::size_t allocations_when_warm(Sign&& sign) {
  for (int i = 0; i < 3; ++i)
    sign(i);
  const std::size_t before = allocations;
  for (int i = 3; i < rounds; ++i)
    sign(i);
  return allocations - before;
}

class Allocation : public testing::Test {
 protected:
  Allocation() {
    request_.method = "POST";
    request_.path = "/some/./path";
    request_.query = "b=1&a=%7e";
    request_.body = std::string(300, 'x');
    request_.headers.push_back(
        {"Content-Type", "application/x-www-form-urlencoded;  charset=utf-8"});
    view_ = request_.view();
  }

  example::Request request_;
  RequestView view_;
  Credentials credentials_ = example::credentials(std::string(836, 't'));
  Signer signer_;
};

TEST_F(Allocation, TheCounterCounts) {
  EXPECT_GT(
      allocations_when_warm([&](int) { sign_headers(view_, credentials_, example::scope()); }), 0u);
}

TEST_F(Allocation, SigningHeadersAllocatesNothing) {
  EXPECT_EQ(
      allocations_when_warm([&](int) { signer_.sign(view_, credentials_, example::scope()); }), 0u);
}

TEST_F(Allocation, SigningAtANewTimeAllocatesNothing) {
  Scope scope = example::scope();
  EXPECT_EQ(allocations_when_warm([&](int) {
              scope.time += 1s;
              signer_.sign(view_, credentials_, scope);
            }),
            0u);
}

TEST_F(Allocation, RequestsThatAlternateAllocateNothing) {
  example::Request other;
  other.path = "/other";
  const RequestView other_view = other.view();
  EXPECT_EQ(allocations_when_warm([&](int i) {
              signer_.sign(i % 2 == 0 ? view_ : other_view, credentials_, example::scope(),
                           i % 2 == 0 ? ServiceRules::standard() : ServiceRules::s3());
            }),
            0u);
}

TEST_F(Allocation, PresigningAllocatesNothing) {
  EXPECT_EQ(allocations_when_warm(
                [&](int) { signer_.presign(view_, credentials_, example::scope(), 60s); }),
            0u);
}

TEST_F(Allocation, DerivingAKeyInPlaceOfAnOldOneAllocatesNothing) {
  Signer signer(1);
  Scope scope = example::scope();
  EXPECT_EQ(allocations_when_warm([&](int) {
              scope.time += 24h;
              signer.sign(view_, credentials_, scope);
            }),
            0u);
}

}  // namespace
}  // namespace albatross::sigv4
