import Columnar
import Foundation
import PlumblineTestSupport
import Testing

/// The folders of golden files, one for each version of Arrow that wrote them.
private let folders: [URL] = {
    let given = ProcessInfo.processInfo.environment["PLUMBLINE_EXPORTS"].map { URL(filePath: $0) }
    let root = (given ?? Repository.root.resolvingSymlinksInPath().appending(path: "../shared/exports"))
        .appending(path: "arrow").standardizedFileURL
    let names = try? FileManager.default.contentsOfDirectory(atPath: root.path)
    return (names ?? []).sorted().map { root.appending(path: $0) }
}()

/// Arrow's own golden files, read where they lie: every value of every column of a type that we read, and the others
/// refused by name. What they hold is taken from the JSON beside them.
@Suite(
    .enabled(if: Python.isAvailable, "needs the Python environment: run `make test`"),
    .enabled(if: !folders.isEmpty, "skipped: Arrow's golden files are not here"))
struct ArrowGoldenTests {
    /// What the JSON says of a file.
    private struct Golden {
        var name: String
        var batches: [Int]
        var columns: [(name: String, unreadType: String, cells: [String])]

        /// The column for which the file as a whole is refused.
        var refused: (name: String, reason: String)? {
            for (index, column) in columns.enumerated() {
                if !column.unreadType.isEmpty { return (column.name, column.unreadType) }
                if columns[..<index].contains(where: { $0.name == column.name }) { return (column.name, "two columns") }
            }
            return nil
        }

        var readable: Set<String> { Set(columns.filter(\.unreadType.isEmpty).map(\.name)) }

        static func all(of folder: URL) throws -> [Golden] {
            try withTemporaryFolder { target in
                let script = Repository.root.appending(path: "Tests/Interop/arrow_golden.py").path
                let told = try run(Python.interpreter, [script, folder.path, target.path])
                try #require(told.status == 0, "\(told.errors)")
                return try FileManager.default.contentsOfDirectory(atPath: target.path).sorted().map { name in
                    try Golden(name: name, String(contentsOf: target.appending(path: name), encoding: .utf8))
                }
            }
        }

        init(name: String, _ text: String) {
            let records = text.split(separator: "\u{1e}", omittingEmptySubsequences: false).dropLast().map {
                $0.split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init)
            }
            self.name = name
            batches = records[0].compactMap { Int($0) }
            columns = records.dropFirst().map { ($0[0], $0[1], Array($0.dropFirst(2))) }
        }
    }

    @Test(arguments: folders)
    func everyValue(folder: URL) throws {
        for golden in try Golden.all(of: folder) where golden.refused?.reason != "two columns" {
            for suffix in ["arrow_file", "stream"] {
                let file = try MappedFile(path: folder.appending(path: "\(golden.name).\(suffix)").path)
                let batches = try ArrowReader.batches(file.bytes, columns: golden.readable)
                #expect(batches.map(\.rowCount) == (golden.batches.isEmpty ? [0] : golden.batches), "\(golden.name)")
                let table = try ArrowReader.table(file.bytes, columns: golden.readable)
                let wanted = golden.columns.filter(\.unreadType.isEmpty)
                #expect(table.columns.map(\.name) == wanted.map(\.name), "\(golden.name)")
                for (column, expected) in zip(table.columns, wanted) {
                    let place = "\(golden.name).\(suffix), \(column.name)"
                    let cells = expected.cells.map { $0 == "\u{0}" ? nil : column.spelling($0) }
                    #expect(column.allTexts == cells, "\(place)")
                    #expect(batches.flatMap { $0[column.name]?.allTexts ?? [] } == cells, "\(place)")
                }
            }
        }
    }

    /// Without a choice of columns a file is refused for the first that is not read.
    @Test(arguments: folders)
    func refusals(folder: URL) throws {
        for golden in try Golden.all(of: folder) {
            for suffix in ["arrow_file", "stream"] {
                let file = try MappedFile(path: folder.appending(path: "\(golden.name).\(suffix)").path)
                let refusal = ArrowFiles.refusal { _ = try ArrowReader.table(file.bytes) }
                guard let (column, reason) = golden.refused else {
                    #expect(refusal == nil, "\(golden.name)")
                    continue
                }
                #expect(refusal?.code == .unsupported, "\(golden.name).\(suffix)")
                let text = refusal?.description ?? ""
                #expect(text.contains("`\(column)`") && text.contains(reason), "\(golden.name): \(text)")
            }
        }
    }
}

extension Column {
    /// How the column spells a number that is written otherwise in the JSON.
    fileprivate func spelling(_ text: String) -> String? {
        switch type {
        case .float32: Float(text).map { "\($0)" }
        case .float64: Double(text).map { "\($0)" }
        default: text
        }
    }
}
