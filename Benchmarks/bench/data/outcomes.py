"""Weekly outcomes: for each site and student group the pupils enrolled and those absent, week by week."""

import numpy
import pyarrow

from ..places import DATA
from . import made_once

SEED = 50
GROUPS = ["general", "iep", "multilingual", "newcomer"]
WEEKS = 108
# Rows written at a time, so that making them takes little memory.
BATCH = 2_000_000


def sites(rows):
    return max(1, rows // (len(GROUPS) * WEEKS))


def arrow(rows):
    """One uncompressed Arrow file, week after week."""
    return made_once(DATA / f"outcomes-{SEED}-{rows}.arrow", lambda path: _write(path, rows))


def _write(path, rows):
    random = numpy.random.default_rng(SEED)
    count = sites(rows)
    schools = pyarrow.array([f"school-{number:06d}" for number in range(count)])
    districts = pyarrow.array([f"district-{number:03d}" for number in range(100)])
    groups = pyarrow.array(GROUPS)
    size = random.integers(20, 400, count * len(GROUPS)).astype("int16")
    per_week = count * len(GROUPS)
    schema = None
    writer = None
    for start in range(0, rows, BATCH):
        row = numpy.arange(start, min(start + BATCH, rows))
        cell = row % per_week
        week = numpy.minimum(row // per_week, WEEKS * 2)
        enrolled = size[cell]
        batch = pyarrow.record_batch({
            "week_start": pyarrow.array((numpy.datetime64("2024-08-05") + week * 7).astype("datetime64[D]")),
            "district": pyarrow.DictionaryArray.from_arrays((cell // len(GROUPS) % 100).astype("int8"), districts),
            "school": pyarrow.DictionaryArray.from_arrays((cell // len(GROUPS)).astype("int32"), schools),
            "student_group": pyarrow.DictionaryArray.from_arrays((cell % len(GROUPS)).astype("int8"), groups),
            "enrolled": pyarrow.array(enrolled),
            "absent": pyarrow.array(random.binomial(enrolled, 0.08).astype("int16")),
        })
        if writer is None:
            schema = batch.schema
            writer = pyarrow.ipc.new_file(str(path), schema)
        writer.write_batch(batch)
    writer.close()
