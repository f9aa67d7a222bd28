#pragma once

#include <stdexcept>

namespace albatross::wire {

/// A successful answer that is not what the API promises. Inside the codecs only: the operations
/// turn it into ApiError "Response.malformed".
class Malformed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace albatross::wire
