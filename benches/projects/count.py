#!/usr/bin/env python3
"""Checks the projects below DIR and prints the tables of docs/real-projects.md.

Usage: count.py DIR [UNSNARL]

UNSNARL is the program to run; `target/release/unsnarl` if it is not given. With `--json FOLDER` behind the two, each
project's findings are kept there.
"""

import collections
import json
import pathlib
import subprocess
import sys
import time

LINTS = ["blocking-call-in-async", "file-access-in-async", "guard-across-await", "untracked-spawn"]


def check(program, project):
    """The findings of one project, the seconds it took and the peak memory in MB of the largest run so far."""
    began = time.monotonic()
    command = [program, "check", project.name, "--format", "json"]
    done = subprocess.run(command, cwd=project.parent, capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{project.name}: {done.stderr.decode()}")
    return json.loads(done.stdout), time.monotonic() - began


def main():
    arguments = sys.argv[1:]
    keep = None
    if "--json" in arguments:
        at = arguments.index("--json")
        keep = pathlib.Path(arguments[at + 1])
        keep.mkdir(parents=True, exist_ok=True)
        del arguments[at : at + 2]
    if not arguments:
        sys.exit(__doc__)
    folder = pathlib.Path(arguments[0])
    program = str(pathlib.Path(arguments[1] if len(arguments) > 1 else "target/release/unsnarl").resolve())
    print("| project | files | lines | " + " | ".join(LINTS) + " | causes | a 2,000 lines | seconds |")
    print("|---|--:|--:|" + "--:|" * (len(LINTS) + 3))
    lengths = collections.defaultdict(collections.Counter)
    for project in sorted(folder.glob("*/*")):
        found, seconds = check(program, project)
        if keep:
            (keep / f"{project.name}.json").write_text(json.dumps(found))
        findings, summary = found["findings"], found["summary"]
        counts = collections.Counter(finding["lint"] for finding in findings)
        causes = {(finding["lint"], finding["cause"] or finding["fingerprint"]) for finding in findings}
        for finding in findings:
            calls = len(finding["chain"]) if finding["lint"] != "guard-across-await" else 0
            lengths[finding["lint"]][min(calls, 4)] += 1
        rate = len(causes) * 2000 / max(1, summary["lines"])
        cells = [project.name, summary["files"], f"{summary['lines']:,}", *(counts[lint] for lint in LINTS)]
        cells += [len(causes), f"{rate:.2f}", f"{seconds:.1f}"]
        print("| " + " | ".join(str(cell) for cell in cells) + " |")
    print()
    print("| lint | direct | 1 call below | 2 | 3 | 4 or more |")
    print("|---|--:|--:|--:|--:|--:|")
    for lint in LINTS:
        print(f"| {lint} | " + " | ".join(str(lengths[lint][n]) for n in range(5)) + " |")


if __name__ == "__main__":
    main()
