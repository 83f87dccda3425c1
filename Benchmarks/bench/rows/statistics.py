"""Statistics that other software is known for, through the Lua API."""

import json
import shutil
import subprocess

import pyarrow.csv
import pyarrow.ipc

from .. import compare, jobs, process
from ..data import statistics
from ..model import Contender, Row, part
from ..places import DATA, MICRO, PEERS, PYTHON
from .wanted import wanted

# What it is, the measure, its dimensions, the peers, what is asked of the peers' numbers.
TIMED = (
    "Ours, on one thread: columns of a mapped Arrow file to estimates, grouping, the Lua script and the count of persons "
    "included, nothing kept from one repetition to the next. Peers: data in memory in the form they like best. Each run "
    "is a process that repeats the work three times; the median counts."
)


def rows(size, only):
    tenth = 1 if size.runs == 5 else 10
    teams, groups, nodes, pupils = 10_000 // tenth, 100_000 // tenth, 5_000 // tenth, 200_000 // tenth
    cases = [
        (f"Cronbach's alpha of 8 items in {teams:,} teams of 10", "alpha", statistics.teams, (teams,), ["team"],
         ["numpy", "polars"], 1e-9),
        (f"Wilson's interval of a share in {groups:,} groups", "yes", statistics.shares, (groups,), ["team"],
         ["statsmodels", "polars"], 1e-9),
        (f"betweenness of {nodes:,} nodes with ten ties each", "betweenness", statistics.ties, (nodes, 10), [],
         ["igraph"], 1e-9),
        (f"variance between 500 sites by REML, {pupils:,} rows", "variance", statistics.nested, (pupils, 500), [],
         ["statsmodels"], 1e-3),
    ]
    for title, script, make, sizes, dimensions, peers, tolerance in cases:
        if wanted(title, only):
            yield _row(title, script, make(*sizes), dimensions, peers, tolerance, size)


def _row(title, script, file, dimensions, peers, tolerance, size):
    job = jobs.write(script, file, f"{script}.lua", dimensions=dimensions)
    ours = Contender("plumb-bench", lambda: [MICRO, "evaluate", job], part=part("seconds"))
    task = {"yes": "shares"}.get(script, script)
    contenders = [_peer(task, peer, file, "-") for peer in peers]
    timed = TIMED
    if script == "variance":
        contenders += _lme4(file)
        timed += " statsmodels and lme4 iterate to their own tolerance; between and within agree to 0.1 %."
    return Row(
        title, timed, ours, contenders, goal=1.0, runs=max(3, size.runs // 2),
        check=lambda: _check(script, task, file, dimensions, peers, tolerance))


def _peer(task, peer, file, values):
    return Contender(
        peer, lambda: [PYTHON, PEERS / "statistics.py", task, peer, file, values], part=part("seconds"))


def _lme4(file):
    """R's lme4, where it is installed."""
    command = ["Rscript", "-e", "quit(status = !requireNamespace('lme4', quietly = TRUE))"]
    if not shutil.which("Rscript") or subprocess.run(command, capture_output=True).returncode:
        return []
    csv = file.with_suffix(".csv")
    if not csv.exists():
        pyarrow.csv.write_csv(pyarrow.ipc.open_file(file).read_all(), csv)
    return [Contender("lme4", lambda: ["Rscript", PEERS / "variance.R", csv], part=part("seconds"))]


def _check(script, task, file, dimensions, peers, tolerance):
    job = jobs.write(f"{script}-values", file, f"{script}.lua", dimensions=dimensions, printsValues=True, repeats=1)
    printed = json.loads(process.run([MICRO, "evaluate", job]).output)["values"]
    ours = {value["key"][0] if value["key"] else value["part"]: (value["value"],) for value in printed}
    target = DATA / f"{script}-values.json"
    for peer in peers:
        process.run(_peer(task, peer, file, target).command())
        theirs = {key: (value,) for key, value in json.loads(target.read_text()).items()}
        said = compare.same(ours, theirs, f"plumb and {peer}", tolerance)
    return said.replace(f"plumb and {peers[-1]}", "plumb and each peer")
