"""Drives the window with real key and mouse events under Xvfb and checks what it says of its state.

Usage: window_test.py PROGRAM [ARGUMENT...]: the window's program, with what it needs to open a trace.
"""

import os
import sys
import tempfile

import display

TESTS = []


def test(function):
    TESTS.append(function)
    return function


@test
def steps_by_message_event_and_phase(window):
    window.key("Home")
    window.wait_for(lambda s: s["step"] == 0, "the start")
    window.key("Right")
    first = window.wait_for(lambda s: s["step"] > 0, "the first message")["step"]
    window.key("Right")
    second = window.wait_for(lambda s: s["step"] > first, "the second message")["step"]
    window.key("Left")
    window.wait_for(lambda s: s["step"] == first, "the first message again")
    window.key("shift+Right")
    window.wait_for(lambda s: s["step"] == first + 1, "the next event")
    window.key("shift+Left")
    window.wait_for(lambda s: s["step"] == first, "the event before")
    window.key("ctrl+Right")
    window.wait_for(lambda s: s["step"] > second, "the next phase")
    window.key("End")
    window.wait_for(lambda s: s["step"] == s["steps"] - 1, "the end")
    window.key("Home")
    window.wait_for(lambda s: s["step"] == 0, "the start again")


@test
def plays_and_pauses(window):
    window.key("Home")
    window.wait_for(lambda s: s["step"] == 0, "the start")
    window.key("bracketright")
    window.wait_for(lambda s: s["speed"] == 200, "twice the speed")
    window.key("space")
    window.wait_for(lambda s: s["playing"], "playing")
    window.wait_for(lambda s: s["step"] >= 3, "some steps to be played")
    if window.state()["playing"]:
        window.key("space")
    window.wait_for(lambda s: not s["playing"], "the pause")
    window.key("bracketleft")
    window.wait_for(lambda s: s["speed"] == 100, "the usual speed")


@test
def focuses_panels_by_number_and_tab(window):
    for key, panel in zip("12345678", ["topology", "story", "ladder", "inspector", "negotiation", "keys", "state",
                                       "transport"]):
        window.key(key)
        window.wait_for(lambda s, panel=panel: s["focus"] == panel, panel)
    window.key("Tab")
    window.wait_for(lambda s: s["focus"] == "topology", "Tab to go around")
    window.key("shift+Tab")
    window.wait_for(lambda s: s["focus"] == "transport", "Shift Tab to go back")


@test
def walks_the_ladder_with_the_arrow_keys(window):
    window.key("Home")
    window.key("3")
    before = window.wait_for(lambda s: s["focus"] == "ladder" and s["step"] == 0, "the ladder")["step"]
    window.key("Down")
    second = window.wait_for(lambda s: s["step"] > before, "the next row")["step"]
    window.key("Down", "Down")
    window.wait_for(lambda s: s["step"] > second, "rows further down")
    window.key("Up", "Up")
    window.wait_for(lambda s: s["step"] == second, "two rows up")


@test
def selects_fields_by_key(window):
    window.key("Home", "Right", "4")
    root = window.wait_for(lambda s: s["focus"] == "inspector" and s["field"], "the inspector")["field"]
    window.key("Down")
    below = window.wait_for(lambda s: s["field"] != root, "the next field")["field"]
    window.key("Up")
    window.wait_for(lambda s: s["field"] != below, "the field before")


@test
def switches_between_wire_and_decrypted(window):
    window.key("Home", "4")
    # The fifth message of main mode is the first encrypted one.
    for _ in range(30):
        window.key("Right")
        if window.wait_for(lambda s: True, "a state")["buffer"] == 1:
            break
    window.wait_for(lambda s: s["buffer"] == 1, "an encrypted message, shown decrypted")
    window.key("w")
    window.wait_for(lambda s: s["buffer"] != 1, "the other view")


@test
def selects_rows_and_fields_with_the_mouse(window):
    window.key("Home", "3")
    before = window.wait_for(lambda s: s["step"] == 0, "the start")["step"]
    window.click(500, 700)
    window.wait_for(lambda s: s["step"] != before and s["focus"] == "ladder", "the row clicked in the ladder")
    window.key("4")
    field = window.wait_for(lambda s: s["focus"] == "inspector", "the inspector")["field"]
    window.click(1100, 330)
    clicked = window.wait_for(lambda s: s["field"] != field, "the field clicked in the tree")["field"]
    window.click(1440, 380)
    window.wait_for(lambda s: s["field"] != clicked, "the field whose octet was clicked")


