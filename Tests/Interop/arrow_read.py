"""Reads every Arrow file and stream in a folder with pyarrow and polars, and compares it with the texts beside it."""

import pathlib
import sys

import polars
import pyarrow as pa
import pyarrow.ipc as ipc

from arrow_cells import arrow_column, polars_column

checked = 0
for expected in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
    wanted = {}
    for line in expected.read_bytes().decode().split("\u001e")[:-1]:
        name, *cells = line.split("\u001f")
        wanted[name] = cells
    path = expected.with_suffix("")
    source = pa.memory_map(str(path))
    opened = ipc.open_file(source) if path.suffix == ".arrow" else ipc.open_stream(source)
    table = opened.read_all()
    table.validate(full=True)
    assert table.column_names == list(wanted), (path, table.column_names)
    assert table.schema.metadata == {b"plumbline.dataset": b"survey", "ö".encode(): b""}, table.schema.metadata
    for column in table.itercolumns():
        for chunk in column.chunks:
            for buffer in chunk.buffers():
                assert buffer is None or buffer.size == 0 or buffer.address % 64 == 0, (path, "not aligned")
    for name in table.column_names:
        assert arrow_column(table[name]) == wanted[name], (path, "pyarrow", name)
        checked += 1
    read = polars.read_ipc if path.suffix == ".arrow" else polars.read_ipc_stream
    options = {"memory_map": False} if path.suffix == ".arrow" else {}
    frame = read(path, **options)
    for name in frame.columns:
        assert polars_column(frame[name]) == wanted[name], (path, "polars", name, frame[name].dtype)
        checked += 1
print(checked)
