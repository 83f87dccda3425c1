"""Says what Arrow's golden files hold, from the JSON beside them alone: for each of them a text file in the output folder.

Its first record names the rows of each batch, each further one a column: its name, the Arrow type where it is one that
is not read, and else its cells."""

import gzip
import json
import pathlib
import sys

from arrow_cells import MISSING, day, moment, truth

UNITS = {"SECOND": "s", "MILLISECOND": "ms", "MICROSECOND": "us", "NANOSECOND": "ns"}
NAMES = {"floatingpoint": "floating point", "largeutf8": "large utf8", "fixedsizebinary": "fixed size binary",
         "largebinary": "large binary", "fixedsizelist": "fixed size list", "largelist": "large list",
         "binaryview": "binary view", "utf8view": "utf8 view", "listview": "list view",
         "largelistview": "large list view", "runendencoded": "run end encoded"}


def show(kind):
    """How a value of a type is shown; None for types that are not read."""
    name = kind["name"]
    if name in ("int", "utf8", "largeutf8") or name == "floatingpoint" and kind["precision"] != "HALF":
        return str
    if name == "bool":
        return lambda value: truth(bool(value))
    if name == "date":
        return lambda value: day(int(value) // (1 if kind["unit"] == "DAY" else 86_400_000))
    if name == "timestamp":
        return lambda value: moment(int(value), UNITS[kind["unit"]])
    return None


def cells(column, shown):
    """The cells of a column of one batch, missing ones as None."""
    if "DATA" not in column:
        return [None] * column["count"]
    return [shown(value) if valid else None for value, valid in zip(column["DATA"], column["VALIDITY"])]


def records(golden):
    """The columns of a golden file as lists of texts."""
    labels = {entry["id"]: entry["data"]["columns"][0] for entry in golden.get("dictionaries", [])}
    for index, field in enumerate(golden["schema"]["fields"]):
        kind, encoding = field["type"], field.get("dictionary")
        name = NAMES.get(kind["name"], kind["name"])
        if kind["name"] != "null" and show(kind) is None or encoding and "utf8" not in kind["name"]:
            # A dictionary is refused for its labels, when those alone can be read.
            yield [field["name"], name if show(kind) is None else "a dictionary"]
            continue
        values = []
        for batch in golden["batches"]:
            column = batch["columns"][index]
            if encoding:
                known = cells(labels[encoding["id"]], str)
                values += [None if code is None else known[code] for code in cells(column, int)]
            else:
                values += cells(column, show(kind))
        yield [field["name"], ""] + [MISSING if value is None else value for value in values]


source, target = map(pathlib.Path, sys.argv[1:])
for path in sorted(source.glob("*.json.gz")):
    golden = json.loads(gzip.decompress(path.read_bytes()))
    batches = [str(batch["count"]) for batch in golden["batches"]]
    lines = ["\u001f".join(record) + "\u001e" for record in [batches, *records(golden)]]
    (target / path.name.removesuffix(".json.gz")).write_bytes("".join(lines).encode())
