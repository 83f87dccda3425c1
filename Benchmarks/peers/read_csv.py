"""read_csv.py READER read|write FILE TARGET: reads a CSV, on demand writes it as an uncompressed Arrow file."""

import json
import sys
import time

reader, what, file, target = sys.argv[1:]
writes = what == "write"

if reader == "pandas":
    import pandas
    import pyarrow.feather

    def work():
        frame = pandas.read_csv(file)
        if writes:
            pyarrow.feather.write_feather(frame, target, compression="uncompressed")
        return frame.shape

elif reader == "pyarrow":
    import pyarrow.csv
    import pyarrow.ipc

    def work():
        table = pyarrow.csv.read_csv(file)
        if writes:
            with pyarrow.ipc.new_file(target, table.schema) as writer:
                writer.write_table(table)
        return table.shape

elif reader == "polars":
    import polars

    def work():
        frame = polars.read_csv(file, infer_schema_length=10_000)
        if writes:
            frame.write_ipc(target, compression="uncompressed")
        return frame.shape

else:
    import duckdb
    import pyarrow
    import pyarrow.ipc

    def work():
        table = duckdb.sql(f"select * from read_csv('{file}')").to_arrow_table()
        if writes:
            with pyarrow.ipc.new_file(target, table.schema) as writer:
                writer.write_table(table)
        return table.shape


start = time.perf_counter()
rows, columns = work()
print(json.dumps({"seconds": time.perf_counter() - start, "rows": rows, "columns": columns}))
