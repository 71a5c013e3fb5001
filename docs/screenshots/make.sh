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

# step SCENARIO PATTERN [N]: the step of the N-th story (the first) whose title begins with PATTERN, and what lies
# behind that in the line.
step() {
  found=$("$program" run "$root/scenarios/$1.json" --json | grep "\"story\":{\"title\":\"$2" | sed -n "${3:-1}p" |
    sed 's/^{"step":\([0-9]*\),.*/\1/')
  [ -n "$found" ] || { echo "no step of $1 is called $2" >&2; exit 1; }
  echo "$found"
}

main_mode_5=$(step aws-yamaha 'Main Mode 5: ')
esp=$(step aws-yamaha 'Internet passes an ESP')
picture overview aws-yamaha "$esp"
picture inspector aws-yamaha "$main_mode_5" --panel inspector --theme light
picture question aws-yamaha "$main_mode_5" --panel story
picture negotiation ikev1-group-mismatch "$(step ikev1-group-mismatch 'Informational')" --panel negotiation
picture keys aws-yamaha "$main_mode_5" --panel keys
picture state aws-yamaha "$(step aws-yamaha 'Quick Mode 3: ')" --panel state
picture failure ikev1-psk-mismatch "$(step ikev1-psk-mismatch 'Main Mode 5: ')" --panel inspector
picture eavesdropper aws-yamaha "$main_mode_5" --eavesdropper
picture japanese aws-yamaha "$(step aws-yamaha 'Quick Mode 1: ')" --lang ja --panel inspector
picture large-text aws-yamaha "$main_mode_5" --text-scale 200 --panel ladder
picture help aws-yamaha "$main_mode_5" --show-help
