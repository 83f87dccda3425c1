"""Whether two contenders computed the same numbers."""

import math

# Relative; peers add up in another order than we do.
TOLERANCE = 1e-9


class Differs(Exception):
    pass


def same(ours, theirs, what, tolerance=TOLERANCE):
    """Compares two tables of {key: numbers}; gives a sentence or raises with the first difference."""
    if ours.keys() != theirs.keys():
        strays = sorted(ours.keys() ^ theirs.keys(), key=str)[:3]
        raise Differs(f"{what}: {len(ours)} and {len(theirs)} cells; for instance {strays}")
    for key, numbers in ours.items():
        for mine, other in zip(numbers, theirs[key], strict=True):
            if not _close(mine, other, tolerance):
                raise Differs(f"{what}, {key}: {numbers} and {theirs[key]}")
    return f"Checked: {len(ours):,} cells of {what} are equal within {tolerance:g}."


def _close(mine, other, tolerance):
    mine, other = (math.nan if value is None else value for value in (mine, other))
    if math.isnan(mine) or math.isnan(other):
        return math.isnan(mine) and math.isnan(other)
    return abs(mine - other) <= tolerance * max(1.0, abs(mine), abs(other))
