import Columnar
import Foundation
import PlumblineTestSupport
import Testing

/// Arrow data go both ways between us, pyarrow and polars, value for value: every type, every pattern of missing rows,
/// lengths around whole bytes and words, one batch and several, files and streams.
@Suite(.enabled(if: Python.isAvailable, "needs the Python environment: run `make test`"))
struct ArrowInteropTests {
    private static let missing = "\u{0}"

    private static func run(_ script: String, _ arguments: [String]) throws -> Finished {
        let path = Repository.root.appending(path: "Tests/Interop/\(script).py").path
        return try PlumblineTestSupport.run(Python.interpreter, [path] + arguments)
    }

    @Test func othersReadWhatWeWrite() throws {
        try withTemporaryFolder { folder in
            let all = [0, 1, 63, 64, 65, 10_000].flatMap { rows in NullPattern.allCases.map { (rows, $0) } }
            for (rows, nulls) in all {
                let models = ModelColumns.all(rowCount: rows, nulls: nulls)
                let table = try ArrowFiles.everyType(rowCount: rows, nulls: nulls)
                let several = [table.part, table.part, table.part]
                let parts = try zip(several, [0..<rows / 3, 0..<0, rows / 3..<rows]).map { try $0($1) }
                let expected = models.map { model in
                    ([model.column.name] + model.texts.map { $0 ?? Self.missing }).joined(separator: "\u{1f}")
                        + "\u{1e}"
                }
                for (name, tables) in [("one", [table]), ("several", parts)] {
                    for (format, suffix) in [(ArrowWriter.Format.file, "arrow"), (.stream, "arrows")] {
                        let path = folder.appending(path: "\(name)-\(rows)-\(nulls).\(suffix)")
                        try Data(ArrowWriter.bytes(of: tables, as: format)).write(to: path)
                        try Data(expected.joined().utf8).write(to: path.appendingPathExtension("txt"))
                    }
                }
            }
            let read = try Self.run("arrow_read", [folder.path])
            #expect(read.status == 0, "\(read.errors)")
            #expect(Int(read.output.trimmingCharacters(in: .whitespacesAndNewlines)) == 42 * 2 * 2 * 2 * 23)
        }
    }

    @Test func weReadWhatOthersWrite() throws {
        try withTemporaryFolder { folder in
            let written = try Self.run("arrow_write", [folder.path])
            try #require(written.status == 0, "\(written.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
            #expect(names.count > 220)
            for name in names.sorted() {
                let path = folder.appending(path: String(name.dropLast(4))).path
                let table = try ArrowFileReader.read(MappedFile(path: path))
                let expected = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                    .split(separator: "\u{1e}").map {
                        $0.split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init)
                    }
                #expect(table.columns.map(\.name) == expected.map { $0[0] }, "\(path)")
                for (column, cells) in zip(table.columns, expected) {
                    let texts = column.allTexts.map { $0 ?? Self.missing }
                    #expect(texts.elementsEqual(cells.dropFirst()), "\(name), \(column.name)")
                    #expect(column.missingCount == texts.count { $0 == Self.missing }, "\(name), \(column.name)")
                }
            }
        }
    }

    /// Columns of every type that is not read stand between those that are wanted.
    @Test func columnsOfOtherTypesAreLeftOut() throws {
        try withTemporaryFolder { folder in
            let written = try Self.run("arrow_write_other", [folder.path])
            try #require(written.status == 0, "\(written.errors)")
            for name in ["other.arrow", "other.arrows"] {
                let file = try MappedFile(path: folder.appending(path: name).path)
                #expect(ArrowFiles.refusal { _ = try ArrowReader.table(file.bytes) }?.code == .unsupported)
                let wanted = try ArrowReader.table(file.bytes, columns: ["first", "few", "last", "none such"])
                #expect(wanted.columns.map(\.name) == ["first", "few", "last"])
                #expect(wanted.notes == ["from": "pyarrow"])
                #expect(wanted["first"]?.allTexts == ["a", nil, "c", "a", nil, "c"])
                #expect(wanted["few"]?.allTexts == ["x", nil, nil, "x", nil, nil])
                #expect(wanted["last"]?.allTexts == ["1", "2", nil, "1", "2", nil])
                #expect(try ArrowReader.batches(file.bytes, columns: []).map(\.rowCount) == [3, 3])
            }
        }
    }

    /// Files that are sound but use what we do not read are refused by what they use.
    @Test(arguments: [
        ("pa.table({'a': pa.array([[1]])})", "list"), ("pa.table({'a': pa.array([b'x'])})", "binary"),
        ("pa.table({'a': pa.array([1.5], pa.float16())})", "floating point"),
        ("pa.table({'a': pa.array(['x'], pa.string_view())})", "utf8 view"),
        ("pa.table({'a': pa.array([0], pa.duration('s'))})", "duration"),
        ("pa.table({'a': pa.array([{'b': 1}])})", "struct"), ("pa.table({'a': pa.array([1], pa.time32('s'))})", "time"),
    ])
    func typesThatAreNotReadAreNamed(table: String, type: String) throws {
        let refusal = try refusal(ofTable: table)
        #expect(refusal?.code == .unsupported)
        #expect(refusal?.description.contains("`a` has the Arrow type \(type)") == true, "\(refusal as Any)")
    }

    @Test func dictionariesOfNumbersAreRefused() throws {
        let refusal = try refusal(ofTable: "pa.table({'a': pa.array([5, 6]).dictionary_encode()})")
        #expect(refusal?.code == .unsupported)
        #expect(refusal?.description.contains("a dictionary of int64") == true)
    }

    @Test(arguments: ["compression='zstd'", "compression='lz4'"])
    func compressedFilesAreRefused(options: String) throws {
        let refusal = try refusal(ofTable: "pa.table({'a': list(range(1000))})", options: options)
        #expect(refusal?.code == .unsupported)
        #expect(refusal?.description.contains("compressed") == true)
    }

    private func refusal(ofTable table: String, options: String = "") throws -> ColumnarError? {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "theirs.arrow").path
            let script = """
                import sys, pyarrow as pa, pyarrow.ipc as ipc
                table = \(table)
                options = ipc.IpcWriteOptions(\(options))
                with ipc.new_file(sys.argv[1], table.schema, options=options) as writer: writer.write_table(table)
                """
            let written = try Python.run(script, [path])
            #expect(written.status == 0, "\(written.errors)")
            return ArrowFiles.refusal { _ = try ArrowFileReader.read(MappedFile(path: path)) }
        }
    }
}
