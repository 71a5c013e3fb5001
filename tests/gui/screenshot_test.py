"""Renders every panel without user action and checks that the pictures are there, alike on a second run, and not blank.

Usage: screenshot_test.py PROGRAM [ARGUMENT...]
"""

import os
import struct
import subprocess
import sys
import tempfile
import zlib

import display

PANELS = ["topology", "story", "ladder", "inspector", "negotiation", "keys", "state"]
LOOKS = [["--lang", "en", "--theme", "dark"], ["--lang", "ja", "--theme", "light"],
         ["--text-scale", "200"], ["--text-scale", "300", "--lang", "ja"], ["--eavesdropper"], ["--show-help"]]


def size_and_variety(path):
    """Width and height of a PNG, and how many different octets its filtered rows hold."""
    with open(path, "rb") as file:
        octets = file.read()
    assert octets[:8] == b"\x89PNG\r\n\x1a\n", f"{path} is no PNG"
    width, height = struct.unpack(">II", octets[16:24])
    data, at = b"", 8
    while at < len(octets):
        length, kind = struct.unpack(">I4s", octets[at:at + 8])
        if kind == b"IDAT":
            data += octets[at + 8:at + 8 + length]
        at += 12 + length
    return width, height, len(set(zlib.decompress(data)))


def main():
    display.need("Xvfb")
    program = [os.path.abspath(sys.argv[1]), *sys.argv[2:]]
    failed = 0
    cases = [["--panel", panel] for panel in PANELS] + LOOKS
    with tempfile.TemporaryDirectory() as directory, display.Display("640x480") as screen:
        for number, case in enumerate(cases):
            pictures = []
            for attempt in ("first", "second"):
                path = os.path.join(directory, f"{number}-{attempt}.png")
                subprocess.run(program + case + ["--step", "60", "--size", "1600x1000", "--screenshot", path],
                               env=screen.environment, check=True)
                with open(path, "rb") as file:
                    pictures.append(file.read())
            width, height, variety = size_and_variety(path)
            good = (width, height) == (1600, 1000) and variety > 100 and pictures[0] == pictures[1]
            failed += not good
            print(f"{'ok     ' if good else 'FAILED '} {' '.join(case)}: {width}x{height}, variety {variety}, "
                  f"{'alike' if pictures[0] == pictures[1] else 'not alike'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
