#pragma once

#include "albatross/clients/service.hpp"
#include "albatross/runtime/clock.hpp"

#include <map>
#include <string>
#include <string_view>

namespace albatross {

/// A bucket of tokens: each call takes one, time refills it.
struct RateLimit {
  double burst = 0;
  double per_second = 0;
  friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

/// Which bucket a call draws from, and how large that is.
struct ApiClass {
  /// Calls of one name share a bucket: "RunInstances", "non-mutating".
  std::string name;
  RateLimit limit;
};

/// The class of an action. AWS publishes no limits for some services: then the burst is 0, which
/// means "not limited". Pure.
/// Sources: Amazon EC2 User Guide, "Request throttling"; Elastic Load Balancing and Systems Manager
/// endpoints and quotas.
/// @param service whose action it is
/// @param action AWS's name of it: "DescribeInstances"
/// @param narrowed a Describe with ids, filters or a page size (EC2 gives it a larger bucket)
ApiClass api_class(Service service, std::string_view action, bool narrowed);

/// Our own side of AWS's request limits, so that many deployments in one process queue here
/// instead of being throttled there. Share one between all ApiCallers that use the same account.
/// Single-threaded.
class ApiRateLimits {
 public:
  /// Takes a token; the caller then waits for what is returned before it sends. First come, first
  /// served.
  Duration take(const std::string& region, Service service, std::string_view action, bool narrowed,
                TimePoint now);
  /// How long a call would have to wait now; takes nothing.
  Duration wait_of(const std::string& region, Service service, std::string_view action,
                   bool narrowed, TimePoint now) const;
  /// The call was not made after all.
  void give_back(const std::string& region, Service service, std::string_view action,
                 bool narrowed);

 private:
  struct Bucket {
    RateLimit limit;
    double tokens;  // below zero: owed to those who wait
    TimePoint filled_at;
  };
  static std::string key(const std::string& region, Service service, const ApiClass& of);

  std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace albatross
