#!/usr/bin/env bash
# make_pages.sh ALBATROSS FOLDER: the program's manual pages and completion scripts, written by itself.
set -euo pipefail
program=$1 folder=$2
rm -rf "$folder"
mkdir -p "$folder/man1"
"$program" man >"$folder/man1/albatross.1"
for command in $("$program" man | sed -n 's/^.*See \\fBalbatross\\-\([a-z]*\)\\fR(1)\.$/\1/p'); do
  "$program" man "$command" >"$folder/man1/albatross-$command.1"
done
gzip -9n "$folder"/man1/*.1
"$program" completion bash >"$folder/albatross.bash"
"$program" completion zsh >"$folder/_albatross"
"$program" completion fish >"$folder/albatross.fish"
