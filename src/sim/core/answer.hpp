#pragma once

#include "albatross/http/message.hpp"

#include "sim/core/action.hpp"

#include <string>
#include <string_view>

namespace albatross::sim {

/// Writes what comes before the members, so that the answer is written once, in place.
void begin_answer(const Service& service, std::string_view action, Call& call,
                  const std::string& request_id);
/// Wraps what a handler wrote into the response of its protocol.
http::Response render_success(const Service& service, std::string_view action, Call& call,
                              const std::string& request_id);
/// The error in the form, and with the status, that the service gives that code.
http::Response render_error(const Service& service, const ApiError& error,
                            const std::string& request_id);
/// An HTML page with a bare status, as a proxy in front of the service answers.
http::Response render_html(int status);
/// The status that the service uses for this code.
int status_of(const Service& service, const ApiError& error);
std::string_view reason_phrase(int status);
/// A JSON string literal, quotes included.
std::string json_string(std::string_view text);

}  // namespace albatross::sim
