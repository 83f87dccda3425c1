"""A hub's night: 60 measures by 6 groupings and 3 waves over the survey of 40 networks."""

import csv
import shutil
import subprocess

from .. import compare
from ..data import workspace
from ..model import Contender, Row, part
from ..places import DATA, PEERS, PLUMB, PYTHON
from .wanted import wanted

AS_OF = "2026-06-30"
KEYS = ["network", "district", "school", "role"]


def rows(size, only):
    name = f"night of 60 measures x 6 groupings on 40 networks, {size.night_rows:,} rows"
    if not wanted(name, only):
        return
    fresh = workspace.with_measures(size.night_rows)
    folder = DATA / "night"
    files = sorted((fresh / ".plumbline/loads").rglob("*.arrow"))
    target = DATA / "night-values.csv"
    ours = Contender(
        "plumb nightly", lambda: [PLUMB, "nightly", "--as-of", AS_OF, "--json"], folder=folder,
        prepare=lambda: _renew(fresh, folder),
    )
    polars = Contender("polars", lambda: [PYTHON, PEERS / "night.py", target, *files], part=part("seconds"))
    timed = (
        "Ours is the whole process of a workspace's first night: start, the tests inside the measures, evaluation by "
        "workers, persons counted and disclosure control applied, the edition sealed and stored, the run letter "
        "written. The peer is one script that reads the same Arrow files (mapped) and writes value, n, low and high "
        "of every cell as CSV; its interpreter's start and its imports are left out."
    )
    yield Row(name, timed, ours, [polars], goal=3.0, runs=size.runs, check=lambda: _check(folder, target))


def _renew(fresh, folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(fresh, folder)


def _check(folder, target):
    out = DATA / "night-feed"
    shutil.rmtree(out, ignore_errors=True)
    exported = [PLUMB, "feed", "export", "--to", out]
    subprocess.run(exported, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with open(out / "observations.csv") as ours, open(target) as theirs:
        return compare.same(_cells(ours), _cells(theirs), "the feed and the script's table")


def _cells(file):
    def number(text):
        return float(text) if text not in ("", "NaN") else None

    return {
        (row["measure"], row["period"], *(row[key] for key in KEYS)):
            tuple(number(row[name]) for name in ("value", "n", "low", "high"))
        for row in csv.DictReader(file)
    }
