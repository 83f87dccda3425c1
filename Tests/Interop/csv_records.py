"""The records of every numbered CSV in a folder, as Python's csv module reads them, as JSON. Blank lines are none."""

import csv
import json
import pathlib
import sys

csv.field_size_limit(1 << 30)


def records(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [record for record in csv.reader(file) if record]


folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
print(json.dumps([records(folder / f"{number}.csv") for number in range(count)]))
