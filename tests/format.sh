#!/usr/bin/env bash
# Fails where a source file is not as clang-format would write it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
git ls-files '*.h' '*.cpp' | xargs clang-format --dry-run -Werror
