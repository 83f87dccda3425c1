import Columnar
import Foundation
import PlumblineTestSupport
import Testing

@Suite(.enabled(if: Python.isAvailable, "needs the Python environment: run `make setup`"))
struct ArrowInteropTests {
    @Test(arguments: [0, 1, 63, 64, 65, 1_000])
    func pyarrowAndPolarsReadTheSameValues(rowCount: Int) throws {
        try withTemporaryFolder { folder in
            let table = try SampleTable.everyType(rowCount: rowCount, missingEvery: 3)
            let path = folder.appending(path: "table.arrow")
            try Data(ArrowFileWriter.bytes(of: table)).write(to: path)
            let script = """
                import json, sys
                import polars, pyarrow as pa, pyarrow.ipc as ipc
                table = ipc.open_file(sys.argv[1]).read_all()
                table.validate(full=True)
                frame = polars.read_ipc(sys.argv[1], memory_map=False)
                def plain(column):
                    return [None if v is None else v if isinstance(v, (int, float, bool)) else str(v) for v in column]
                result = {name: plain(table[name].to_pylist()) for name in table.column_names}
                other = {name: plain(frame[name].to_list()) for name in frame.columns}
                assert result == other, (result, other)
                print(json.dumps({"types": {f.name: str(f.type) for f in table.schema}, "columns": result,
                                  "notes": {k.decode(): v.decode() for k, v in (table.schema.metadata or {}).items()}}))
                """
            let finished = try Python.run(script, [path.path])
            #expect(finished.status == 0, "\(finished.errors)")
            let read = try JSONDecoder().decode(Seen.self, from: Data(finished.output.utf8))
            #expect(read.notes == ["plumbline.dataset": "survey"])
            #expect(read.types["label"] == "dictionary<values=string, indices=int8, ordered=0>")
            for column in table.columns {
                let expected = (0..<rowCount).map { SampleTable.cell(column, $0) }
                #expect(read.columns[column.name] == expected, "\(column.name)")
            }
        }
    }

    @Test func filesOfPyarrowAreRead() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "theirs.arrow")
            let script = """
                import datetime, sys
                import pyarrow as pa, pyarrow.ipc as ipc
                table = pa.table({
                    "small": pa.array([1, None, -3], pa.int8()), "whole": pa.array([2**40, 1, None], pa.int64()),
                    "real": pa.array([1.5, None, 0.1], pa.float64()), "truth": pa.array([True, None, False]),
                    "day": pa.array([datetime.date(2026, 11, 4), None, datetime.date(1969, 12, 31)], pa.date32()),
                    "moment": pa.array([0, None, -1], pa.timestamp("us", tz="America/Chicago")),
                    "text": pa.array(["é", None, ""]), "label": pa.array(["b", "a", None]).dictionary_encode()})
                with ipc.new_file(sys.argv[1], table.schema) as writer: writer.write_table(table)
                """
            let finished = try Python.run(script, [path.path])
            #expect(finished.status == 0, "\(finished.errors)")
            let table = try ArrowFileReader.read(MappedFile(path: path.path))
            #expect(
                table.columns.map(\.type) == [
                    .int8, .int64, .float64, .bool, .date, .timestamp(zone: "America/Chicago"), .text, .dictionary,
                ])
            let texts = table.columns.map { column in (0..<3).map { column.text($0) } }
            #expect(
                texts == [
                    ["1", nil, "-3"], ["1099511627776", "1", nil], ["1.5", nil, "0.1"], ["true", nil, "false"],
                    ["2026-11-04", nil, "1969-12-31"], ["1970-01-01T00:00:00Z", nil, "1969-12-31T23:59:59.999999Z"],
                    ["é", nil, ""], ["b", "a", nil],
                ])
        }
    }

    private struct Seen: Decodable {
        var types: [String: String]
        var columns: [String: [SampleTable.Cell]]
        var notes: [String: String]
    }
}
