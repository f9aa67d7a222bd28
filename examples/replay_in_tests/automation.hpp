#pragma once

#include <albatross/clients/ec2.hpp>
#include <albatross/runtime/clock.hpp>
#include <string>
#include <vector>

/// The automation that is to be tested: waits until `count` instances of a stack run, looking every
/// ten seconds, and returns their ids. Knows nothing of recordings.
albatross::Task<std::vector<std::string>> wait_for_instances(albatross::ec2::Client& ec2,
                                                             albatross::Clock& clock,
                                                             std::string stack, std::size_t count);
