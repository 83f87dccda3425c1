"""Lua: loops over values and rows against the stock interpreter, fresh definitions and states, and what a call of a verb costs."""

import json

import pyarrow.ipc

from .. import compare, jobs, process
from ..data import survey
from ..model import Contender, Row, median, part
from ..places import DATA, MEASURES, MICRO, PEERS
from .wanted import wanted

CALLS = 200_000
STATES = 5_000
VERBS = [("item:valid()", "column to mask"), ("item:mean()", "column to estimate"), ("mask:share()", "mask to estimate"),
         ("g:column(\"q01\")", "group to column")]
LOOPS = [
    ("col:values(), a loop over {} rows", "values_loop.lua", "values_loop.lua", "value", 0.5,
     "Ours: conversion of the column to a Lua table and the loop. Stock: the loop over a table that is there already."),
    ("g:rows(), a loop over {} rows", "rows_loop.lua", "rows_loop.lua", "value", 1.0,
     "Ours: the loop over rows. Stock: rows built as tables from columns that are there already, and the loop."),
    ("step, a fold over {} rows", "step.lua", "step_loop.lua", "mergeable", 1.0,
     "Ours: init, step, merge and finish in chunks. Stock: rows built as tables, and the same function called for each."),
]


def rows(size, only):
    for title, ours, stock, form, goal, timed in LOOPS:
        name = title.format(f"{size.lua_rows:,}")
        if wanted(name, only):
            yield _loop(name, size, ours, stock, form, goal, timed)
    fresh = "a fresh definition for each group"
    if wanted(fresh, only):
        yield _fresh(fresh, size)
    state = "a fresh state"
    if wanted(state, only):
        yield _state(state, size)
    for body, about in VERBS:
        name = f"a verb's call beyond its work: {body}, {about}"
        if wanted(name, only):
            yield _verb(name, size, body)


def _loop(name, size, script, stock, form, goal, timed):
    file = survey.arrow(size.lua_rows)
    settings = {"person": "respondent", "form": form, "columns": ["q01", "q02", "role"]}
    job = jobs.write(script, file, script, **settings)
    ours = Contender("plumb-bench", lambda: [MICRO, "evaluate", job], part=part("scriptSeconds"))
    lines = _lines(size, stock)
    peer = Contender("stock lua5.4", lambda: ["lua5.4", PEERS / stock, lines], part=part("seconds"))

    def check():
        checked = jobs.write(script + "-values", file, script, **settings | {"printsValues": True, "repeats": 1})
        value = json.loads(process.run([MICRO, "evaluate", checked]).output)["values"][0]["value"]
        result = json.loads(process.run(peer.command()).output)["result"]
        return compare.same({"sum": (value,)}, {"sum": (result,)}, "both results")

    timed += " CPU seconds of the script, in one process each, the median of three."
    return Row(name, timed, ours, [peer], goal=goal, runs=size.runs, check=check)


def _lines(size, stock):
    """The columns of the survey as text that the stock interpreter reads before its clock starts."""
    path = DATA / f"{stock}-{size.lua_rows}.txt"
    if not path.exists():
        table = pyarrow.ipc.open_file(survey.arrow(size.lua_rows)).read_all()
        columns = [table[name].to_pylist() for name in ("q01", "q02", "role")]
        with open(path, "w") as target:
            for line in zip(*columns[:1] if "values" in stock else columns):
                target.write(",".join("" if cell is None else str(cell) for cell in line) + "\n")
    return path


def _fresh(name, size):
    command = [MICRO, "fresh", MEASURES / "definition.lua", size.fresh_groups]
    ours = Contender("plumb-bench", lambda: command, part=lambda made: made["seconds"][0] / made["groups"])
    timed = "The chunk of a usual definition run again in a new environment: CPU time that a group costs before `value` is called."
    return Row(name, timed, ours, goal=5e-6, runs=size.runs, unit="us")


def _state(name, size):
    ours = Contender(
        "plumb-bench", lambda: [MICRO, "state", STATES], part=lambda made: made["seconds"][0] / made["states"])
    timed = "A sandbox with all that a measure can call, opened and closed: CPU time, the system's for its clock included."
    return Row(name, timed, ours, goal=60e-6, runs=size.runs, unit="us")


def _verb(name, size, body):
    file = survey.arrow(1)
    jobs_written = {}
    for what, text in (("call", body), ("loop", "i")):
        script = DATA / f"verb-{what}-{VERBS.index(next(verb for verb in VERBS if verb[0] == body))}.lua"
        source = (MEASURES / "verb_call.lua").read_text().replace("= CALLS", f"= {CALLS}").replace("BODY", text)
        script.write_text(source)
        jobs_written[what] = jobs.write(script.stem, file, script, person="respondent", columns=["q01"], repeats=5)
    loop = median([
        median(json.loads(process.run([MICRO, "evaluate", jobs_written["loop"]]).output)["scriptSeconds"])
        for _ in range(3)
    ])
    ours = Contender(
        "plumb-bench", lambda: [MICRO, "evaluate", jobs_written["call"]],
        part=lambda made: (median(made["scriptSeconds"]) - loop) / CALLS,
    )
    timed = (
        f"CPU time of {CALLS:,} calls on a group of one row, less that of the empty loop, by call: with one row there "
        "is next to no work, so this is the way from Lua to the host and back, the object made and let go."
    )
    return Row(name, timed, ours, goal=0.5e-6, runs=size.runs, unit="us")
