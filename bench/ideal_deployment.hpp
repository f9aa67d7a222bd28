#pragma once

namespace albatross::bench {

/// Round trips one after the other when nothing but the calls takes time: the critical path, the
/// reads before and after included.
struct RoundTrips {
  int deploy = 0;
  int destroy = 0;
};

/// Counts those of test::whole_stack in this process under virtual time.
RoundTrips ideal_round_trips();

}  // namespace albatross::bench
