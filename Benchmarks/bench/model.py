"""What a row of the table is."""

import dataclasses
import json
import typing

from . import process


@dataclasses.dataclass
class Contender:
    """Somebody who does the work of a row: a command, and how its seconds are told."""

    name: str
    command: typing.Callable[[], list]
    folder: typing.Any = None
    # Made ready before each run, not timed.
    prepare: typing.Callable[[], None] = lambda: None
    # Picks seconds from what a command printed; nothing means that the whole process is timed.
    part: typing.Optional[typing.Callable[[dict], float]] = None

    def run(self, watch_memory=False):
        self.prepare()
        finished = process.run(self.command(), self.folder, watch_memory)
        if self.part is None:
            return finished.seconds, finished
        return self.part(json.loads(finished.output.strip().splitlines()[-1])), finished


@dataclasses.dataclass
class Row:
    """One comparison, or one figure of our own where there is no peer."""

    title: str
    timed: str
    ours: Contender
    peers: list = dataclasses.field(default_factory=list)
    # Wanted: with peers how many times as fast as the best of them, without the most seconds.
    goal: float = 1.0
    runs: int = 5
    unit: str = "s"
    watch_memory: bool = True
    # Compares what both computed; raises when they differ, else says what was compared.
    check: typing.Optional[typing.Callable[[], str]] = None
    # Says more of what our last run printed.
    tell: typing.Optional[typing.Callable[[dict], str]] = None


@dataclasses.dataclass
class Outcome:
    row: Row
    seconds: dict
    peaks: dict
    best_peer: typing.Optional[str]
    # One for each round: the best peer's seconds by ours.
    ratios: list
    checked: str = ""
    profile: str = ""
    told: str = ""

    @property
    def figure(self):
        """The median ratio, or our median seconds."""
        return median(self.ratios or self.seconds[self.row.ours.name])

    @property
    def is_met(self):
        return self.figure >= self.row.goal if self.ratios else self.figure <= self.row.goal


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def part(name):
    """The median of the seconds that a command printed under a name, a number or a list."""

    def pick(printed):
        value = printed[name]
        return median(value) if isinstance(value, list) else value

    return pick
