#pragma once

#include "albatross/clients/api_error.hpp"
#include "albatross/orchestrator/event.hpp"
#include "albatross/state/record.hpp"

#include <exception>
#include <stdexcept>
#include <string>

namespace albatross {

/// A node could not be brought where it should be.
class NodeFailed : public std::runtime_error {
 public:
  explicit NodeFailed(Failure failure)
      : std::runtime_error(failure.text()), failure_(std::move(failure)) {}
  const Failure& failure() const { return failure_; }

 private:
  Failure failure_;
};

/// Would another zone (or later) do? Said by AWS at once, or afterwards as the reason why an
/// instance ended by itself. Pure.
bool lacks_capacity(const Failure& failure);

/// Has AWS once made something for this idempotency token that has ended since, or that was asked
/// for otherwise? The token will never make another. Pure.
bool token_is_spent(const ApiError& error);

/// @param asked "encrypted: true -> false"
NodeFailed cannot_change(const ResourceRecord& record, const std::string& asked);

/// The failure that an exception stands for: an ApiError in full, anything else by its text.
/// @param doing "creating", "waiting for", "deleting"
Failure describe_failure(const std::exception_ptr& error, const std::string& doing,
                         const ResourceRecord& record);

/// The same without a node ("checking credentials").
Failure describe_failure(const std::exception_ptr& error, const std::string& doing);

}  // namespace albatross
