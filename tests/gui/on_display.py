"""Runs a command on a virtual display of its own. Usage: on_display.py PROGRAM [ARGUMENT...]"""

import subprocess
import sys

import display


def main():
    display.need("Xvfb")
    with display.Display() as screen:
        return subprocess.run(sys.argv[1:], env=screen.environment).returncode


if __name__ == "__main__":
    sys.exit(main())
