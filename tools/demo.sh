#!/usr/bin/env bash
# What ./dev demo shows: a simulated AWS as its own process, a whole stack deployed to it over signed
# HTTP, looked at by Albatross and by AWS's own client, and taken down again without a trace.
# usage: demo.sh PATH_OF_ALBATROSS [STACK_FILE]
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

die() { printf 'demo: %s\n' "$*" >&2; exit 1; }
say() { printf '\n%s\n' "$*"; }

# show COMMAND…: the command as a user would type it, then what it prints.
show() {
  printf '\n$ albatross %s\n' "$*"
  "$albatross" "$@"
}

start_simulator() {
  "$albatross" sim --times fast --ready-file "$folder/url" >"$folder/sim.out" 2>"$folder/sim.log" \
    </dev/null &
  simulator=$!
  local waited=0
  until [[ -s $folder/url ]]; do
    if ! kill -0 "$simulator" 2>/dev/null || ((waited++ >= 200)); then
      cat "$folder/sim.log" >&2
      die 'the simulator did not start'
    fi
    sleep 0.05
  done
}

# Ends the simulator and shows what it says of its account, compared with the start.
stop_simulator() {
  kill -INT "$simulator"
  wait "$simulator" || die 'the simulator failed'
  simulator=
  sed -n '/^Answered /,$p' "$folder/sim.out"
  grep -q 'The account holds what it held at the start' "$folder/sim.out" ||
    die 'something is left in the account'
}

# aws_elbv2 COMMAND QUERY [ARGUMENT…]: AWS's own client, pointed at the simulator.
aws_elbv2() {
  local command=$1 query=$2
  shift 2
  AWS_PAGER='' aws --endpoint-url "$AWS_ENDPOINT_URL" --output text elbv2 "$command" \
    --query "$query" "$@"
}

show_with_aws_cli() {
  if ! command -v aws >/dev/null; then
    say "(Without a look by AWS's own client: awscli is not installed.)"
    return
  fi
  say "The same seen by AWS's own client, $(aws --version 2>&1 | cut -d' ' -f1):"
  printf '$ aws elbv2 describe-load-balancers\n'
  aws_elbv2 describe-load-balancers 'LoadBalancers[].[LoadBalancerName,State.Code,DNSName]'
  printf '$ aws elbv2 describe-target-groups; aws elbv2 describe-target-health\n'
  local group health
  while read -r group; do
    health=$(aws_elbv2 describe-target-health \
      'TargetHealthDescriptions[].[Target.Id,TargetHealth.State]' --target-group-arn "$group")
    printf '%-24s %s\n' "$(cut -d/ -f2 <<<"$group")" "$(tr '\t\n' '  ' <<<"$health")"
    [[ $health == *$'\t'healthy* ]] || die "no healthy target in $group"
  done < <(aws_elbv2 describe-target-groups 'TargetGroups[].[TargetGroupArn]')
}

# Nobody's own settings take part: not their profile, not their credentials, not their state.
while read -r name; do unset "$name"; done < <(compgen -e | grep -E '^(AWS|ALBATROSS)_' || true)
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export ALBATROSS_STATE_DIR=$folder/state

printf 'First a simulated AWS on this machine, as a process of its own:\n\n'
printf '$ albatross sim --times fast\n'
start_simulator
head -n -1 "$folder/sim.out"
eval "$(grep '^export ' "$folder/sim.out")"

name=$(sed -n 's/^name: *\([A-Za-z0-9-]*\).*/\1/p' "$stack_file" | head -n 1)
show validate "$stack_file"
show deploy "$stack_file"
show status "$name"
show_with_aws_cli
show destroy "$name" --yes
show list

say 'The simulator is ended. Its last word:'
stop_simulator
say "All that was deployed is gone again. Next: README.md, and $stack_file."
