#!/usr/bin/env bash
# make_pictures.sh ALBATROSS: makes docs/images anew, from the program itself at work against its
# simulator with AWS's real times. Takes some twenty minutes, most of them waiting, and needs
# ./dev setup pictures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=$(mktemp -d)
mkdir "$folder/bin"
ln -s "$(realpath "$1")" "$folder/bin/albatross"
cp -r examples "$folder"
simulator=

clean_up() {
  tmux -S "$folder/tmux" kill-server 2>/dev/null || true
  [[ -z $simulator ]] || kill "$simulator" 2>/dev/null || true
  rm -rf "$folder"
}
trap clean_up EXIT

in_terminal() { tmux -S "$folder/tmux" "$@"; }
screen() { in_terminal capture-pane -p -e -t picture; }

# until_shown PATTERN: the terminal shows it; at most six minutes.
until_shown() {
  for _ in $(seq 3600); do
    screen | grep -qE "$1" && return
    sleep 0.1
  done
  echo "never shown: $1" >&2
  screen >&2
  exit 1
}

# Nobody's own settings take part.
while read -r name; do unset "$name"; done < <(compgen -e | grep -E '^(AWS|ALBATROSS)_' || true)
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export PATH=$folder/bin:$PATH LC_ALL=C.UTF-8 ALBATROSS_STATE_DIR=$folder/state
cd "$folder"
albatross sim --times realistic --ready-file url >sim.out 2>sim.log </dev/null &
simulator=$!
until [[ -s url ]]; do sleep 0.1; done
eval "$(grep '^export ' sim.out)"

# Three runs from which the program learns how long things take.
for _ in 1 2 3; do
  albatross deploy examples/ai-stack.yaml --quiet >/dev/null
  albatross destroy ai-stack --yes --no-drain --quiet >/dev/null
done

in_terminal -f /dev/null new-session -d -s picture -x 80 -y 26 "env PS1='$ ' bash --norc --noprofile"
in_terminal set -g status off
in_terminal send-keys -t picture 'clear; albatross deploy examples/ai-stack.yaml' Enter
until_shown '✔.*Launching instances'
albatross sim ctl service app.1 --port 11434 --hang >/dev/null
until_shown 'Target.Timeout'
sleep 2
# The command as it was typed, without the clear.
{ printf '$ albatross deploy examples/ai-stack.yaml\n'; screen | sed '/^\$ clear/d'; } >screen
albatross sim ctl service app.1 --port 11434 --start >/dev/null
until_shown 'Ready in'

albatross report ai-stack -o report.html >/dev/null
chromium --headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars \
  --user-data-dir="$folder/browser" --host-resolver-rules='MAP * ~NOTFOUND' \
  --blink-settings=preferredColorScheme=1 --window-size=1000,860 --screenshot="$folder/report.png" \
  "file://$folder/report.html" >/dev/null 2>&1
cd - >/dev/null
mkdir -p docs/images
python3 -B tools/terminal_picture.py 'albatross deploy' <"$folder/screen" >docs/images/deploy.svg
cp "$folder/report.png" docs/images/report.png
ls -l docs/images
