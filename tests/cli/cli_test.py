"""The command `tunnelwalk` as people and scripts call it: output, exit status, errors.

Usage: cli_test.py PROGRAM SOURCE_DIRECTORY
"""

import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""
SOURCE = pathlib.Path()
PLACE = re.compile(r"^[^:\n]+:\d+:\d+: .+\n$")


def call(*arguments, **more):
    environment = dict(os.environ, **more.pop("environment", {}))
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=120, env=environment, **more)


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def assert_refused(self, result, pattern):
        """Status 2, nothing on standard output, one line on standard error."""
        error = result.stderr.decode()
        self.assertEqual(result.returncode, 2, error)
        self.assertEqual(result.stdout, b"")
        self.assertEqual(error.count("\n"), 1, error)
        self.assertRegex(error, pattern)

    def test_help_and_version(self):
        self.assertRegex(call("--version").stdout.decode(), r"^tunnelwalk \d+\.\d+\.\d+\n$")
        listed = call("--help").stdout.decode()
        for command in ("list", "run", "check", "view", "export", "import"):
            self.assertIn(f"  {command} ", listed)
            self.assertEqual(call(command, "--help").returncode, 0)

    def test_bad_usage_is_one_line_and_status_2(self):
        self.assert_refused(call(), "subcommand is required")
        self.assert_refused(call("dance"), "^tunnelwalk: there is no command 'dance'")
        self.assert_refused(call("run"), "source is required")
        self.assert_refused(call("run", "aws-yamaha", "--lang", "fr"), "fr")
        self.assert_refused(call("run", "aws-yamaha", "--seed", "many"), "many")
        self.assert_refused(call("run", "ikev1-group-mismatch", "--until", "soon"), "'soon' is not a duration")
        self.assert_refused(call("run", "no-such-scenario"), "no scenario \"no-such-scenario\"")
        self.assert_refused(call("run", self.folder), "cannot be read")
        self.assert_refused(call("export", "ikev1-group-mismatch", "--to", self.folder, "--format", "zip"), "'zip'")
        self.assert_refused(call("import", "no.conf", "-o", self.folder / "x.json"), "^no.conf:1:1: ")

    def test_list_names_the_library(self):
        lines = call("list").stdout.decode().splitlines()
        self.assertEqual(sorted(lines), lines)
        self.assertTrue(any(line.startswith("aws-yamaha ") for line in lines))
        self.assertIn("データセンター", call("list", "--lang", "ja").stdout.decode())
        entries = [json.loads(line) for line in call("list", "--json").stdout.decode().splitlines()]
        self.assertEqual(len(entries), len(lines))
        self.assertTrue(all(pathlib.Path(entry["path"]).is_file() for entry in entries))

    def test_the_library_can_be_elsewhere(self):
        (self.folder / "mine.json").write_bytes((SOURCE / "tests/scenarios/bad/base.json").read_bytes())
        result = call("list", environment={"TUNNELWALK_SCENARIOS": str(self.folder)})
        self.assertRegex(result.stdout.decode(), r"^mine +A small VPN\n$")

    def test_run_prints_the_walk_in_both_languages(self):
        english = call("run", "ikev1-psk-mismatch")
        self.assertEqual(english.returncode, 0, english.stderr)
        self.assertEqual(english.stderr, b"")
        self.assertIn("The pre-shared keys differ", english.stdout.decode())
        self.assertIn("事前共有鍵が食い違っている", call("run", "ikev1-psk-mismatch", "--lang", "ja").stdout.decode())

    def test_run_as_json_lines(self):
        result = call("run", "ikev1-group-mismatch", "--json")
        objects = [json.loads(line) for line in result.stdout.decode().splitlines()]
        self.assertGreater(len(objects), 5)
        self.assertEqual(objects[-1]["outcome"], "met")
        self.assertEqual(result.returncode, 0)

    def test_a_saved_trace_runs_like_its_scenario(self):
        saved = self.folder / "trace.json"
        first = call("run", "ikev1-group-mismatch", "--save", saved)
        again = call("run", saved)
        self.assertEqual(first.stdout, again.stdout)
        self.assertEqual(again.returncode, 0)
        self.assert_refused(call("run", saved, "--seed", "5"), "a saved trace is not run again")

    def test_a_seed_changes_the_octets_and_is_repeatable(self):
        one = call("run", "ikev1-group-mismatch", "--seed", "1", "--json").stdout
        self.assertEqual(one, call("run", "ikev1-group-mismatch", "--seed", "1", "--json").stdout)
        paths = [self.folder / "a.json", self.folder / "b.json"]
        for seed, path in enumerate(paths):
            call("run", "ikev1-group-mismatch", "--seed", seed, "--save", path)
        self.assertNotEqual(paths[0].read_bytes(), paths[1].read_bytes())

    def test_an_expectation_that_fails_is_status_1(self):
        # The run ends before the tunnel can fail.
        self.assertEqual(call("run", "ikev1-group-mismatch", "--until", "1ms").returncode, 1)
        text = (SOURCE / "tests/scenarios/bad/base.json").read_text(encoding="utf-8")
        path = self.folder / "fails.json"
        path.write_text(text.replace('"answered": 2', '"answered": 1'), encoding="utf-8")
        result = call("check", path)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout.decode(), r"^FAILED .*fails.json: 1 not met; line 50: 1 echo requests of p are "
                                                 r"answered \(2 of 2 were answered\)\n$")

    def test_check_is_a_line_for_each_scenario(self):
        result = call("check", SOURCE / "scenarios")
        self.assertEqual(result.returncode, 0, result.stdout.decode())
        lines = result.stdout.decode().splitlines()
        self.assertEqual(len(lines), len(call("list").stdout.splitlines()))
        self.assertTrue(all(line.startswith("ok ") for line in lines))

    def test_check_tells_bad_files_from_failed_expectations(self):
        bad = self.folder / "bad.json"
        bad.write_text('{\n  "titel": 1\n}', encoding="utf-8")
        result = call("check", bad, "ikev1-group-mismatch")
        self.assertEqual(result.returncode, 2)
        self.assertEqual([line.split()[0] for line in result.stdout.decode().splitlines()], ["BAD", "ok"])
        self.assertEqual(result.stderr.decode(),
                         f'{bad}:2:3: a scenario has no member "titel", expected "title"\n')

    def test_export_writes_what_was_asked_for(self):
        result = call("export", "ikev1-group-mismatch", "--to", self.folder / "out", "--format", "json,text")
        self.assertEqual(result.returncode, 0, result.stderr)
        written = sorted(path.name for path in (self.folder / "out").iterdir())
        self.assertEqual(written, ["trace.json", "walk.ja.txt", "walk.txt"])

    def test_import_makes_a_scenario_that_runs(self):
        output = self.folder / "imported.json"
        configuration = self.folder / "router.conf"
        original = (SOURCE / "scenarios/aws-yamaha/tunnel1.conf").read_bytes()
        configuration.write_bytes(b"# AWS\r\nfancy setting on\r\n" + original.replace(b"\n", b"\r\n"))
        result = call("import", configuration, "-o", output)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stderr.decode(), f"{configuration}:2: line not known, kept: fancy setting on\n")
        self.assertEqual(call("check", output).returncode, 0)
        configuration.write_bytes(original.replace(b"169.254.97.130/30", b"169.254.97.130/99"))
        self.assert_refused(call("import", configuration, "-o", output), r":21:19: '99' is not a mask, expected 0 to 32")

    def test_damaged_files_give_one_line_and_status_2(self):
        base = (SOURCE / "tests/scenarios/bad/base.json").read_bytes()
        trace = self.folder / "trace.json"
        call("run", "ikev1-group-mismatch", "--save", trace)
        generator = random.Random(4)
        for original in (base, trace.read_bytes()):
            for number in range(15):
                damaged = bytearray(original[:generator.randrange(1, len(original) - 2)])
                if number % 2:
                    damaged = bytearray(original)
                    at = generator.randrange(len(damaged))
                    damaged[at:at + 8] = generator.randbytes(4)
                path = self.folder / "damaged.json"
                path.write_bytes(damaged)
                result = call("run", path, "--json")
                if result.returncode in (0, 1):
                    continue
                self.assert_refused(result, PLACE)


if __name__ == "__main__":
    PROGRAM, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
