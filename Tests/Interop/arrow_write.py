"""Writes Arrow files and streams of every type with pyarrow and polars, with the texts of their cells beside them."""

import datetime
import itertools
import pathlib
import random
import sys

import polars
import pyarrow as pa
import pyarrow.ipc as ipc

from arrow_cells import arrow_column, polars_column

folder = pathlib.Path(sys.argv[1])
random.seed(11)

SAMPLES = {
    **{str(t): (t, [0, 1, 2**(t.bit_width - 1) - 1]) for t in
       [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()]},
    "float32": (pa.float32(), [0.5, -1.25, 3.0]), "float64": (pa.float64(), [0.1, 1e300, -2.0]),
    "bool": (pa.bool_(), [True, False, False]), "date": (pa.date32(), [20_761, -1, 0]),
    "date_ms": (pa.date64(), [20_761 * 86_400_000, -86_400_000, 0]),
    **{f"time_{unit}": (pa.timestamp(unit, tz=zone), [0, -1, 86_400 * 1_000 + 7])
       for unit, zone in [("s", None), ("ms", "UTC"), ("us", "America/Chicago"), ("ns", None)]},
    "text": (pa.string(), ["é", "", "two\nlines"]), "large_text": (pa.large_string(), ["é", "", "x" * 40]),
}


def is_missing(pattern, row, rows):
    return {"none": False, "all": True, "first": row == 0, "last": row == rows - 1, "third": row % 3 == 0,
            "random": random.random() < 0.4}[pattern]


def cells(samples, rows, pattern):
    return [None if is_missing(pattern, row, rows) else samples[row % len(samples)] for row in range(rows)]


def table(rows, pattern):
    columns = {name: pa.array(cells(samples, rows, pattern), kind) for name, (kind, samples) in SAMPLES.items()}
    columns["null"] = pa.nulls(rows)
    for kind in [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()]:
        for texts in [pa.string(), pa.large_string()]:
            codes = pa.array(cells([2, 0, 1], rows, pattern), kind)
            labels = pa.array(["a", "b ü", "c"], texts)
            columns[f"few_{kind}_{texts}"] = pa.DictionaryArray.from_arrays(codes, labels)
    fields = [pa.field(name, column.type, metadata={"wording": "ü?"}) for name, column in columns.items()]
    return pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields, metadata={"from": "pyarrow"}))


def expect(path, columns):
    text = "".join("\u001f".join([name, *texts]) + "\u001e" for name, texts in columns)
    path.with_name(path.name + ".txt").write_bytes(text.encode())


def write(name, table, chunk, **options):
    for suffix, open_writer in [(".arrow", ipc.new_file), (".arrows", ipc.new_stream)]:
        path = folder / (name + suffix)
        with open_writer(str(path), table.schema, options=ipc.IpcWriteOptions(**options)) as writer:
            writer.write_table(table, max_chunksize=chunk)
        expect(path, [(column, arrow_column(table[column])) for column in table.column_names])


lengths = [0, 1, 63, 64, 65, 10_000]
for rows, pattern in itertools.product(lengths, ["none", "all", "first", "last", "third", "random"]):
    made = table(rows, pattern)
    write(f"whole-{rows}-{pattern}", made, None)
    write(f"chunks-{rows}-{pattern}", made, max(1, rows // 3))
    # Slices begin in the middle of bytes of bitmaps and of texts.
    write(f"slice-{rows}-{pattern}", made.slice(rows // 3, rows // 2), None)
write("old", table(65, "third"), None, metadata_version=ipc.MetadataVersion.V4, use_legacy_format=True)
write("version4", table(65, "third"), 20, metadata_version=ipc.MetadataVersion.V4)

# Dictionaries that are replaced, and that grow.
parts = [pa.array(words).dictionary_encode() for words in [["a", "b", None], ["c", "a"], ["c", "a", "d"]]]
grown = [pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8()), pa.array(labels))
         for codes, labels in [([0, 1], ["a", "b"]), ([2, None], ["a", "b", "c"]), ([3, 0], ["a", "b", "c", "d"])]]
for name, arrays, deltas in [("replaced", parts, False), ("grown", grown, True)]:
    path = folder / f"{name}.arrows"
    schema = pa.schema([("label", arrays[0].type)])
    with ipc.new_stream(str(path), schema, options=ipc.IpcWriteOptions(emit_dictionary_deltas=deltas)) as writer:
        for array in arrays:
            writer.write_batch(pa.record_batch([array], schema=schema))
    expect(path, [("label", [cell for array in arrays for cell in arrow_column(array)])])
path = folder / "grown.arrow"
with ipc.new_file(str(path), schema, options=ipc.IpcWriteOptions(emit_dictionary_deltas=True)) as writer:
    for array in grown:
        writer.write_batch(pa.record_batch([array], schema=schema))
expect(path, [("label", [cell for array in grown for cell in arrow_column(array)])])

# Polars, in the form that other readers know (its own texts and categories are views).
for rows, pattern in itertools.product([0, 1, 64, 65, 10_000], ["none", "all", "third"]):
    frame = polars.DataFrame({
        "int8": polars.Series(cells([-128, 0, 127], rows, pattern), dtype=polars.Int8),
        "uint64": polars.Series(cells([2**64 - 1, 0], rows, pattern), dtype=polars.UInt64),
        "float32": polars.Series(cells([0.5, -1.25], rows, pattern), dtype=polars.Float32),
        "bool": polars.Series(cells([True, False, False], rows, pattern), dtype=polars.Boolean),
        "date": polars.Series(cells([datetime.date(2026, 11, 4), datetime.date(1969, 12, 31)], rows, pattern),
                              dtype=polars.Date),
        "time": polars.Series(cells([0, 1_500_000_001], rows, pattern), dtype=polars.Datetime("ns")),
        "zoned": polars.Series(cells([0, -1], rows, pattern), dtype=polars.Datetime("us", "America/Chicago")),
        "text": polars.Series(cells(["é", "", "x" * 30], rows, pattern), dtype=polars.String),
        "category": polars.Series(cells(["b", "a"], rows, pattern), dtype=polars.Categorical),
        "null": polars.Series([None] * rows, dtype=polars.Null),
    })
    for suffix, name in [(".arrow", "write_ipc"), (".arrows", "write_ipc_stream")]:
        path = folder / f"polars-{rows}-{pattern}{suffix}"
        getattr(frame, name)(path, compression="uncompressed", compat_level=polars.CompatLevel.oldest())
        expect(path, [(series.name, polars_column(series)) for series in frame])
