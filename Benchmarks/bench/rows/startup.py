"""What a person waits for: whole processes, each held against a time."""

import json
import random
import shutil
import subprocess

from ..model import Contender, Row
from ..places import DATA, PLUMB
from .wanted import wanted

VERSION = "plumb --version"
EVAL = "plumb eval --csv, 1,000 rows, with its worker"
FULL_NIGHT = "the demo's night, everything evaluated"
QUIET_NIGHT = "the demo's night, nothing changed"
TIMED = "The whole process, from its start to its end."


def rows(size, only):
    runs = size.runs * 3
    if wanted(VERSION, only):
        yield Row(VERSION, TIMED, Contender("plumb", lambda: [PLUMB, "--version"]), goal=0.030, runs=runs, unit="ms")
    if wanted(EVAL, only):
        command = [PLUMB, "eval", "--csv", _survey(), "--expr", "g.A1:mean()", "--json"]
        yield Row(EVAL, TIMED, Contender("plumb", lambda: command), goal=0.150, runs=runs, unit="ms")
    if wanted(FULL_NIGHT, only) or wanted(QUIET_NIGHT, only):
        yield from _nights(size, only)


def _nights(size, only):
    demo = DATA / "demo"
    shutil.rmtree(demo, ignore_errors=True)
    subprocess.run([PLUMB, "demo", demo, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    listed = subprocess.run([PLUMB, "edition", "list", "--json"], cwd=demo, check=True, capture_output=True)
    night = [PLUMB, "nightly", "--as-of", json.loads(listed.stdout)["editions"][-1]["as_of"]]
    if wanted(FULL_NIGHT, only):
        ours = Contender("plumb", lambda: night + ["--full"], folder=demo)
        yield Row(FULL_NIGHT, TIMED, ours, goal=2.0, runs=size.runs)
    if wanted(QUIET_NIGHT, only):
        yield Row(QUIET_NIGHT, TIMED, Contender("plumb", lambda: night, folder=demo), goal=2.0, runs=size.runs)


def _survey():
    """A survey of eight columns and 1,000 rows."""
    path = DATA / "small.csv"
    chance = random.Random(7)
    with open(path, "w") as file:
        file.write("respondent,role,A1,A2,A3,A4,A5,minutes\n")
        for row in range(1000):
            answers = ",".join(str(chance.randint(1, 6)) for _ in range(5))
            file.write(f"r{row},{chance.choice(['teacher', 'coach'])},{answers},{chance.randint(0, 90)}\n")
    return path
