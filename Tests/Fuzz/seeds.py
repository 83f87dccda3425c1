"""Writes sound Arrow files and streams with pyarrow and polars for `make fuzz`: what our own writer never writes. The
argument is the folder."""

import pathlib
import sys

import polars
import pyarrow as pa
import pyarrow.ipc as ipc

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def write(name, batches, **options):
    for suffix, open_writer in [(".arrow", ipc.new_file), (".arrows", ipc.new_stream)]:
        with open_writer(str(folder / (name + suffix)), batches[0].schema,
                         options=ipc.IpcWriteOptions(**options)) as writer:
            for batch in batches:
                writer.write_batch(batch)


def batch(**columns):
    return pa.RecordBatch.from_arrays(list(columns.values()), list(columns))


words = ["é", None, "", "two\nlines", "x" * 20]
labels = pa.DictionaryArray.from_arrays(pa.array([0, 2, 1, None, 0], pa.uint16()), pa.array(["a", None, "c"]))
plain = batch(
    small=pa.array([1, None, 3, 4, -128], pa.int8()), big=pa.array([1, 2, None, 2**63, 5], pa.uint64()),
    real=pa.array([0.5, None, 1, 2, 3], pa.float64()), truth=pa.array([True, None, False, True, True]),
    day=pa.array([1, 2, 3, None, 5], pa.date32()), time=pa.array([1, 2, None, 4, 5], pa.timestamp("ns", "UTC")),
    text=pa.array(words), large=pa.array(words, pa.large_string()), label=labels, null=pa.nulls(5))
write("plain", [plain])
write("batches", [plain.slice(0, 2), plain.slice(2, 3), plain.slice(0, 0)])
write("version4", [plain.slice(1, 3)], metadata_version=ipc.MetadataVersion.V4)
write("legacy", [plain], metadata_version=ipc.MetadataVersion.V4, use_legacy_format=True)
write("compressed", [plain], compression="zstd")

# Columns that are not read between such that are, so that they are passed over.
items = pa.array([[1], None, [], [2, 3], [4]])
other = batch(
    text=pa.array(words), list=items, small=pa.array([1, 2, 3, 4, 5], pa.int8()), view=pa.array(words, pa.string_view()),
    struct=pa.array([{"a": 1, "b": "x"}] * 5), map=pa.array([[("k", 1)]] * 5, pa.map_(pa.string(), pa.int8())),
    dense=pa.UnionArray.from_dense(
        pa.array([0, 1, 0, 1, 0], pa.int8()), pa.array([0, 0, 1, 1, 2], pa.int32()),
        [pa.array([1, 2, 3]), pa.array(["x", "y"])]),
    sparse=pa.UnionArray.from_sparse(pa.array([0] * 5, pa.int8()), [pa.array([1, 2, 3, 4, 5])]),
    runs=pa.RunEndEncodedArray.from_arrays(pa.array([3, 5], pa.int32()), pa.array(["a", "b"])),
    fixed=pa.array([[1, 2]] * 5, pa.list_(pa.int8(), 2)), bytes=pa.array([b"x"] * 5, pa.binary(1)),
    price=pa.array([1] * 5, pa.decimal128(5, 2)), clock=pa.array([1] * 5, pa.time64("us")),
    numbers=pa.array([7, 8, 7, 8, 7]).dictionary_encode(), few=labels)
write("nested", [other])

# Dictionaries that are replaced, and that grow.
parts = [batch(few=pa.array(some).dictionary_encode()) for some in [["a", "b", None], ["c", "a"], ["c", "a", "d"]]]
grown = [batch(few=pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8()), pa.array(list(known))))
         for codes, known in [([0, 1], "ab"), ([2, None], "abc"), ([3, 0], "abcd")]]
write("grown", grown, emit_dictionary_deltas=True)
with ipc.new_stream(str(folder / "replaced.arrows"), parts[0].schema) as writer:
    for part in parts:
        writer.write_batch(part)

frame = polars.DataFrame({"text": words, "category": polars.Series(["b", "a", None, "b", "a"], dtype=polars.Categorical)})
frame.write_ipc(folder / "polars.arrow", compat_level=polars.CompatLevel.oldest())
frame.write_ipc(folder / "polars_views.arrow")
