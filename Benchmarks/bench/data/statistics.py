"""Data for statistics over many groups, over ties, and over nested rows."""

import numpy
import pyarrow

from ..places import DATA
from . import made_once

SEED = 61
ITEMS = [f"i{number}" for number in range(1, 9)]


def teams(count):
    """Ten members of each team answer eight items; one answer in fifty is blank."""

    def make(path):
        random = numpy.random.default_rng(SEED)
        team = numpy.repeat(numpy.arange(count), 10)
        person = random.normal(size=len(team))
        columns = {"team": _names("t", team, count)}
        for item in ITEMS:
            answer = numpy.clip(numpy.rint(3.5 + person + random.normal(size=len(team))), 1, 6)
            columns[item] = pyarrow.array(answer.astype("int8"), mask=random.random(len(team)) < 0.02)
        _write(path, columns)

    return made_once(DATA / f"teams-{SEED}-{count}.arrow", make)


def shares(count):
    """Twelve answers, yes or no, in each group."""

    def make(path):
        random = numpy.random.default_rng(SEED)
        group = numpy.repeat(numpy.arange(count), 12)
        likely = random.beta(2, 2, count)[group]
        _write(path, {"team": _names("g", group, count), "yes": pyarrow.array(random.random(len(group)) < likely)})

    return made_once(DATA / f"shares-{SEED}-{count}.arrow", make)


def ties(nodes, ties_each):
    """A directed network without loops and duplicates."""

    def make(path):
        random = numpy.random.default_rng(SEED)
        pairs = random.integers(0, nodes, (nodes * ties_each * 2, 2))
        pairs = numpy.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
        pairs = pairs[random.permutation(len(pairs))[: nodes * ties_each]]
        _write(path, {"from": _names("n", pairs[:, 0], nodes), "to": _names("n", pairs[:, 1], nodes)})

    return made_once(DATA / f"ties-{SEED}-{nodes}-{ties_each}.arrow", make)


def nested(rows, sites):
    """Scores of pupils in schools of very different sizes."""

    def make(path):
        random = numpy.random.default_rng(SEED)
        site = numpy.sort(random.choice(sites, rows, p=random.dirichlet(numpy.full(sites, 2.0))))
        score = 50 + random.normal(0, 3, sites)[site] + random.normal(0, 10, rows)
        _write(path, {"school": _names("s", site, sites), "score": pyarrow.array(score)})

    return made_once(DATA / f"nested-{SEED}-{rows}-{sites}.arrow", make)


def _names(letter, numbers, count):
    names = pyarrow.array([f"{letter}{number:06d}" for number in range(count)])
    return pyarrow.DictionaryArray.from_arrays(numbers.astype("int32"), names)


def _write(path, columns):
    table = pyarrow.table(columns)
    with pyarrow.ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table)
