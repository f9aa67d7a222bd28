#include "orchestrator/failure.hpp"

#include "albatross/clients/credentials_provider.hpp"
#include "albatross/runtime/concurrency.hpp"

namespace albatross {
namespace {

bool is_access_problem(ErrorClass error_class) {
  return error_class == ErrorClass::credentials || error_class == ErrorClass::expired ||
         error_class == ErrorClass::permission;
}

void fill_from(const ApiError& error, Failure& failure) {
  failure.code = error.code();
  failure.message = error.message();
  failure.request_id = error.request_id();
  failure.retryable = error.retryable();
  failure.hint = hint_for(error.details());
  failure.access_denied = is_access_problem(error.error_class());
}

}  // namespace

bool lacks_capacity(const Failure& failure) {
  if (failure.code == "InsufficientFreeAddressesInSubnet") return true;
  if (classify_error(Service::ec2, failure.code, failure.message, 0) == ErrorClass::capacity) {
    return true;
  }
  // An instance that ended by itself, whatever it is called on its way to its end.
  return failure.message.find("Server.InsufficientInstanceCapacity") != std::string::npos;
}

bool token_is_spent(const ApiError& error) {
  return error.code() == "IdempotentInstanceTerminated" ||
         error.code() == "IdempotentParameterMismatch";
}

NodeFailed cannot_change(const ResourceRecord& record, const std::string& asked) {
  Failure failure;
  failure.doing = "updating " + record.node;
  failure.node = record.node;
  failure.resource = record.id;
  failure.code = "CannotChange";
  failure.message = "an existing " + record.kind + " stays as it is; asked was " + asked;
  failure.hint =
      "Put the old value back, or destroy the stack (with all that it holds) and deploy it again.";
  return NodeFailed(std::move(failure));
}

Failure describe_failure(const std::exception_ptr& error, const std::string& doing) {
  Failure failure;
  failure.doing = doing;
  try {
    std::rethrow_exception(error);
  } catch (const NodeFailed& known) {
    return known.failure();
  } catch (const ApiError& api) {
    fill_from(api, failure);
  } catch (const CredentialsError& credentials) {
    failure.code = "NoCredentials";
    failure.message = credentials.what();
    failure.hint = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.";
    failure.access_denied = true;
  } catch (const DeadlineExceeded&) {
    failure.code = "Timeout";
    failure.message = "no answer in time";
    failure.retryable = true;
  } catch (const std::exception& other) {
    failure.code = "Error";
    failure.message = other.what();
  }
  return failure;
}

Failure describe_failure(const std::exception_ptr& error, const std::string& doing,
                         const ResourceRecord& record) {
  Failure failure = describe_failure(error, doing + " " + record.node);
  if (failure.node.empty()) failure.node = record.node;
  if (failure.resource.empty()) {
    failure.resource = record.id.empty() ? record.property("name") : record.id;
  }
  return failure;
}

}  // namespace albatross
