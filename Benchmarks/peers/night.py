"""night.py VALUES.csv FILE.arrow...: 60 measures by 6 groupings by wave from Arrow files on disk, with polars."""

import json
import sys
import time

import polars

import intervals

target, *files = sys.argv[1:]
MEANS = [f"q{number:02d}" for number in range(1, 41)]
SHARES = [f"q{number:02d}" for number in range(41, 61)]
AGREES = 5
GROUPINGS = [
    [], ["network"], ["role"], ["network", "district"], ["network", "district", "school"], ["network", "role"],
]
WAVES = ["2024-fall", "2025-spring", "2025-fall"]
LATER_STARTS = [polars.lit(start).str.to_date() for start in ["2025-02-01", "2025-09-01"]]
KEYS = ["network", "district", "school", "role"]


def read():
    parts = []
    for file in files:
        parts.append(polars.read_ipc(file, memory_map=True, columns=["network", "district", "school", "role",
                                                                     "submitted", *MEANS, *SHARES]))
    wave = (polars.col("submitted") >= LATER_STARTS[0]).cast(polars.Int8) + (polars.col("submitted") >= LATER_STARTS[1])
    texts = [polars.col(name).cast(polars.Categorical) for name in KEYS]
    return polars.concat([part.with_columns(texts) for part in parts], how="vertical_relaxed").with_columns(wave=wave)


def aggregates():
    wanted = []
    for item in MEANS:
        column = polars.col(item)
        wanted += [column.mean().alias(f"{item}_m"), column.std().alias(f"{item}_d"), column.count().alias(f"{item}_n")]
    for item in SHARES:
        column = polars.col(item)
        wanted += [(column >= AGREES).sum().alias(f"{item}_k"), column.count().alias(f"{item}_n")]
    return wanted


def estimates(made, keys):
    """One row for each measure and group."""
    names = [f"mean_{item}" for item in MEANS] + [f"share_{item}" for item in SHARES]
    frames = []
    for name in names:
        what, item = name.split("_")
        n = made[f"{item}_n"].to_numpy()
        if what == "mean":
            value = made[f"{item}_m"].to_numpy()
            low, high = intervals.of_mean(value, made[f"{item}_d"].to_numpy(), n)
        else:
            successes = made[f"{item}_k"].to_numpy()
            value = successes / n
            low, high = intervals.of_share(successes, n)
        columns = {key: made[key].cast(polars.String) for key in keys}
        columns |= {key: polars.repeat("", made.height, eager=True) for key in KEYS if key not in keys}
        frames.append(
            polars.DataFrame({
                "measure": polars.repeat(f"survey.{name}", made.height, eager=True),
                "period": made["wave"].replace_strict(dict(enumerate(WAVES)), return_dtype=polars.String), **columns,
                "value": value, "n": n, "low": low, "high": high,
            }).select("measure", "period", *KEYS, "value", "n", "low", "high")
        )
    return polars.concat(frames)


start = time.perf_counter()
frame = read()
results = []
for keys in GROUPINGS:
    results.append(estimates(frame.lazy().group_by(*keys, "wave").agg(aggregates()).collect(), keys))
polars.concat(results).write_csv(target)
print(json.dumps({"seconds": time.perf_counter() - start}))
