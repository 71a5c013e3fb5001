#!/bin/sh
# Renews the pictures of the documentation: docs/screenshots/make.sh PATH-OF-TUNNELWALK
# Needs Xvfb. The same program and the same Mesa give the same octets.
set -eu
program=${1:-build/tunnelwalk}
folder=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$folder/../.." && pwd)
command -v Xvfb >/dev/null || { echo "Xvfb is not installed" >&2; exit 1; }

fifo=$(mktemp -u)
mkfifo "$fifo"
Xvfb -displayfd 3 -screen 0 640x480x24 -nolisten tcp 3>"$fifo" 2>/dev/null &
server=$!
trap 'kill $server; rm -f "$fifo"' EXIT
read -r number <"$fifo"
export DISPLAY=":$number"

# picture NAME SCENARIO STEP [OPTION...]
picture() {
  name=$1; scenario=$2; step=$3; shift 3
  "$program" view "$root/scenarios/$scenario.json" --step "$step" --size 1600x1000 --screenshot "$folder/$name.png" "$@"
  echo "docs/screenshots/$name.png"
}
