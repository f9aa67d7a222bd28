// What a load balancer answers in process, by the model alone.

#include "sim/data_plane/visit.hpp"

#include "albatross/sim/transport.hpp"

#include "account.hpp"

#include <gtest/gtest.h>

namespace albatross::sim::test {
namespace {

http::Request request_for(const std::string& host) {
  http::Request request;
  request.origin = {false, host, 80};
  return request;
}

TEST(Visit, OfANameThatIsNoLoadBalancersFindsNoAddress) {
  Account account;
  World& world = account.cloud.world();
  EXPECT_TRUE(is_load_balancer_name(world, "x-1.us-east-1.elb.amazonaws.com"));
  EXPECT_FALSE(is_load_balancer_name(world, "ec2.us-east-1.amazonaws.com"));
  const Visit none = sim::visit(world, request_for("x-1.us-east-1.elb.amazonaws.com"), TimePoint{});
  EXPECT_EQ(none.failure, http::TransportErrorKind::resolve);
  EXPECT_FALSE(none.response);
}

}  // namespace
}  // namespace albatross::sim::test
