"""Carries out a row: everybody once in every round, so that a slow minute of the machine is everybody's."""

import json

from . import profiling
from .model import Outcome, median


def measure(row, progress, with_profile=True):
    everybody = [row.ours] + row.peers
    seconds = {contender.name: [] for contender in everybody}
    peaks = {}
    for contender in everybody if row.runs > 1 else []:  # a warm-up that is not timed shows the memory
        progress(f"{row.title}: {contender.name}, warming up")
        _, finished = contender.run(watch_memory=row.watch_memory)
        peaks[contender.name] = finished.peak_anonymous
    checked = row.check() if row.check else ""
    for number in range(row.runs):
        for contender in everybody if number % 2 == 0 else reversed(everybody):
            progress(f"{row.title}: {contender.name}, run {number + 1} of {row.runs}")
            taken, finished = contender.run()
            seconds[contender.name].append(taken)
            if contender is row.ours:
                last = finished
    best = min((peer.name for peer in row.peers), key=lambda name: median(seconds[name]), default=None)
    ours = seconds[row.ours.name]
    ratios = [theirs / mine for theirs, mine in zip(seconds[best], ours)] if best else []
    outcome = Outcome(row, seconds, peaks, best, ratios, checked)
    if row.tell:
        outcome.told = row.tell(json.loads(last.output.strip().splitlines()[-1]))
    if not outcome.is_met and with_profile:
        progress(f"{row.title}: missed, taking a profile")
        outcome.profile = profiling.profile(row.ours)
    return outcome
