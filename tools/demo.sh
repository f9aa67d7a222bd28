#!/usr/bin/env bash
# What ./dev demo shows: a simulated AWS as its own process, a whole stack deployed to it over signed
# HTTP, and taken down again. usage: demo.sh PATH_OF_ALBATROSS [STACK_FILE]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

albatross=$PWD/${1#"$PWD/"}
stack_file=${2-examples/ai-stack.yaml}
folder=$(mktemp -d)
simulator=

clean_up() {
  if [[ -n $simulator ]]; then
    kill "$simulator" 2>/dev/null || true
    wait "$simulator" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# show COMMAND…: the command as a user would type it, then what it prints.
show() {
  printf '\n$ albatross %s\n' "$*"
  "$albatross" "$@"
}

start_simulator() {
  "$albatross" sim --port 0 --times fast --ready-file "$folder/url" \
    >"$folder/exports" 2>"$folder/sim.log" </dev/null &
  simulator=$!
  local waited=0
  until [[ -s $folder/url ]]; do
    if ! kill -0 "$simulator" 2>/dev/null || ((waited++ >= 200)); then
      cat "$folder/sim.log" >&2
      echo 'demo: the simulator did not start' >&2
      exit 1
    fi
    sleep 0.05
  done
}

# Everything that the simulated account holds, a line each (the simulator's control endpoint).
inventory() {
  local address=${AWS_ENDPOINT_URL#http://}
  exec 3<>"/dev/tcp/${address%:*}/${address##*:}"
  printf 'GET /_albatross/state HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$address" >&3
  tr ',' '\n' <&3 | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | sort
  exec 3>&-
}

# What AWS releases after it has answered (a load balancer's network interfaces) has a few seconds.
expect_inventory() {
  local wanted=$1 now
  for _ in $(seq 50); do
    now=$(inventory)
    [[ $now == "$wanted" ]] && return
    sleep 0.1
  done
  echo 'demo: this is not as it was before:' >&2
  diff <(echo "$wanted") <(echo "$now") >&2 || true
  return 1
}

# Nobody's own settings take part: not their profile, not their credentials, not their state.
while read -r name; do unset "$name"; done < <(compgen -e | grep -E '^(AWS|ALBATROSS)_' || true)
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export ALBATROSS_STATE_DIR=$folder/state

printf 'Starting a simulated AWS on this machine\n$ albatross sim\n'
start_simulator
grep '^export ' "$folder/exports"
eval "$(grep '^export ' "$folder/exports")"

name=$(sed -n 's/^name: *\([A-Za-z0-9-]*\).*/\1/p' "$stack_file" | head -n 1)
before=$(inventory)
show deploy "$stack_file"
show status "$name"
show destroy "$name" --yes
show list

expect_inventory "$before"
printf '\nThe account holds what it held before (%d things, those of a new account), and nothing else.\n' \
  "$(wc -l <<<"$before")"
