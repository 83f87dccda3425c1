"""statistics.py TASK PEER FILE.arrow VALUES: what other software takes for one statistic; data in memory before the clock."""

import json
import sys
import time

import numpy
import pyarrow.ipc

task, peer, file, values = sys.argv[1:]
table = pyarrow.ipc.open_file(file).read_all()
REPEATS = 3


def alpha_numpy():
    """Rows without a blank, teams next to one another, sums by `reduceat`."""
    items = [name for name in table.column_names if name != "team"]
    team = numpy.concatenate([chunk.indices.to_numpy() for chunk in table["team"].chunks])
    answers = numpy.column_stack([table[item].to_numpy().astype("float64") for item in items])

    def work():
        whole = ~numpy.isnan(answers).any(axis=1)
        kept, rows = team[whole], answers[whole]
        order = numpy.argsort(kept, kind="stable")
        kept, rows = kept[order], rows[order]
        starts = numpy.flatnonzero(numpy.r_[True, kept[1:] != kept[:-1]])
        n = numpy.diff(numpy.r_[starts, len(kept)])

        def variance(numbers):
            mean = numpy.add.reduceat(numbers, starts) / (n if numbers.ndim == 1 else n[:, None])
            gap = numbers - numpy.repeat(mean, n, axis=0)
            return numpy.add.reduceat(gap * gap, starts) / (n - 1 if numbers.ndim == 1 else (n - 1)[:, None])

        k = rows.shape[1]
        return kept[starts], k / (k - 1) * (1 - variance(rows).sum(axis=1) / variance(rows.sum(axis=1)))

    return work, lambda made: {f"t{team:06d}": value for team, value in zip(*made)}


def alpha_polars():
    import polars

    items = [name for name in table.column_names if name != "team"]
    frame = polars.from_arrow(table)

    def work():
        k = len(items)
        total = polars.sum_horizontal([polars.col(item).cast(polars.Float64) for item in items])
        parts = sum(polars.col(item).cast(polars.Float64).var() for item in items)
        return frame.lazy().drop_nulls(items).group_by("team").agg(
            (k / (k - 1) * (1 - parts / total.var())).alias("alpha")).collect()

    return work, lambda made: dict(zip(made["team"].to_list(), made["alpha"].to_list()))


def shares_statsmodels():
    from statsmodels.stats.proportion import proportion_confint

    group = numpy.concatenate([chunk.indices.to_numpy() for chunk in table["team"].chunks])
    yes = table["yes"].to_numpy(zero_copy_only=False)

    def work():
        n = numpy.bincount(group)
        successes = numpy.bincount(group, weights=yes)
        return successes / n, *proportion_confint(successes, n, method="wilson")

    return work, lambda made: {f"g{place:06d}": float(share) for place, share in enumerate(made[0])}


def shares_polars():
    import polars

    import intervals

    frame = polars.from_arrow(table)

    def work():
        made = frame.lazy().group_by("team").agg(polars.col("yes").sum().alias("k"), polars.len().alias("n")).collect()
        return made["team"], made["k"].to_numpy() / made["n"].to_numpy(), intervals.of_share(made["k"], made["n"])

    return work, lambda made: dict(zip(made[0].to_list(), made[1].tolist()))


def betweenness_igraph():
    import igraph

    ends = [[row.as_py() for row in table[name]] for name in ("from", "to")]
    graph = igraph.Graph.TupleList(zip(*ends), directed=True)

    def work():
        return graph.betweenness()

    return work, lambda made: {"highest": max(made), "mean": sum(made) / len(made)}


def variance_statsmodels():
    import statsmodels.api

    score = table["score"].to_numpy()
    school = numpy.concatenate([chunk.indices.to_numpy() for chunk in table["school"].chunks])

    def work():
        model = statsmodels.api.MixedLM(score, numpy.ones((len(score), 1)), groups=school)
        fitted = model.fit(reml=True)
        return float(fitted.cov_re[0, 0]), float(fitted.scale)

    return work, lambda made: {"between": made[0], "within": made[1]}


work, shown = globals()[f"{task}_{peer}"]()
seconds = []
for _ in range(REPEATS):
    start = time.perf_counter()
    made = work()
    seconds.append(time.perf_counter() - start)
if values != "-":
    with open(values, "w") as target:
        json.dump(shown(made), target)
print(json.dumps({"seconds": seconds}))
