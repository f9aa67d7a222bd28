# What nearly every file includes, parsed once for the layers and once for the tests: a third of the
# compile time. Only third parties' and the standard library's headers, so that none of our edits
# touches it. Off for clang and dev builds, which show that each file includes what it uses.
set(albatross_precompiled
  <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <set> <span> <sstream>
  <stdexcept> <string> <string_view> <utility> <variant> <vector>
  <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>)

# albatross_precompile(TARGET FIRST [HEADER...]): TARGET uses the headers precompiled for FIRST, and
# FIRST, when it is TARGET, has them precompiled. All of them are compiled with the same options.
function(albatross_precompile target first)
  if(NOT ALBATROSS_PRECOMPILE)
    return()
  elseif(target STREQUAL first)
    target_precompile_headers(${target} PRIVATE ${albatross_precompiled} ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${first})
  endif()
endfunction()
