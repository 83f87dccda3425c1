"""`make bench` and `make bench-quick`: measures every row, prints the table, writes Benchmarks/RESULTS.md."""

import argparse
import sys

from . import machine, report
from .measure import measure
from .places import DATA, RESULTS
from .rows import all_rows
from .size import FULL, QUICK


def main():
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="smaller data, about two minutes; no RESULTS.md")
    options.add_argument("--only", default="", help="rows whose title holds one of these texts, with commas between; no RESULTS.md")
    options.add_argument("--add", action="store_true", help="with --only: the rows are put behind those in RESULTS.md")
    options.add_argument("--no-profile", action="store_true", help="no profile of missed rows")
    given = options.parse_args()
    about = machine.lines()
    print("\n".join(about) + "\n")
    DATA.mkdir(exist_ok=True)
    outcomes = []
    with_profile = not (given.quick or given.no_profile)  # it has its place in RESULTS.md
    for make in all_rows():
        for row in make(QUICK if given.quick else FULL, given.only):
            outcomes.append(measure(row, _progress, with_profile))
            _progress("")
            print(report.line(outcomes[-1]), flush=True)
    if not given.only and not given.quick:
        RESULTS.write_text(report.markdown(outcomes, about, "bench"))
        print(f"\nWritten to {RESULTS.relative_to(RESULTS.parent.parent)}")
    if given.only and given.add and not given.quick:
        RESULTS.write_text(RESULTS.read_text() + "\n" + report.addition(outcomes, about))
    missed = sum(not outcome.is_met for outcome in outcomes)
    print(f"\n{len(outcomes)} rows, {missed} missed")


def _progress(text):
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text[:110]}", end="", file=sys.stderr, flush=True)


main()
