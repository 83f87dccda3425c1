"""Tens of millions of rows of weekly outcomes: time and memory."""

import json

from .. import compare, jobs, process
from ..data import outcomes
from ..model import Contender, Row, part
from ..places import DATA, MICRO, PEERS, PYTHON
from .wanted import wanted

YEARS = [("2024-25", "2024-07-01", "2025-07-01"), ("2025-26", "2025-07-01", "2026-07-01"),
         ("2026-27", "2026-07-01", "2027-07-01"), ("2027-28", "2027-07-01", "2028-07-01"),
         ("2028-29", "2028-07-01", "2029-07-01")]
PEERS_HERE = ["polars", "duckdb"]


def rows(size, only):
    name = f"{size.outcome_rows:,} rows of weekly outcomes, time and memory"
    if not wanted(name, only):
        return
    file = outcomes.arrow(size.outcome_rows)
    settings = {
        "persons": {"count": "enrolled", "of": ["school", "student_group"]}, "periodColumn": "week_start",
        "dimensions": ["district", "student_group"], "periods": jobs.waves(YEARS), "columns": ["absent", "enrolled"],
        "repeats": 1,
    }
    job = jobs.write("outcomes", file, "outcomes.lua", **settings)
    ours = Contender("plumb-bench", lambda: [MICRO, "evaluate", job], part=part("seconds"))
    peers = [_peer(peer, file, "-") for peer in PEERS_HERE]
    timed = (
        "Absence with Wilson's interval by 100 districts, 4 student groups and school year, from one mapped Arrow "
        "file. Ours, on one thread, from columns to estimates as in a worker; it counts the pupils behind every cell "
        "(for each site and group the largest count of the year, summed), which the peers, on all threads, do not."
    )
    yield Row(name, timed, ours, peers, goal=1.0, runs=max(3, size.runs // 2), check=lambda: _check(file, settings))


def _peer(peer, file, values):
    return Contender(peer, lambda: [PYTHON, PEERS / "outcomes.py", peer, file, values], part=part("seconds"))


def _check(file, settings):
    job = jobs.write("outcomes-values", file, "outcomes.lua", printsValues=True, **settings)
    printed = json.loads(process.run([MICRO, "evaluate", job]).output)
    ours = {
        (*value["key"], value["period"]): (value["value"], value["n"], value.get("low"), value.get("high"))
        for value in printed["values"]
    }
    target = DATA / "outcomes-values.json"
    for peer in PEERS_HERE:
        process.run(_peer(peer, file, target).command())
        theirs = {tuple(cell[:3]): tuple(cell[3:]) for cell in json.loads(target.read_text())}
        said = compare.same(ours, theirs, f"plumb and {peer}")
    return said.replace(f"plumb and {PEERS_HERE[-1]}", "plumb and each peer")
