"""The sandbox beside stock Lua: the scripts' functions, and by how much limits are overshot."""

import importlib.util

from ..model import Contender, Row
from ..places import HERE, PYTHON
from .wanted import wanted

# Names of cases begin so; what is left over has its rows among the tight loops.
FAMILIES = {
    "patterns": ("find", "match", "gmatch", "gsub"), "formats": ("format", "pack", "unpack"), "tables": ("t_",),
    "sorting": ("sort",), "letters": ("u_",), "loops over tables": ("pairs", "ipairs", "next"),
    "conversions": ("tostring", "tonumber"),
    "calls": ("select", "pcall", "xpcall", "assert", "type", "setmt", "getmt", "raw"),
    "bytes": ("rep", "sub", "byte", "char", "upper", "lower", "reverse", "len"),
}


def rows(size, only):
    library = _library()
    cases = list(library.CASES)
    for family, beginnings in FAMILIES.items():
        members = [case for case in cases if case.startswith(beginnings)]
        cases = [case for case in cases if case not in members]
        name = f"the scripts' functions, the slowest of {len(members)}: {family}"
        if wanted(name, only):
            yield _functions(name, members, {case for case in members if library.goal(case) is None})
    name = "a CPU limit overshot by hostile scripts, at the 99th percentile"
    if wanted(name, only):
        yield _overshoot(name)


def _library():
    about = importlib.util.spec_from_file_location("library", HERE / "library.py")
    module = importlib.util.module_from_spec(about)
    about.loader.exec_module(module)
    return module


def _functions(name, members, exempt):
    ours = Contender(
        "plumb's library", lambda: [PYTHON, HERE / "library.py", "--json", *members],
        part=lambda made: max(ours / stock for case, (stock, ours) in made.items() if case not in exempt))
    timed = (
        "Our time by that of the stock interpreter for the same script, CPU time of whole processes, the least of five: the "
        "largest such ratio, and below each."
    )

    def tell(made):
        ratios = sorted(((ours / stock, case) for case, (stock, ours) in made.items()), reverse=True)
        return ", ".join(f"`{case}` {ratio:.2f}{' (exempt)' if case in exempt else ''}" for ratio, case in ratios)

    return Row(name, timed, ours, goal=1.5, runs=1, unit="x", watch_memory=False, tell=tell)


def _overshoot(name):
    ours = Contender("plumb-worker", lambda: [PYTHON, HERE / "overshoot.py"], part=lambda made: made["p99"])
    timed = (
        "CPU time of a script's own clock beyond its limit of 100 ms, of all stops by that limit in the suite of hostile "
        "scripts; those that were ended with their process included."
    )

    def tell(made):
        return f"{made['stops']} stops; in the middle {made['p50'] * 1e3:.1f} ms, at most {made['most'] * 1e3:.1f} ms."

    return Row(name, timed, ours, goal=0.05, runs=1, unit="ms", watch_memory=False, tell=tell)
