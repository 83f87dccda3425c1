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
                import datetime, json, sys
                import polars, pyarrow as pa, pyarrow.ipc as ipc
                table = ipc.open_file(pa.memory_map(sys.argv[1])).read_all()
                table.validate(full=True)
                for column in table.itercolumns():
                    for buffer in column.chunk(0).buffers():
                        assert buffer is None or buffer.size == 0 or buffer.address % 64 == 0, "not aligned"
                frame = polars.read_ipc(sys.argv[1], memory_map=False)
                def cell(value):
                    if isinstance(value, datetime.datetime):
                        if value.tzinfo: value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
                        text = value.isoformat()
                        return (text.rstrip("0") if "." in text else text) + "Z"
                    return value if value is None or isinstance(value, (int, float, bool)) else str(value)
                def plain(column):
                    return [cell(value) for value in column]
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
            #expect(read.types["many"] == "dictionary<values=string, indices=int16, ordered=0>")
            #expect(read.types["moment"] == "timestamp[us, tz=America/Chicago]")
            #expect(read.types["naive"] == "timestamp[us]")
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
                    "small": pa.array([1, None, -3], pa.int8()), "middle": pa.array([None, 300, 1], pa.int16()),
                    "large": pa.array([70_000, None, -1], pa.int32()), "whole": pa.array([2**40, 1, None], pa.int64()),
                    "real": pa.array([1.5, None, 0.1], pa.float64()), "truth": pa.array([True, None, False]),
                    "day": pa.array([datetime.date(2026, 11, 4), None, datetime.date(1969, 12, 31)], pa.date32()),
                    "moment": pa.array([0, None, -1], pa.timestamp("us", tz="America/Chicago")),
                    "naive": pa.array([None, 1, 0], pa.timestamp("us")),
                    "text": pa.array(["é", None, ""]), "label": pa.array(["b", "a", None]).dictionary_encode()})
                with ipc.new_file(sys.argv[1], table.schema) as writer: writer.write_table(table)
                """
            let finished = try Python.run(script, [path.path])
            #expect(finished.status == 0, "\(finished.errors)")
            let table = try ArrowFileReader.read(MappedFile(path: path.path))
            #expect(
                table.columns.map(\.type) == [
                    .int8, .int16, .int32, .int64, .float64, .bool, .date, .timestamp(zone: "America/Chicago"),
                    .timestamp(zone: nil), .text, .dictionary,
                ])
            let texts = table.columns.map { column in (0..<3).map { column.text($0) } }
            #expect(
                texts == [
                    ["1", nil, "-3"], [nil, "300", "1"], ["70000", nil, "-1"], ["1099511627776", "1", nil],
                    ["1.5", nil, "0.1"], ["true", nil, "false"],
                    ["2026-11-04", nil, "1969-12-31"], ["1970-01-01T00:00:00Z", nil, "1969-12-31T23:59:59.999999Z"],
                    [nil, "1970-01-01T00:00:00.000001Z", "1970-01-01T00:00:00Z"],
                    ["é", nil, ""], ["b", "a", nil],
                ])
        }
    }

    /// Files that are sound but use what we do not read are refused by what they use.
    @Test(arguments: [
        ("pa.table({'a': pa.array([[1]])})", "list"), ("pa.table({'a': pa.array([1], pa.uint8())})", "integer"),
        ("pa.table({'a': pa.array([1.5], pa.float32())})", "floating point"),
        ("pa.table({'a': pa.array(['x'], pa.large_string())})", "large utf8"),
        ("pa.table({'a': pa.array([b'x'])})", "binary"),
        ("pa.table({'a': pa.array([0], pa.timestamp('ns'))})", "timestamp"),
        ("pa.table({'a': pa.array([0], pa.date64())})", "date"),
    ])
    func typesThatAreNotReadAreNamed(table: String, type: String) throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "theirs.arrow").path
            let script = """
                import sys, pyarrow as pa, pyarrow.ipc as ipc
                table = \(table)
                with ipc.new_file(sys.argv[1], table.schema) as writer: writer.write_table(table)
                """
            let written = try Python.run(script, [path])
            #expect(written.status == 0, "\(written.errors)")
            let refusal = ArrowFiles.refusal { _ = try ArrowFileReader.read(MappedFile(path: path)) }
            #expect(refusal?.code == .unsupported)
            #expect(refusal?.description.contains("`a` has the Arrow type \(type)") == true)
        }
    }

    @Test(arguments: ["compression='zstd'", "compression='lz4'"])
    func compressedFilesAreRefused(options: String) throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "theirs.arrow").path
            let script = """
                import sys, pyarrow as pa, pyarrow.ipc as ipc
                table = pa.table({"a": list(range(1000))})
                options = ipc.IpcWriteOptions(\(options))
                with ipc.new_file(sys.argv[1], table.schema, options=options) as writer: writer.write_table(table)
                """
            let written = try Python.run(script, [path])
            #expect(written.status == 0, "\(written.errors)")
            let refusal = ArrowFiles.refusal { _ = try ArrowFileReader.read(MappedFile(path: path)) }
            #expect(refusal?.code == .unsupported)
        }
    }

    private struct Seen: Decodable {
        var types: [String: String]
        var columns: [String: [SampleTable.Cell]]
        var notes: [String: String]
    }
}
