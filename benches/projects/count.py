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

# Their chains are stretches of one function, not calls.
WITHOUT_CALLS = ["guard-across-await", "swallowed-cancellation"]


def check(program, project):
    """The findings of one project and the seconds that it took."""
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
    lints = collections.defaultdict(Lint)
    print("| project | files | lines | findings | causes | causes in 2,000 lines | seconds |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for project in sorted(folder.glob("*/*")):
        found, seconds = check(program, project)
        if keep:
            (keep / f"{project.name}.json").write_text(json.dumps(found))
        findings, summary = found["findings"], found["summary"]
        causes = {(finding["lint"], finding["cause"] or finding["fingerprint"]) for finding in findings}
        for finding in findings:
            lints[finding["lint"]].add(project.name, finding)
        rate = len(causes) * 2000 / max(1, summary["lines"])
        cells = [project.name, summary["files"], f"{summary['lines']:,}", len(findings), len(causes)]
        print("| " + " | ".join(str(cell) for cell in [*cells, f"{rate:.2f}", f"{seconds:.1f}"]) + " |")
    print()
    print("| lint | findings | causes | direct | 1 call below | 2 | 3 | 4 or more | projects |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|---|")
    for name in sorted(lints):
        lint = lints[name]
        projects = ", ".join(f"{project} {count}" for project, count in lint.projects.most_common())
        cells = [name, sum(lint.projects.values()), len(lint.causes), *(lint.lengths[n] for n in range(5)), projects]
        print("| " + " | ".join(str(cell) for cell in cells) + " |")


class Lint:
    """What one lint found in all projects."""

    def __init__(self):
        self.projects = collections.Counter()
        self.lengths = collections.Counter()
        self.causes = set()

    def add(self, project, finding):
        self.projects[project] += 1
        self.causes.add((project, finding["cause"] or finding["fingerprint"]))
        calls = 0 if finding["lint"] in WITHOUT_CALLS else len(finding["chain"])
        self.lengths[min(calls, 4)] += 1


if __name__ == "__main__":
    main()
