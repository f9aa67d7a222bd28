#!/usr/bin/env bash
# portable_tarball.sh BUILD_TREE FOLDER: a tarball of the portable program (cmake/Program.cmake) with its
# manual pages, completions and examples.
set -euo pipefail
tree=$1 folder=$2
version=$("$tree/portable/albatross" --version | awk '{ print $2 }')
name=albatross-$version-linux-$(uname -m)
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT

cmake --install "$tree" --component program --prefix "$staging/$name" >/dev/null
strip -o "$staging/$name/bin/albatross" "$tree/portable/albatross"
mkdir -p "$folder"
tar -C "$staging" --sort=name --owner=0 --group=0 --numeric-owner -czf "$folder/$name.tar.gz" "$name"

if readelf -d "$staging/$name/bin/albatross" | grep NEEDED >&2; then
  echo 'portable_tarball: these libraries are not inside' >&2
  exit 1
fi
printf '%s: a program of %s that needs no library\n' "$folder/$name.tar.gz" \
  "$(du -h "$staging/$name/bin/albatross" | cut -f1)"
