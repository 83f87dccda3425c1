"""How much is measured."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Size:
    survey_rows: int
    night_rows: int
    outcome_rows: int
    lua_rows: int
    fresh_groups: int
    runs: int


FULL = Size(400_000, 400_000, 50_000_000, 500_000, 200_000, 5)
QUICK = Size(40_000, 20_000, 1_000_000, 100_000, 20_000, 3)
