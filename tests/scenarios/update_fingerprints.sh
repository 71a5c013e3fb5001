#!/bin/sh
# Puts the fingerprints of the scenario library on record: scenarios/fingerprints.json.
# Usage: tests/scenarios/update_fingerprints.sh BUILD_DIRECTORY
set -eu
build=${1:?usage: update_fingerprints.sh BUILD_DIRECTORY}
cmake --build "$build" --target scenario_library
program=$(find "$build" -type f -name scenario_library -perm -u+x | head -n 1)
TUNNELWALK_UPDATE_FINGERPRINTS=1 "$program"
