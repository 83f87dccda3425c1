"""Ten items by network, role and wave, on data that are in memory."""

import json

from .. import compare, jobs, process
from ..data import survey
from ..model import Contender, Row, part
from ..places import DATA, MICRO, PEERS, PYTHON
from .wanted import wanted

PEERS_HERE = ["polars", "duckdb", "pandas"]


def rows(size, only):
    name = f"ten items by network x role x wave, {size.survey_rows:,} rows in memory"
    if not wanted(name, only):
        return
    file = survey.arrow(size.survey_rows)
    settings = {
        "person": "respondent", "periodColumn": "submitted", "dimensions": ["network", "role"],
        "periods": jobs.waves(survey.WAVES), "columns": survey.ITEMS[:10],
    }
    job = jobs.write("grouped", file, "grouped.lua", **settings)
    ours = Contender("plumb-bench", lambda: [MICRO, "evaluate", job], part=part("seconds"))
    peers = [_peer(peer, file, "-") for peer in PEERS_HERE]
    timed = (
        "A mean with Student's interval and a share with Wilson's of each item. Ours, on one thread: columns of a "
        "mapped Arrow file to estimates, grouping, gathering, the Lua script and the count of persons behind every "
        "estimate included, nothing kept from one repetition to the next. Peers, on all threads: their own frame or "
        "table to arrays of estimates (intervals by SciPy); no persons are counted. Each run is a process that "
        "repeats the work three times; the median counts."
    )
    yield Row(name, timed, ours, peers, goal=2.0, runs=size.runs, check=lambda: _check(file, settings))


def _peer(peer, file, values):
    return Contender(peer, lambda: [PYTHON, PEERS / "grouped.py", peer, file, "3", values], part=part("seconds"))


def _check(file, settings):
    job = jobs.write("grouped-values", file, "grouped.lua", printsValues=True, **settings | {"repeats": 1})
    printed = json.loads(process.run([MICRO, "evaluate", job]).output)
    ours = {
        (*value["key"], value["period"], value["part"]):
            (value["value"], value["n"], value.get("low"), value.get("high"))
        for value in printed["values"]
    }
    said = ""
    for peer in PEERS_HERE:
        target = DATA / "grouped-values.json"
        process.run(_peer(peer, file, target).command())
        theirs = {tuple(cell[:4]): tuple(cell[4:]) for cell in json.loads(target.read_text())}
        said = compare.same(ours, theirs, f"plumb and {peer}")
    return said.replace(f"plumb and {PEERS_HERE[-1]}", "plumb and each peer")
