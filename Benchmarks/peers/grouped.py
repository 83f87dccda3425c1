"""grouped.py PEER FILE.arrow REPEATS VALUES: means and shares of ten items with intervals, by network, role, wave.

The data are in memory, in the form the peer likes best, before the clock starts.
"""

import json
import sys
import time

import pyarrow.ipc

import intervals

peer, file, repeats, values = sys.argv[1:]
ITEMS = [f"q{number:02d}" for number in range(1, 11)]
STARTS = ["2024-09-01", "2025-02-01", "2025-09-01"]
AGREES = 5
answers = pyarrow.ipc.open_file(file).read_all().select(["network", "role", "submitted", *ITEMS])


def finish(keys, columns):
    """Rows of key, period, item, and the estimates; `columns` gives mean, deviation, count and successes of an item."""
    out = {}
    for item in ITEMS:
        mean, deviation, n, successes = columns(item)
        out[item] = (mean, n, *intervals.of_mean(mean, deviation, n))
        out[item + "_share"] = (successes / n, n, *intervals.of_share(successes, n))
    return keys, out


if peer == "polars":
    import polars

    frame = polars.from_arrow(answers)
    starts = [polars.lit(start).str.to_date() for start in STARTS]

    def work():
        wave = (polars.col("submitted") >= starts[1]).cast(polars.Int8) + (polars.col("submitted") >= starts[2])
        wanted = []
        for item in ITEMS:
            column = polars.col(item)
            wanted += [
                column.mean().alias(f"{item}_m"), column.std().alias(f"{item}_d"), column.count().alias(f"{item}_n"),
                (column >= AGREES).sum().alias(f"{item}_k"),
            ]
        made = frame.lazy().with_columns(wave=wave).group_by("network", "role", "wave").agg(wanted).collect()
        keys = list(zip(made["network"].to_list(), made["role"].to_list(), made["wave"].to_list()))
        return finish(keys, lambda item: tuple(made[f"{item}_{what}"].to_numpy() for what in "mdnk"))

elif peer == "duckdb":
    import duckdb

    connection = duckdb.connect()
    connection.execute("create table survey as select * from answers")
    wanted = ", ".join(
        f"avg({item}) as {item}_m, stddev_samp({item}) as {item}_d, count({item}) as {item}_n, "
        f"count(*) filter ({item} >= {AGREES}) as {item}_k"
        for item in ITEMS
    )
    wave = " + ".join(f"(submitted >= date '{start}')::int" for start in STARTS[1:])

    def work():
        made = connection.sql(f"select network, role, {wave} as wave, {wanted} from survey group by all").fetchnumpy()
        keys = list(zip(map(str, made["network"]), map(str, made["role"]), map(int, made["wave"])))
        return finish(keys, lambda item: tuple(made[f"{item}_{what}"] for what in "mdnk"))

else:
    import numpy
    import pandas

    frame = answers.to_pandas()
    frame["submitted"] = pandas.to_datetime(frame["submitted"])
    edges = [pandas.Timestamp(start) for start in STARTS[1:]]

    def work():
        wave = (frame["submitted"] >= edges[0]).astype("int8") + (frame["submitted"] >= edges[1])
        keys = [frame["network"], frame["role"], wave]
        grouped = frame[ITEMS].groupby(keys, observed=True, sort=False)
        mean, deviation, count = grouped.mean(), grouped.std(), grouped.count()
        successes = (frame[ITEMS] >= AGREES).groupby(keys, observed=True, sort=False).sum()
        return finish(
            list(mean.index), lambda item: tuple(part[item].to_numpy() for part in (mean, deviation, count, successes))
        )


seconds = []
for _ in range(int(repeats) + 1):  # the first is a warm-up
    start = time.perf_counter()
    keys, made = work()
    seconds.append(time.perf_counter() - start)
if values != "-":
    listed = [
        [*map(str, key[:2]), int(key[2]), part, *(float(column[place]) for column in columns)]
        for part, columns in made.items() for place, key in enumerate(keys)
    ]
    with open(values, "w") as target:
        json.dump(listed, target)
print(json.dumps({"seconds": seconds[1:], "groups": len(keys)}))
