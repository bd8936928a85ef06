#!/usr/bin/env python3
"""Compares what unsnarl and hydroid say of one project.

Usage: compare.py PROJECT ENVIRONMENT HYDROID [UNSNARL] [--json FILE]

PROJECT is a folder as `fetch.py` makes it; ENVIRONMENT a virtual environment with the project's dependencies, which
hydroid reads for types; HYDROID its program (PyPI `hydroid-cli`, in an environment of its own); UNSNARL the program to
compare, `target/release/unsnarl` if it is not given. Not part of the tests: it needs what the network gives.

A finding of either program is a call in an async function and a chain that leads from it to a library call. Two are
joined if they begin at the same call; else if their chains end in the same library call. Findings of unsnarl count at
any certainty (at the default one in brackets). What hydroid says of code that writes logs is left out.
"""

import collections
import json
import pathlib
import subprocess
import sys

# What unsnarl tells of waits; hydroid knows no other kind.
LINTS = ["blocking-call-in-async", "blocking-wait-in-async", "file-access-in-async", "nested-event-loop"]


def main():
    arguments = sys.argv[1:]
    keep = None
    if "--json" in arguments:
        at = arguments.index("--json")
        keep = pathlib.Path(arguments[at + 1])
        del arguments[at : at + 2]
    if len(arguments) not in (3, 4):
        sys.exit(__doc__)
    project = pathlib.Path(arguments[0]).resolve()
    program = str(pathlib.Path(arguments[3] if len(arguments) > 3 else "target/release/unsnarl").resolve())
    ours = unsnarl(program, project)
    theirs, logs = hydroid(arguments[2], arguments[1], project)

    print(f"# {project.name}\n")
    print("| | findings | last calls |\n|---|--:|--:|")
    for name, findings in (("hydroid", theirs), ("unsnarl", ours), ("unsnarl, likely", [one for one in ours if one.shown])):
        print(f"| {name} | {len(findings)} | {len({one.last for one in findings})} |")
    print(f"\nLeft out: {logs} findings of hydroid in code that writes logs.")
    table("hydroid finds", theirs, ours)
    table("unsnarl finds", ours, theirs)
    if keep:
        sides = {"hydroid": listing(theirs, ours), "unsnarl": listing(ours, theirs)}
        keep.write_text(json.dumps(sides, indent=1))


class Told:
    """A finding of either program: the places of its calls, outermost first, and the library call at the end."""

    def __init__(self, places, function, library, steps, shown):
        self.first, self.last = places[0], places[-1]
        self.function, self.library, self.steps, self.shown = function, library, steps, shown

    def standing(self, others):
        """Whether one of `others` says the same, by `index` of them."""
        firsts, lasts = others
        if self.first in firsts:
            return "the same call" if self.last in firsts[self.first] else "the same call, another end"
        return "the same end" if self.last in lasts else "nothing"


def index(findings):
    firsts = collections.defaultdict(set)
    for one in findings:
        firsts[one.first].add(one.last)
    return firsts, {one.last for one in findings}


def unsnarl(program, project):
    command = [program, "check", project.name, "--format", "json", "--min-certainty", "possible", "--exit-zero"]
    found = json.loads(run(command, project.parent))
    told = []
    for finding in found["findings"]:
        if finding["lint"] not in LINTS:
            continue
        prefix = project.name + "/"
        frames = [finding, *finding["chain"]]
        places = [(frame["file"].removeprefix(prefix), frame["line"]) for frame in frames]
        library = finding["cause"].split(" ")[0] if finding["cause"] else finding["message"].split("`")[1]
        steps = [f"{path}:{line}" for path, line in places]
        told.append(Told(places, finding["function"], library, steps, finding["certainty"] != "possible"))
    return told


def hydroid(program, environment, project):
    command = [program, "--no-cache", "--python", environment, "--format", "json", str(project)]
    told, logs = [], 0
    for finding in json.loads(run(command, project.parent))["diagnostics"]:
        calls = finding["chain"]
        if any(call["callee"].startswith("logging.") for call in calls):
            logs += 1
            continue
        places = [(call["location"]["path"], call["location"]["line"]) for call in calls]
        steps = [f"{path}:{line} {call['text']}" for (path, line), call in zip(places, calls)]
        told.append(Told(places, finding["function"], finding["sink"]["qualname"], steps, True))
    return told, logs


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]}: {done.stderr.decode()}")
    return done.stdout


def table(title, findings, others):
    others = index(others)
    standings = ["the same call", "the same call, another end", "the same end", "nothing"]
    rows = collections.defaultdict(collections.Counter)
    for one in findings:
        rows[one.library][one.standing(others)] += 1
    print(f"\n## {title}, and the other one has\n")
    print("| library call | " + " | ".join(standings) + " |\n|---|" + "--:|" * len(standings))
    for library, counts in sorted(rows.items(), key=lambda row: (-sum(row[1].values()), row[0])):
        print(f"| `{library}` | " + " | ".join(str(counts[standing]) for standing in standings) + " |")
    total = sum(rows.values(), collections.Counter())
    print("| all | " + " | ".join(str(total[standing]) for standing in standings) + " |")


def listing(findings, others):
    others = index(others)
    return [
        {
            "standing": one.standing(others),
            "library": one.library,
            "cause": "{}:{}".format(*one.last),
            "function": one.function,
            "shown": one.shown,
            "steps": one.steps,
        }
        for one in sorted(findings, key=lambda one: (one.library, one.last, one.first))
    ]


if __name__ == "__main__":
    main()
