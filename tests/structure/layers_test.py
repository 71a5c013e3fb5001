"""The layers of docs/architecture.md: a folder includes what stands above it in the list, never what stands below."""

import pathlib
import re
import sys

LAYERS = [
    "engine/base",
    "engine/crypto",
    "engine/wire",
    "engine/esp",
    "engine/ike",
    "engine/ikev1",
    "sim/core",
    "sim/trace",
    "sim/net",
    "sim/nodes",
    "sim/scenario",
    "viz/model",
    "viz/text",
    "viz/export",
    "viz/gui",
    "viz/cli",
]
# The daemon (engine/ike) hands each message to the version that it is of, and the versions use what they share in engine/ike.
ALLOWED_UPWARDS = {("engine/ike", "engine/ikev1")}
# The layers that may not know of files, sockets or clocks.
SANS_IO = re.compile(r'#include <(fstream|filesystem|iostream|sys/.*|netinet/.*|arpa/.*|unistd\.h|ctime|thread|mutex)>')
INCLUDE = re.compile(r'#include "((?:engine|sim|viz)/[a-z0-9_]+)/')


def main(root: pathlib.Path) -> int:
    problems = []
    for top in ("engine", "sim", "viz"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            relative = path.relative_to(root)
            layer = "/".join(relative.parts[:2])
            if layer not in LAYERS:
                problems.append(f"{relative}: the folder {layer} is in no layer")
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found = INCLUDE.search(line)
                if found:
                    other = found.group(1)
                    if other not in LAYERS:
                        problems.append(f"{relative}:{number}: includes {other}, which is in no layer")
                    elif LAYERS.index(other) > LAYERS.index(layer) and (layer, other) not in ALLOWED_UPWARDS:
                        problems.append(f"{relative}:{number}: {layer} may not include {other}")
                if top == "engine" and SANS_IO.search(line):
                    problems.append(f"{relative}:{number}: the engine knows no files, sockets or clocks: {line.strip()}")
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
