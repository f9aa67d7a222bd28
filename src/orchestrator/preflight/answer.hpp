#pragma once

#include "albatross/clients/api_error.hpp"
#include "albatross/clients/credentials_provider.hpp"

#include "orchestrator/preflight/preflight.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

// The bodies of what AccountQuestions asks everything with.

namespace albatross {

/// What AWS says of a name that is none. Another error may only mean that the question is not
/// understood where it was asked, and proves nothing. Pure.
inline bool denies_existence(const ApiError& error) {
  constexpr std::array<std::string_view, 3> fronts{"InvalidInstanceType", "InvalidAMIID",
                                                   "InvalidKeyPair"};
  return error.error_class() == ErrorClass::not_found ||
         std::any_of(fronts.begin(), fronts.end(),
                     [&](std::string_view front) { return error.code().starts_with(front); });
}

/// An answer, or that there is no such thing; everything else is noted as missed.
template <class T>
Task<Asked<T>> AccountQuestions::answer(Task<T> call, std::string what, std::string action) {
  Asked<T> out;
  std::string code;
  bool denied = false;
  try {
    T value = co_await std::move(call);
    out.found.emplace(std::move(value));
  } catch (const ApiError& error) {
    out.missing = denies_existence(error);
    denied = error.error_class() == ErrorClass::permission;
    code = error.code();
  } catch (const CredentialsError&) {
    code = "NoCredentials";
  }
  if (!out.found && !out.missing)
    missed_.push_back({std::move(what), std::move(action), std::move(code), denied});
  co_return out;
}

}  // namespace albatross
