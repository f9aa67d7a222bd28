#pragma once

#include <cstddef>

namespace albatross::test {

#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
inline constexpr bool slow_build = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool slow_build = true;
#else
inline constexpr bool slow_build = false;
#endif
#else
inline constexpr bool slow_build = false;
#endif

/// How much of what can be done at length a test does: all of it in an optimised build, less where
/// each step is twenty times slower (sanitised or unoptimised), so that it ends in minutes there.
constexpr std::size_t effort(std::size_t whole, std::size_t where_slow) {
  return slow_build ? where_slow : whole;
}

}  // namespace albatross::test
