"""Writes an Arrow file and a stream of two batches, in which columns of every type that Plumbline does not read stand
between three that it does. The argument is the folder."""

import pathlib
import sys

import pyarrow as pa
import pyarrow.ipc as ipc

# A code without a label, and a code of the label that means missing.
labels = pa.DictionaryArray.from_arrays(pa.array([1, None, 0], pa.uint8()), pa.array([None, "x"]))
others = [
    pa.array([[1], None, [2, 3]]), pa.array([[1], None, [2, 3]], pa.large_list(pa.int8())),
    pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int16(), 2)), pa.array([["a"], [], None], pa.list_view(pa.string())),
    pa.array([[labels[0].as_py()], [], None], pa.list_(pa.dictionary(pa.int8(), pa.string()))),
    pa.array([{"a": 1, "b": {"c": "x"}}, None, {"a": 2, "b": None}]),
    pa.array([[("k", 1)], [], None], pa.map_(pa.string(), pa.int8())),
    pa.array(["x" * 20, None, "y"], pa.string_view()), pa.array([b"x" * 20, None, b"y"], pa.binary_view()),
    pa.array([b"x", None, b""]), pa.array([b"x", None, b""], pa.large_binary()), pa.array([b"x", None, b"y"], pa.binary(1)),
    pa.array([1, None, 2], pa.decimal128(5, 2)), pa.array([1, None, 2], pa.decimal256(50, 2)),
    pa.array([1, None, 2], pa.time32("s")), pa.array([1, None, 2], pa.time64("ns")),
    pa.array([1, None, 2], pa.duration("ms")), pa.array([(1, 2, 3), None, (4, 5, 6)], pa.month_day_nano_interval()),
    pa.array([0.5, None, 1], pa.float16()), pa.array([7, None, 8]).dictionary_encode(),
    pa.UnionArray.from_dense(pa.array([0, 1, 0], pa.int8()), pa.array([0, 0, 1], pa.int32()),
                             [pa.array([1, 2]), pa.array(["x"])]),
    pa.UnionArray.from_sparse(pa.array([0, 1, 0], pa.int8()), [pa.array([1, 2, 3]), pa.array(["x", "y", "z"])]),
    pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a", "b"])), pa.nulls(3),
]
names = ["first", *(f"other {index}" for index in range(len(others))), "few", "again", "last"]
columns = [pa.array(["a", None, "c"]), *others, labels, others[7], pa.array([1, 2, None], pa.int8())]
schema = pa.schema([pa.field(*pair) for pair in zip(names, [column.type for column in columns])], {"from": "pyarrow"})
batch = pa.RecordBatch.from_arrays(columns, schema=schema)
for suffix, open_writer in [("arrow", ipc.new_file), ("arrows", ipc.new_stream)]:
    with open_writer(str(pathlib.Path(sys.argv[1]) / f"other.{suffix}"), schema) as writer:
        writer.write_batch(batch)
        writer.write_batch(batch)
