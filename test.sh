#!/usr/bin/env bash
# Builds and runs every test. `./test.sh quick` runs the g++ build's tests alone.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
# shellcheck source=cmake/debian_packages.sh
source "$root/cmake/debian_packages.sh"
install_missing "${build_packages[@]}" "${test_packages[@]}"

failed=()
step() { printf '\n== %s\n' "$1"; }

# build PRESET [TARGET]: configures and builds quietly; the output is shown when it fails.
build() {
  local preset=$1 target=${2:-all} log
  log=$(mktemp)
  if ! { cmake --preset "$preset" && cmake --build "build/$preset" --target "$target"; } >"$log" 2>&1; then
    cat "$log"
    rm -f "$log"
    echo "The build '$preset' failed."
    return 1
  fi
  rm -f "$log"
}

# check NAME COMMAND...: runs a check and remembers its failure.
check() {
  local name=$1
  shift
  "$@" || failed+=("$name")
}

step "g++: build and all tests"
if build dev; then
  check "tests with g++" ctest --test-dir build/dev --output-on-failure --parallel 2
else
  failed+=("build with g++")
fi

if [ "${1:-}" != quick ]; then
  step "format"
  check "clang-format" tests/format.sh

  step "clang++: build, unit tests and the same fingerprints"
  if build clang; then
    check "tests with clang++" ctest --test-dir build/clang --output-on-failure --parallel 2 -L 'unit|scenario'
  else
    failed+=("build with clang++")
  fi

  step "AddressSanitizer and UndefinedBehaviorSanitizer"
  if build asan; then
    check "tests with sanitizers" ctest --test-dir build/asan --output-on-failure --parallel 2 -L 'unit|scenario|cli'
  else
    failed+=("build with sanitizers")
  fi
fi

if [ ${#failed[@]} -gt 0 ]; then
  printf '\nFAILED: %s\n' "${failed[@]}"
  exit 1
fi
printf '\nAll tests passed.\n'
