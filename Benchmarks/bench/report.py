"""The table, on the terminal and as Benchmarks/RESULTS.md."""

from .model import median

INTRODUCTION = """# Results

Made by `make {target}`; nothing in this file is typed by hand.

In every round each contender runs once, in turn, so that a slow minute of the machine is everybody's. A *ratio* is the
best peer's seconds by ours in the same round: the median over the rounds, then the least and the largest. Seconds are
medians with their range. *Peak* is the largest sum of `RssAnon` over a process and its children, sampled every 4 ms in
a run that is not timed: anonymous memory, without pages of mapped files, a peer's interpreter and libraries included.
A peer's seconds leave out its interpreter's start and its imports; ours are whole processes where it says so. A missed
goal is followed by a profile of where our time goes.
"""


def line(outcome):
    row = outcome.row
    verdict = "met" if outcome.is_met else "MISSED"
    if outcome.ratios:
        spread = f"{min(outcome.ratios):.2f} .. {max(outcome.ratios):.2f}"
        return f"{row.title:<66} {outcome.figure:6.2f}x  {spread:>16}  goal {row.goal:g}x  {verdict}"
    ours = outcome.seconds[row.ours.name]
    return (
        f"{row.title:<66} {show(outcome.figure, row.unit):>9}  {show(min(ours), row.unit)} .. "
        f"{show(max(ours), row.unit)}  goal {show(row.goal, row.unit)}  {verdict}"
    )


def show(seconds, unit):
    scale = {"s": (1, 3), "ms": (1e3, 1), "us": (1e6, 2), "x": (1, 2)}[unit]
    return f"{seconds * scale[0]:.{scale[1]}f} {unit}"


def markdown(outcomes, machine, target):
    return INTRODUCTION.format(target=target) + "\n" + _rows(outcomes, machine)


def addition(outcomes, machine):
    """Rows that were measured at another time than the rest."""
    return "# Measured at another time\n\n" + _rows(outcomes, machine)


def _rows(outcomes, machine):
    parts = ["\n".join(f"- {text}" for text in machine), ""]
    parts += ["| row | figure | range | goal | |", "|---|---|---|---|---|"]
    parts += [_summary(outcome) for outcome in outcomes]
    for outcome in outcomes:
        parts += ["", f"## {outcome.row.title}", "", outcome.row.timed, ""]
        parts += _contenders(outcome)
        if outcome.told:
            parts += ["", outcome.told]
        if outcome.checked:
            parts += ["", outcome.checked]
        if outcome.profile:
            parts += ["", "Missed. Where our time goes:", "", "```", outcome.profile, "```"]
    return "\n".join(parts) + "\n"


def _summary(outcome):
    row = outcome.row
    verdict = "met" if outcome.is_met else "**missed**"
    if outcome.ratios:
        spread = f"{min(outcome.ratios):.2f} .. {max(outcome.ratios):.2f}"
        return f"| {row.title} | {outcome.figure:.2f}x {outcome.best_peer} | {spread} | {row.goal:g}x | {verdict} |"
    ours = outcome.seconds[row.ours.name]
    spread = f"{show(min(ours), row.unit)} .. {show(max(ours), row.unit)}"
    return f"| {row.title} | {show(outcome.figure, row.unit)} | {spread} | {show(row.goal, row.unit)} | {verdict} |"


def _contenders(outcome):
    lines = ["| | seconds | range | peak MiB |", "|---|---|---|---|"]
    for name, seconds in outcome.seconds.items():
        peak = outcome.peaks.get(name, 0)
        lines.append(
            f"| {name} | {show(median(seconds), outcome.row.unit)} | {show(min(seconds), outcome.row.unit)} .. "
            f"{show(max(seconds), outcome.row.unit)} | {f'{peak / 2**20:.0f}' if peak else ''} |"
        )
    return lines
