#!/usr/bin/env bash
# Installs into a folder of its own, then builds and runs a program that knows only that folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

prefix=$PWD/build/install
tree=$PWD/build/install-consumer
rm -rf "$prefix" "$tree"
./dev install "$prefix"
cmake -S tests/install -B "$tree" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
cmake --build "$tree"
"$tree/consumer"
"$prefix/bin/albatross" --version
