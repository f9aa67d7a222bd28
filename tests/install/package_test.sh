#!/usr/bin/env bash
# The Debian package on a clean Debian 12, and the portable program on a system with nothing at all.
# By hand, as root, after ./dev package (./dev setup chroot installs debootstrap):
#
#   tests/install/package_test.sh [--library]
#
# --library also builds an example there against the installed library, with the packages that the
# package suggests and no others. Some two minutes, with --library four; needs a Debian mirror. Exit
# code 77 where it cannot be tried.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

skip() { echo "SKIPPED: $*"; exit 77; }
die() { echo "package test: $*" >&2; exit 1; }
say() { echo "--- $*"; }

[[ $EUID -eq 0 ]] || skip 'not root: a chroot needs it'
command -v debootstrap >/dev/null || skip 'there is no debootstrap (./dev setup chroot installs it)'
package=$(find build/packages -name 'albatross_*.deb' 2>/dev/null | head -n 1)
tarball=$(find build/packages -name 'albatross-*-linux-*.tar.gz' 2>/dev/null | head -n 1)
[[ -n $package && -n $tarball ]] || die 'there is no package: run ./dev package first'

folder=$(mktemp -d)
root=$folder/debian
simulator=

clean_up() {
  [[ -z $simulator ]] || kill "$simulator" 2>/dev/null || true
  umount "$root/proc" 2>/dev/null || true
  rm -rf "$folder"
}
trap clean_up EXIT

# enter FOLDER: sets `entered`, what goes in front of a command for that root; nobody's settings.
aws=()
enter() {
  entered=(env -i HOME=/tmp LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin
    DEBIAN_FRONTEND=noninteractive "${aws[@]}" "$(command -v chroot)" "$1")
}
# inside FOLDER COMMAND…
inside() {
  enter "$1"
  "${entered[@]}" "${@:2}"
}

# lives_a_whole_life FOLDER PROGRAM EXAMPLE: the program in that root deploys to its own simulator.
lives_a_whole_life() {
  local where=$1 program=$2 example=$3
  enter "$where"
  rm -f "$folder/sim.out"  # what the one before said
  "${entered[@]}" "$program" sim --times fast --speed 4 >"$folder/sim.out" 2>"$folder/sim.log" </dev/null &
  simulator=$!
  for _ in $(seq 100); do
    grep -q '^Open http' "$folder/sim.out" && break
    sleep 0.1
  done
  mapfile -t aws < <(sed -n 's/^export //p' "$folder/sim.out")
  inside "$where" "$program" deploy "$example" --quiet
  inside "$where" "$program" status web >/dev/null
  inside "$where" "$program" destroy web --yes --quiet | grep -q 'nothing is left'
  aws=()
  kill -INT "$simulator"
  wait "$simulator" || die 'the simulator failed'
  simulator=
  grep -q 'The account holds what it held at the start' "$folder/sim.out" || die 'something is left in the account'
  rm -rf "$where/tmp/.local"
}

# What a package may leave: the records of apt and dpkg, logs and caches.
files() { (cd "$root" && find . -xdev ! -type d ! -path './proc/*' ! -path './var/*' ! -name ld.so.cache | sort); }

say 'a clean Debian 12'
mirror=$(apt-get indextargets --format '$(SITE)' 'Identifier: Packages' 'Codename: bookworm' | head -n 1)
debootstrap --variant=minbase bookworm "$root" ${mirror:+"$mirror"} >"$folder/debootstrap.log" 2>&1 ||
  { tail -n 5 "$folder/debootstrap.log"; skip 'debootstrap failed'; }
mount -t proc proc "$root/proc"
inside "$root" apt-get update -q >/dev/null
files >"$folder/before"

say 'installing with apt'
cp "$package" "$root/tmp/albatross.deb"
inside "$root" apt-get install -y -q --no-install-recommends /tmp/albatross.deb >"$folder/apt.log" 2>&1 ||
  { cat "$folder/apt.log"; die 'it cannot be installed'; }
rm "$root/tmp/albatross.deb"
inside "$root" albatross --version
inside "$root" bash -c 'source /usr/share/bash-completion/completions/albatross && complete -p albatross' >/dev/null
for file in man/man1/albatross.1.gz man/man1/albatross-deploy.1.gz zsh/vendor-completions/_albatross \
  fish/vendor_completions.d/albatross.fish doc/albatross/examples/web.yaml; do
  [[ -s $root/usr/share/$file ]] || die "there is no /usr/share/$file"
done
for page in "$root"/usr/share/man/man1/albatross*.gz; do gzip -t "$page"; done
lives_a_whole_life "$root" albatross /usr/share/doc/albatross/examples/web.yaml
say 'ok: it deploys, shows and destroys'

if [[ ${1-} == --library ]]; then
  say 'building an example there'
  suggested=$(dpkg-deb -f "$package" Suggests | tr -d ',')
  # shellcheck disable=SC2086  # several words
  inside "$root" apt-get install -y -q --no-install-recommends make $suggested >"$folder/apt.log" 2>&1 ||
    { tail "$folder/apt.log"; die 'what it suggests cannot be installed'; }
  inside "$root" bash -c 'cmake -S /usr/share/doc/albatross/examples/test_with_simulator -B /tmp/build >/dev/null &&
    cmake --build /tmp/build >/tmp/build/log 2>&1 || { tail /tmp/build/log; exit 1; }
    /tmp/build/simulated_deploy_test'
  rm -rf "$root/tmp/build"
  # shellcheck disable=SC2086
  inside "$root" apt-get purge -y -q --autoremove make $suggested >/dev/null 2>&1
  say 'ok: the library works'
fi

say 'removing it'
inside "$root" apt-get purge -y -q --autoremove albatross >/dev/null 2>&1
left=$(comm -13 "$folder/before" <(files))
[[ -z $left ]] || die "this is left: $left"
say 'ok: nothing is left'

say 'the portable program, on a system with nothing'
mkdir -p "$folder/nothing/tmp"
tar -C "$folder/nothing" -xzf "$tarball" --strip-components=1
inside "$folder/nothing" /bin/albatross --version
lives_a_whole_life "$folder/nothing" /bin/albatross /share/doc/albatross/examples/web.yaml
say 'ok: it deploys, shows and destroys there too'