@test
def drags_the_time_line(window):
    window.key("Home")
    window.wait_for(lambda s: s["step"] == 0, "the start")
    window.drag(200, 955, 900, 955)
    window.wait_for(lambda s: 0 < s["step"] < s["steps"] - 1 and s["focus"] == "transport", "the middle of the run")


@test
def switches_language_theme_text_and_viewpoint(window):
    for key, name, there, back in [("l", "language", "ja", "en"), ("t", "theme", "light", "dark"),
                                   ("e", "eavesdropper", True, False), ("z", "zoomed", True, False)]:
        window.key(key)
        window.wait_for(lambda s: s[name] == there, f"{name} {there}")
        window.key(key)
        window.wait_for(lambda s: s[name] == back, f"{name} {back}")
    window.key("plus")
    window.wait_for(lambda s: s["text_scale"] == 125, "larger text")
    window.key("minus")
    window.wait_for(lambda s: s["text_scale"] == 100, "smaller text")


@test
def opens_and_closes_the_dialogs(window):
    for key, dialog in [("question", "help"), ("s", "settings"), ("o", "picker"), ("x", "export")]:
        window.key(key)
        window.wait_for(lambda s: s["dialog"] == dialog, dialog)
        window.key("Escape")
        window.wait_for(lambda s: s["dialog"] == "none", f"{dialog} to close")


@test
def changes_settings_by_key(window):
    window.key("s")
    window.wait_for(lambda s: s["dialog"] == "settings", "the settings")
    window.key("Right")
    window.wait_for(lambda s: s["language"] == "ja", "Japanese")
    window.key("Down", "Right")
    window.wait_for(lambda s: s["theme"] == "light", "the light theme")
    window.key("Left", "Up", "Left")
    window.wait_for(lambda s: s["theme"] == "dark" and s["language"] == "en", "both back")
    window.key("Escape")
    window.wait_for(lambda s: s["dialog"] == "none", "the settings to close")


@test
def copies_the_command_that_computes_a_key(window):
    window.key("End", "6")
    window.wait_for(lambda s: s["focus"] == "keys" and s["value"], "a value")
    for _ in range(40):
        window.key("c")
        if window.wait_for(lambda s: True, "a state")["copied"]:
            break
        window.key("Up")
    window.wait_for(lambda s: "openssl" in s["copied"] or "python3" in s["copied"], "the command")


@test
def exports_files(window):
    window.key("x")
    window.wait_for(lambda s: s["dialog"] == "export", "the export dialog")
    window.key("Return")
    written = window.wait_for(lambda s: s["exported"], "the files", 60)["exported"]
    directory = os.path.dirname(window.state_file)
    for path in written:
        assert os.path.exists(os.path.join(directory, path)), f"{path} was not written"
    names = {os.path.basename(path) for path in written}
    assert {"trace.pcapng", "trace.json", "walk.txt", "walk.ja.txt", "ladder.svg", "ladder.mmd"} <= names, names
    window.key("Escape")
    window.wait_for(lambda s: s["dialog"] == "none", "the export dialog to close")


@test
def opens_another_scenario(window):
    window.key("End")
    before = window.wait_for(lambda s: s["step"] == s["steps"] - 1, "the end")
    window.key("o")
    window.wait_for(lambda s: s["dialog"] == "picker", "the picker")
    window.key("Down", "Return")
    window.wait_for(lambda s: s["dialog"] == "none" and s["steps"] != before["steps"], "another scenario", 60)


@test
def quits(window):
    window.key("ctrl+q")
    window.process.wait(20)
    assert window.process.returncode == 0, window.process.returncode


def main():
    display.need("Xvfb", "xdotool")
    failed = 0
    with tempfile.TemporaryDirectory() as directory, display.Display() as screen:
        with display.Window(screen, [os.path.abspath(sys.argv[1]), *sys.argv[2:]], directory) as window:
            for function in TESTS:
                try:
                    function(window)
                    print(f"ok      {function.__name__}", flush=True)
                except AssertionError as error:
                    failed += 1
                    print(f"FAILED  {function.__name__}: {error}", flush=True)
                    if window.process.poll() is not None:
                        break
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
