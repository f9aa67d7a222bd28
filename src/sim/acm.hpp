#pragma once

#include "sim/core/action.hpp"

#include <string>
#include <string_view>

namespace albatross::sim {

enum class CertificateFound { usable, not_issued, absent };

/// Whether a listener may use that certificate. One that was never asked for here but whose ARN is
/// of this region counts as issued, so that a stack file with a real ARN works.
CertificateFound look_up_certificate(const World& world, std::string_view arn, TimePoint now);

}  // namespace albatross::sim
