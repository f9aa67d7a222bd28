#pragma once

#include "albatross/sim/cloud.hpp"

#include "cli/text.hpp"

#include <string>
#include <vector>

/// What `albatross sim` prints. Pure.
namespace albatross::cli {

/// How a simulator runs.
struct SimFacts {
  std::string url;
  double speed = 1;
  bool data_plane = false;
};

/// Where it is and how to point any AWS client at it; the exports stand alone on their lines.
std::string sim_banner(const SimFacts& facts, const sim::CloudOptions& cloud,
                       const Credentials& key, const TextStyle& style);

/// One call: time, status or error code, action, what it was about, how long answering took.
std::string call_line(const sim::CallRecord& call, Duration since_start, Duration took,
                      const TextStyle& style);

/// A load balancer that begins to answer: when, and where on this machine.
std::string front_line(const std::string& balancer, const std::string& url, Duration since_start,
                       const TextStyle& style);

/// At the end: how many calls, and what the account holds more or less than at the start.
std::string sim_receipt(const std::vector<sim::Item>& before, const std::vector<sim::Item>& after,
                        std::uint64_t calls, const TextStyle& style);

}  // namespace albatross::cli
