"""The columns of every numbered CSV in a folder, as pyarrow reads them, as JSON: a name, a type and texts for each."""

import json
import pathlib
import sys

import pyarrow as pa
import pyarrow.csv as pc

PARSE = pc.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda row: "skip")
# The rules that both can follow: a blank is missing, quoted or not, and nothing else is; truths are words.
CONVERT = pc.ConvertOptions(
    null_values=[""],
    strings_can_be_null=True,
    quoted_strings_can_be_null=True,
    true_values=["true", "TRUE", "yes"],
    false_values=["false", "FALSE", "no"],
)


def kind(type):
    if pa.types.is_integer(type):
        return "integer"
    if pa.types.is_floating(type):
        return "number"
    if pa.types.is_boolean(type):
        return "boolean"
    if pa.types.is_date(type):
        return "date"
    if pa.types.is_timestamp(type):
        return "timestamp"
    return {"null": "nothing", "string": "text"}.get(str(type), str(type))


def text(value, type):
    if value is None:
        return None
    if type == "boolean":
        return "true" if value else "false"
    if type == "date":
        return value.isoformat()
    if type == "timestamp":
        return value.isoformat() + "Z"
    return value if type == "text" else repr(value)


def columns(path):
    table = pc.read_csv(path, parse_options=PARSE, convert_options=CONVERT)
    result = []
    for name, column in zip(table.column_names, table.itercolumns()):
        type = kind(column.type)
        result.append({"name": name, "type": type, "texts": [text(value, type) for value in column.to_pylist()]})
    return result


folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
print(json.dumps([columns(folder / f"{number}.csv") for number in range(count)]))
