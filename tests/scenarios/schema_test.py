"""The published JSON Schema: every scenario of the library fits it, and it agrees with the loader on bad files.

Usage: schema_test.py SOURCE_DIRECTORY
"""

import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)


def main(source):
    schema = json.loads((source / "scenarios/scenario.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failures = []

    library = [p for p in sorted((source / "scenarios").glob("*.json"))
               if not p.name.endswith(".schema.json") and p.name != "fingerprints.json"]
    base_path = source / "tests/scenarios/bad/base.json"
    for path in library + [base_path]:
        document = json.loads(path.read_text(encoding="utf-8"))
        for error in validator.iter_errors(document):
            failures.append(f"{path.name}: {error.json_path}: {error.message[:200]}")
        named = document["$schema"]
        if path != base_path and not (path.parent / named).is_file():
            failures.append(f"{path.name}: $schema names {named}, which is not there")

    base = base_path.read_text(encoding="utf-8")
    for case in json.loads((source / "tests/scenarios/bad/cases.json").read_text(encoding="utf-8")):
        # What only the loader can know (ids, files, durations, one value against another) is marked so.
        if case.get("schema") == "cannot tell":
            continue
        try:
            document = json.loads(base.replace(case["replace"], case["with"], 1))
        except json.JSONDecodeError:
            continue
        if validator.is_valid(document):
            failures.append(f"the loader refuses \"{case['what']}\", the schema accepts it")

    for failure in failures:
        print(failure)
    print(f"{len(library)} scenarios against the schema, {len(failures)} failures")
    return 1 if failures or not library else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
