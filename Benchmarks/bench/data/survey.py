"""A staff survey: 8 columns of text, 80 answers from 1 to 6 of which 6 % are missing, in three waves."""

import numpy
import pyarrow
import pyarrow.csv

from ..places import DATA
from . import made_once

SEED = 20261129
NETWORKS = 40
ITEMS = [f"q{number:02d}" for number in range(1, 81)]
WAVES = [("2024-fall", "2024-09-01", "2024-12-20"), ("2025-spring", "2025-02-01", "2025-06-01"),
         ("2025-fall", "2025-09-01", "2025-12-20")]
ROLES = ["coach", "principal", "specialist", "teacher"]
MISSING = 0.06


def network_names():
    return [f"nsi-{number:02d}" for number in range(1, NETWORKS + 1)]


def csv(rows):
    """The survey as a CSV file."""
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    return made_once(
        DATA / f"survey-{SEED}-{rows}.csv", lambda path: pyarrow.csv.write_csv(table(rows, False), path, options)
    )


def arrow(rows):
    """The survey as one uncompressed Arrow file, texts by number."""

    def make(path):
        with pyarrow.ipc.new_file(str(path), (made := table(rows, True)).schema) as writer:
            writer.write_table(made, max_chunksize=rows)

    return made_once(DATA / f"survey-{SEED}-{rows}-sorted.arrow", make)


def table(rows, by_number):
    """Rows in the order in which they were submitted."""
    random = numpy.random.default_rng(SEED)
    wave = numpy.sort(random.integers(0, len(WAVES), rows))
    starts = numpy.array([numpy.datetime64(start) for _, start, _ in WAVES])
    lengths = numpy.array([(numpy.datetime64(end) - numpy.datetime64(start)).astype(int) for _, start, end in WAVES])
    submitted = starts[wave] + (random.random(rows) * lengths[wave]).astype(int)
    submitted = submitted[numpy.lexsort((submitted,))]
    network = random.integers(0, NETWORKS, rows)
    school = random.integers(1, 6, rows)
    team = random.integers(1, 9, rows)
    person = _persons(random, wave, rows)
    names = numpy.array(network_names())
    texts = {
        "respondent": numpy.char.add("r", numpy.char.zfill(person.astype("U"), 6)),
        "network": names[network],
        "district": numpy.char.add(numpy.char.add(names[network], "-d"), ((school + 2) // 3).astype("U")),
        "school": numpy.char.add(numpy.char.add(names[network], "-s"), school.astype("U")),
        "team": numpy.char.add(numpy.char.add(names[network], "-t"), team.astype("U")),
        "role": numpy.array(ROLES)[numpy.minimum(random.geometric(0.6, rows) - 1, 3)[::1]],
        "subject": numpy.array(["art", "English", "history", "mathematics", "science"])[random.integers(0, 5, rows)],
    }
    if by_number:
        columns = {name: _numbered(values) for name, values in texts.items()}
        columns["submitted"] = pyarrow.array(submitted.astype("datetime64[D]"))
    else:
        columns = {name: pyarrow.array(values) for name, values in texts.items()}
        columns["submitted"] = pyarrow.array(numpy.datetime_as_string(submitted.astype("datetime64[D]")))
    level = random.normal(3.8, 0.6, NETWORKS)[network]
    for item in ITEMS:
        answers = numpy.clip(numpy.rint(level + random.normal(0, 1.3, rows)), 1, 6).astype("int8")
        columns[item] = pyarrow.array(answers, mask=random.random(rows) < MISSING)
    return pyarrow.table(columns)


def _numbered(values):
    """Texts by number, in the order of their bytes as in the files that `plumb import` writes."""
    labels, codes = numpy.unique(values, return_inverse=True)
    return pyarrow.DictionaryArray.from_arrays(pyarrow.array(codes.astype("int32")), pyarrow.array(labels))


def _persons(random, wave, rows):
    """Nobody answers twice in a wave; who answered in one wave mostly answers in the next."""
    persons = numpy.empty(rows, dtype="int64")
    for number in range(len(WAVES)):
        mine = numpy.flatnonzero(wave == number)
        persons[mine] = random.permutation(int(len(mine) * 1.2) + 1)[: len(mine)]
    return persons
