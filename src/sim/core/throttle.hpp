#pragma once

#include "albatross/runtime/clock.hpp"

#include "sim/core/action.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace albatross::sim {

/// Token buckets per action, as EC2 and ELBv2 document them; other services get generous ones.
class Throttle {
 public:
  /// Takes a token. Throws the service's throttling error when there is none.
  /// @param instances the size of a launch or termination, for EC2's resource buckets.
  /// @param paged the Describe has ids, filters or MaxResults (EC2's better bucket).
  void admit(const Service& service, std::string_view action, std::size_t instances, bool paged,
             TimePoint now);

 private:
  struct Limit {
    double size;
    double refill;  // tokens a second
  };
  struct Bucket {
    double tokens;
    TimePoint filled;
  };
  static Limit limit_for(const Service& service, std::string_view action, bool paged);
  bool take(const std::string& key, Limit limit, double tokens, TimePoint now);

  Table<Bucket> buckets_;
};

/// What a service says to a caller that is too quick.
ApiError throttling_error(const Service& service);

}  // namespace albatross::sim
