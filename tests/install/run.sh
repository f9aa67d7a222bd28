#!/usr/bin/env bash
# Installs into a folder of its own, then builds and runs what knows only that folder: a small consumer
# and every example for embedders, against the installed simulator.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

prefix=$PWD/build/install
trees=$PWD/build/install-consumers
scratch=$(mktemp -d)
simulator=

clean_up() {
  [[ -z $simulator ]] || kill "$simulator" 2>/dev/null || true
  rm -rf "$scratch"
}
trap clean_up EXIT

die() { printf 'install test: %s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "--- $*"; }

# outside FOLDER: that project, configured and built with nothing but the installed package.
outside() {
  local tree=$trees/${1##*/}
  say "building $1"
  cmake -S "$1" -B "$tree" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
  cmake --build "$tree"
}

# shows PATTERN COMMAND…: the command succeeds and prints a line that matches.
shows() {
  local pattern=$1 output
  shift
  output=$("$@" 2>&1) || die "failed: $* : $output"
  grep -qE "$pattern" <<<"$output" || die "no $pattern in what $* printed: $output"
  say "ok: ${*##*/} ($pattern)"
}

start_simulator() {
  "$prefix/bin/albatross" sim --times fast --speed 4 --ready-file "$scratch/url" >"$scratch/sim.out" \
    2>"$scratch/sim.log" </dev/null &
  simulator=$!
  for _ in $(seq 200); do
    [[ -s $scratch/url ]] && return
    sleep 0.05
  done
  die 'the simulator did not start'
}

rm -rf "$prefix" "$trees"
./dev install "$prefix"
shows '^albatross [0-9]' "$prefix/bin/albatross" --version
for project in tests/install examples/*/; do
  outside "${project%/}"
done

# Nobody's own settings take part.
while read -r name; do unset "$name"; done < <(compgen -e | grep -E '^(AWS|ALBATROSS)_' || true)
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
start_simulator
eval "$(grep '^export ' "$scratch/sim.out")"

shows '123456789012' "$trees/install/consumer"

body='Action=GetCallerIdentity&Version=2011-06-15'
"$trees/sign_request/sign_request" sts us-east-1 "${AWS_ENDPOINT_URL#http://}" "$body" >"$scratch/headers"
shows '<Account>123456789012</Account>' curl -sS --fail -H "@$scratch/headers" -d "$body" "$AWS_ENDPOINT_URL/"

deploy=$trees/deploy_with_progress/deploy_with_progress
status=0
timeout --preserve-status -s INT 0.4 "$deploy" examples/web.yaml "$scratch/state.db" \
  >"$scratch/interrupted" 2>&1 || status=$?
[[ $status -eq 1 ]] || die "an interrupted run ended with $status: $(cat "$scratch/interrupted")"
shows 'interrupted; run the same again' cat "$scratch/interrupted"
shows '^dns_name: web-alb-' "$deploy" examples/web.yaml "$scratch/state.db"
shows '^i-[0-9a-f]+  t3\.micro' "$trees/call_ec2/call_ec2" albatross:stack=web
shows '^i-[0-9a-f]+$' "$trees/replay_in_tests/record_automation" "$scratch/recording" web 2
shows 'load_balancer +resource_gone' "$deploy" --destroy web "$scratch/state.db"
[[ -z $("$trees/call_ec2/call_ec2" albatross:stack=web) ]] || die 'instances are left'

shows 'ok: and the parameter is named' "$trees/replay_in_tests/automation_test" examples/replay_in_tests/recording
shows 'ok: it waited between' "$trees/replay_in_tests/automation_test" examples/replay_in_tests/recording
shows 'ok: no load balancer is left' "$trees/test_with_simulator/simulated_deploy_test"

kill -INT "$simulator"
wait "$simulator" || die 'the simulator failed'
simulator=
shows 'The account holds what it held at the start' cat "$scratch/sim.out"
