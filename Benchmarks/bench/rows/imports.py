"""A survey export on its way in: the whole `plumb import`, and the parser alone."""

from ..data import survey, workspace
from ..model import Contender, Row, part
from ..places import DATA, MICRO, PEERS, PLUMB, PYTHON
from .wanted import wanted

READERS = ["pandas", "pyarrow", "polars", "duckdb"]
PEER_TIMED = (
    "A peer reads the file with its types found by itself and writes one uncompressed Arrow file; its interpreter's "
    "start and its imports are left out, its writing is in."
)


def rows(size, only):
    count = size.survey_rows
    for networks, title in [(False, "one network"), (True, "split into 40 networks")]:
        name = f"import {count:,} rows x 88 columns, {title}"
        if wanted(name, only):
            yield _whole(name, size, networks)
    name = f"parse {count:,} rows x 88 columns to columns"
    if wanted(name, only):
        yield _parse(name, size)


def _whole(name, size, by_network):
    file = survey.csv(size.survey_rows)
    folder = DATA / "import"
    networks = survey.network_names() if by_network else []
    ours = Contender(
        "plumb import", lambda: [PLUMB, "import", "survey", file, "--as", "survey"], folder=folder,
        prepare=lambda: workspace.empty(folder, networks),
    )
    peers = [_peer(reader, "write", file) for reader in READERS]
    timed = (
        "Ours is the whole process: start, parse, find types, check keys and persons, hash every column, write Arrow "
        "files (one for each network) and the store. " + PEER_TIMED
    )
    return Row(name, timed, ours, peers, goal=2.0, runs=size.runs)


def _parse(name, size):
    file = survey.csv(size.survey_rows)
    ours = Contender("plumb-bench parse", lambda: [MICRO, "parse", file, "1"], part=part("seconds"))
    peers = [_peer(reader, "read", file) for reader in READERS]
    timed = "Bytes of the file to typed columns in memory, in one process each; nothing is hashed or written."
    return Row(name, timed, ours, peers, goal=3.0, runs=size.runs)


def _peer(reader, what, file):
    target = DATA / "written.arrow"
    return Contender(
        reader, lambda: [PYTHON, PEERS / "read_csv.py", reader, what, file, target], part=part("seconds"),
        prepare=lambda: target.unlink(missing_ok=True),
    )
