"""Tight Lua loops in the sandbox and in the stock interpreter: the same text, no fuel counted."""

import json

from .. import compare, jobs, process
from ..data import survey
from ..model import Contender, Row, part
from ..places import DATA, MEASURES, MICRO, PEERS
from .wanted import wanted

# What it is, what comes before the loop, what is done in it, turns.
LOOPS = [
    ("arithmetic", "", "result = result + i % 7 * 2", 20_000_000),
    ("elements", "local t = {} for i = 1, 100 do t[i] = i end", "t[i % 100 + 1] = t[(i + 1) % 100 + 1] + 1", 5_000_000),
    ("fields", "local t = { a = 1, b = { c = 2 } }", "t.a = t.a + t.b.c", 10_000_000),
    ("calls", "local function f(a) return a + 1 end", "result = f(result)", 10_000_000),
    ("methods", "local C = {} C.__index = C function C:add() self.n = self.n + 1 end local o = setmetatable({ n = 0 }, C)",
     "o:add()", 5_000_000),
    ("closures", "", "local f = function() return i end result = result + f()", 3_000_000),
    ("tables", "", "local t = { i, i + 1 } result = result + #t", 3_000_000),
    ("texts", "", "local s = 'a' .. i result = result + #s", 2_000_000),
]


def rows(size, only):
    for what, before, body, turns in LOOPS:
        name = f"a tight loop: {what}"
        if wanted(name, only):
            yield _loop(name, size, what, f"{before} local result = 0 for i = 1, {turns} do {body} end")


def _loop(name, size, what, loop):
    ours_script, stock_script = DATA / f"loop-{what}.lua", DATA / f"loop-{what}-stock.lua"
    ours_script.write_text((MEASURES / "tight_loop.lua").read_text().replace("LOOP", loop))
    stock_script.write_text((PEERS / "tight_loop.lua").read_text().replace("LOOP", loop))
    file, settings = survey.arrow(1), {"person": "respondent", "columns": ["q01"]}
    job = jobs.write(ours_script.stem, file, ours_script, **settings)
    ours = Contender("plumb-bench", lambda: [MICRO, "evaluate", job], part=part("scriptSeconds"))
    peer = Contender("stock lua5.4", lambda: ["lua5.4", stock_script], part=part("seconds"))

    def check():
        checked = jobs.write(f"{ours_script.stem}-values", file, ours_script, **settings, printsValues=True, repeats=1)
        value = json.loads(process.run([MICRO, "evaluate", checked]).output)["values"][0]["value"]
        result = json.loads(process.run(peer.command()).output)["result"]
        return compare.same({"result": (value,)}, {"result": (result,)}, "both results")

    timed = "The same loop without fuel; CPU seconds of the script, in one process each, the median of three."
    # At most 1.05 times the time of the stock interpreter.
    return Row(name, timed, ours, [peer], goal=0.952, runs=size.runs, check=check)
