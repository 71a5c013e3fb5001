#!/usr/bin/env bash
# Builds tunnelwalk and starts it: without arguments the window on the article's scenario (or, without a display, the walk
# as text and the exports); with arguments, `tunnelwalk ARGUMENTS`.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$root/build/release
# shellcheck source=cmake/debian_packages.sh
source "$root/cmake/debian_packages.sh"

install_missing "${build_packages[@]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { { [ -f "$build/build.ninja" ] || cmake -S "$root" --preset release; } && cmake --build "$build"; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "The build failed; its output is above." >&2
  exit 1
fi

tunnelwalk=$build/tunnelwalk
if [ $# -gt 0 ]; then
  status=0
  "$tunnelwalk" "$@" || status=$?
  exit "$status"
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  if "$tunnelwalk" view; then exit 0; fi
  echo "The window could not be opened; here is the walk as text."
fi
"$tunnelwalk" run aws-yamaha
out=$root/exports/aws-yamaha
"$tunnelwalk" export aws-yamaha --to "$out"
echo "No display: the walk is printed above; captures, diagrams and texts are in ${out#"$PWD"/}"
