"""Measures what a person waits for, on this machine: medians of whole processes, each held against its goal.

Nothing is typed by hand and a missed goal is shown as missed. Run it with `make bench`.
"""

import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLUMB = ROOT / ".build/release/plumb"


def timed(command, folder, runs, warmup=2):
    """The seconds that each run of a command took, its output thrown away."""
    seconds = []
    for run in range(warmup + runs):
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if run >= warmup:
            seconds.append(time.perf_counter() - start)
    return seconds


def survey(path, rows):
    """A survey of eight columns."""
    random.seed(7)
    with open(path, "w") as file:
        file.write("respondent,role,A1,A2,A3,A4,A5,minutes\n")
        for row in range(rows):
            answers = ",".join(str(random.randint(1, 6)) for _ in range(5))
            file.write(f"r{row},{random.choice(['teacher', 'coach'])},{answers},{random.randint(0, 90)}\n")


def report(name, seconds, goal):
    median = statistics.median(seconds)
    verdict = "met" if median <= goal else "MISSED"
    print(
        f"{name:<44} {median * 1000:8.1f} ms   {min(seconds) * 1000:7.1f} .. {max(seconds) * 1000:7.1f}"
        f"   goal {goal * 1000:5.0f} ms   {verdict}"
    )


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        survey(folder / "survey.csv", 1000)
        print(f"{os.cpu_count()} processors; medians, then the range; whole processes")
        report("plumb --version", timed([PLUMB, "--version"], folder, 20), 0.030)
        expression = [PLUMB, "eval", "--csv", "survey.csv", "--expr", "g.A1:mean()", "--json"]
        report("plumb eval --csv, 1,000 rows, with its worker", timed(expression, folder, 20), 0.150)
        subprocess.run([PLUMB, "demo", "demo", "--quiet"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        night = [PLUMB, "nightly", "--full", "--as-of", as_of(folder / "demo")]
        report("the demo's night, everything evaluated", timed(night, folder / "demo", 7), 2.0)
        report("the demo's night, nothing changed", timed(night[:2] + night[3:], folder / "demo", 7), 2.0)
        shutil.rmtree(folder / "demo")


def as_of(demo):
    """The day the demo looks from."""
    listed = subprocess.run([PLUMB, "edition", "list", "--json"], cwd=demo, check=True, capture_output=True)
    return json.loads(listed.stdout)["editions"][-1]["as_of"]


if __name__ == "__main__":
    main()
