# How everything of ours is compiled. Third parties are not held to it.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Hits across clones (paths under the source folder are taken as relative), and correct with
  # precompiled headers (ccache then hashes what went into them, not the binary).
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
    ${CCACHE_PROGRAM})
endif()

add_library(albatross_compiler INTERFACE)
add_library(albatross::compiler ALIAS albatross_compiler)
target_compile_options(albatross_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Werror -fno-omit-frame-pointer)
# Requests are aggregates built with designated initialisers: what is not named is not sent.
target_compile_options(albatross_compiler INTERFACE -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # The optimiser takes a coroutine frame's allocation and release for a mismatch (GCC bug 109224).
  target_compile_options(albatross_compiler INTERFACE -Wno-mismatched-new-delete)
  # GCC 12's flow warnings are wrong about optimised std::string and coroutine frames (GCC bugs
  # 105329, 105651); the sanitizers and clang watch over what they are for.
  target_compile_options(albatross_compiler INTERFACE
    "$<$<NOT:$<CONFIG:Debug>>:-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow;-Wno-stringop-overread>"
    "$<$<NOT:$<CONFIG:Debug>>:-Wno-maybe-uninitialized;-Wno-dangling-pointer;-Wno-free-nonheap-object>")
endif()
if(ALBATROSS_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # clang places a coroutine's prologue data in another section than its resume part.
    add_compile_options(-fno-sanitize=function)
  endif()
endif()
if(ALBATROSS_COVERAGE OR ALBATROSS_BUILD_FUZZERS)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "coverage and libFuzzer are clang's: configure with the preset checked")
  endif()
endif()
if(ALBATROSS_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()
if(ALBATROSS_BUILD_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(ALBATROSS_PRECOMPILE AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # The same headers make the same bytes, for ccache. The standard library's own suppressions do not
  # get through a precompiled header: std::stable_sort would be told off for its temporary buffer.
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp" -Wno-deprecated-declarations)
endif()
