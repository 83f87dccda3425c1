"""outcomes.py PEER FILE.arrow VALUES: absence by district, student group and school year, from an Arrow file on disk."""

import json
import sys
import time

peer, file, values = sys.argv[1:]
STARTS = ["2024-07-01", "2025-07-01", "2026-07-01"]
import intervals

if peer == "polars":
    import polars

    def work():
        year = sum((polars.col("week_start") >= polars.lit(start).str.to_date()).cast(polars.Int8) for start in STARTS[1:])
        made = (
            polars.scan_ipc(file, memory_map=True).group_by("district", "student_group", year.alias("year"))
            .agg(polars.col("absent").cast(polars.Int64).sum(), polars.col("enrolled").cast(polars.Int64).sum())
            .collect()
        )
        keys = list(zip(made["district"].to_list(), made["student_group"].to_list(), made["year"].to_list()))
        return keys, made["absent"].to_numpy(), made["enrolled"].to_numpy()

else:
    import duckdb
    import pyarrow
    import pyarrow.dataset

    def work():
        outcomes = pyarrow.dataset.dataset(file, format="arrow")
        year = " + ".join(f"(week_start >= date '{start}')::int" for start in STARTS[1:])
        made = duckdb.sql(
            f"select district, student_group, {year} as year, sum(absent) as absent, sum(enrolled) as enrolled "
            "from outcomes group by all"
        ).fetchnumpy()
        keys = list(zip(map(str, made["district"]), map(str, made["student_group"]), map(int, made["year"])))
        return keys, made["absent"].astype("int64"), made["enrolled"].astype("int64")


start = time.perf_counter()
keys, absent, enrolled = work()
low, high = intervals.of_share(absent, enrolled)
seconds = time.perf_counter() - start
if values != "-":
    with open(values, "w") as target:
        json.dump(
            [[*key[:2], int(key[2]), *map(float, numbers)]
             for key, *numbers in zip(keys, absent / enrolled, enrolled, low, high)], target)
print(json.dumps({"seconds": seconds, "groups": len(keys)}))
