"""A virtual display (Xvfb) and a window on it, for the tests of the window."""

import json
import os
import shutil
import subprocess
import sys
import time

SKIP = 77  # What CTest takes for "skipped".


def need(*programs):
    """Ends the test as skipped, with a message, where a program is missing."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        print("skipped: not installed: " + ", ".join(missing))
        sys.exit(SKIP)


class Display:
    """An Xvfb of its own, on a number that is free."""

    def __init__(self, size="1600x1000"):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size + "x24", "-nolisten", "tcp"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.environment = dict(os.environ, DISPLAY=":" + number)
        self.environment.pop("WAYLAND_DISPLAY", None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()


class Window:
    """The window under test: events go in through xdotool, its state comes out as JSON."""

    def __init__(self, display, command, directory):
        self.environment = display.environment
        self.state_file = os.path.join(directory, "state.json")
        self.process = subprocess.Popen(command + ["--state-file", self.state_file, "--reduce-motion"],
                                        env=self.environment, cwd=directory)
        self.wait_for(lambda state: True, "the window to open", 60)
        self.xdotool("search", "--sync", "--name", "tunnelwalk", "windowfocus", "--sync")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def xdotool(self, *arguments):
        subprocess.run(["xdotool", *[str(argument) for argument in arguments]], env=self.environment, check=True,
                       stdout=subprocess.DEVNULL)

    def key(self, *keys):
        self.xdotool("key", *keys)

    def click(self, x, y):
        self.xdotool("mousemove", x, y, "sleep", "0.1", "click", 1)

    def drag(self, x, y, to_x, to_y):
        self.xdotool("mousemove", x, y, "sleep", "0.2", "mousedown", 1, "sleep", "0.2", "mousemove", (x + to_x) // 2,
                     (y + to_y) // 2, "sleep", "0.1", "mousemove", to_x, to_y, "sleep", "0.3", "mouseup", 1)

    def state(self):
        try:
            with open(self.state_file, encoding="utf-8") as file:
                return json.load(file)
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def wait_for(self, condition, what, seconds=20):
        """The first state that meets the condition; fails the test if none does in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"waiting for {what}: the window ended with status {self.process.returncode}")
            state = self.state()
            if state is not None and condition(state):
                return state
            time.sleep(0.02)
        raise AssertionError(f"waited in vain for {what}; the state is {json.dumps(self.state())}")
