"""Nights of two workspaces in turn: PLUMB BARE LOCKED RUNS. Prints the medians of their seconds as one object."""

import json
import statistics
import subprocess
import sys
import time


def night(plumb, folder):
    start = time.perf_counter()
    subprocess.run([plumb, "nightly", "--as-of", "2026-01-15"], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def main():
    plumb, bare, locked, runs = sys.argv[1:5]
    seconds = {"bare": [], "locked": []}
    for _ in range(int(runs)):
        seconds["bare"].append(night(plumb, bare))
        seconds["locked"].append(night(plumb, locked))
    print(json.dumps({name: statistics.median(values) for name, values in seconds.items()}))


main()
