#include "clients/operation.hpp"

#include "albatross/clients/api_error.hpp"

namespace albatross::wire {

void throw_malformed(Service service, std::string_view action, Repeat repeat,
                     const http::Response& answer, std::string_view what) {
  ApiError::Details details;
  details.service = service;
  details.action = action;
  details.code = "Response.malformed";
  details.message = "the answer says success, but cannot be understood: " + std::string(what);
  details.request_id = answer.headers.find("x-amzn-requestid").value_or("");
  details.http_status = answer.status;
  details.error_class = repeat == Repeat::read ? ErrorClass::transient : ErrorClass::invalid;
  details.may_have_taken_effect = true;
  throw ApiError(std::move(details));
}

}  // namespace albatross::wire
