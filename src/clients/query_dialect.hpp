#pragma once

#include <cstdint>

namespace albatross::wire {

/// The two forms of AWS's Query protocol. EC2 flattens its lists in requests ("VpcId.1" where the
/// others say "Subnets.member.1") and starts the names of its answers with a lower-case letter.
enum class QueryDialect : std::uint8_t { ec2, query };

}  // namespace albatross::wire
