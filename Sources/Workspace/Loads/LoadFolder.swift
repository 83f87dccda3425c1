import Columnar
public import Foundation

/// The folder of Arrow files: each written once under the hash of its content, and never changed.
public struct LoadFolder: Sendable {
    /// The folder.
    public let url: URL

    /// The file of a dataset's rows with this hash.
    public func file(dataset: String, hash: String) -> URL {
        url.appending(path: "\(dataset)/\(hash.prefix(32)).arrow")
    }

    /// What a table would be called, and its columns' hashes.
    static func describe(_ table: Table, network: String) -> LoadFile {
        var columns: [LoadColumn] = []
        var hash = ContentHash()
        for column in table.columns {
            let range = dayRange(column)
            let described = LoadColumn(
                name: column.name, type: typeName(column.type), missing: column.missingCount,
                hash: ContentHash.of(column), firstDay: range?.lowerBound, lastDay: range?.upperBound)
            hash.add(described.name)
            hash.add(described.hash)
            columns.append(described)
        }
        hash.add("\(table.rowCount)")
        hash.add(network)
        return LoadFile(network: network, hash: hash.hex(), rowCount: table.rowCount, columns: columns)
    }

    private static func typeName(_ type: ColumnType) -> String {
        switch type {
        case .integer: "integer"
        case .float32, .float64: "number"
        case .bool: "boolean"
        case .null: "nothing"
        case .date, .dateMilliseconds: "date"
        case .timestamp: "timestamp"
        case .text, .largeText, .dictionary: "text"
        }
    }

    private static func dayRange(_ column: Column) -> ClosedRange<Int>? {
        switch column.type {
        case .date, .dateMilliseconds, .timestamp: break
        default: return nil
        }
        var days: [Double] = []
        column.appendDoubles(to: &days)
        let valid = days.filter { !$0.isNaN }
        guard let low = valid.min(), let high = valid.max() else { return nil }
        return Int(low.rounded(.down))...Int(high.rounded(.down))
    }

    /// Writes a table, unless its file is there already. The file appears whole or not at all.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    func write(_ table: Table, _ file: LoadFile, dataset: String) throws(WorkspaceError) {
        let target = self.file(dataset: dataset, hash: file.hash)
        guard !FileManager.default.fileExists(atPath: target.path) else { return }
        let draft = target.appendingPathExtension("draft-\(ProcessInfo.processInfo.processIdentifier)")
        do {
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: draft)
            let handle = try FileHandle(forWritingTo: draft)
            try ArrowFileWriter.write(table) { try handle.write(contentsOf: Data($0)) }
            try handle.synchronize()
            try handle.close()
            try FileManager.default.moveItem(at: draft, to: target)
        } catch {
            try? FileManager.default.removeItem(at: draft)
            // Another import of the very same rows was faster: they are there, whole.
            if FileManager.default.fileExists(atPath: target.path) { return }
            throw WorkspaceError(
                .notWritable, "The load cannot be written to \(target.path): \(FileTrouble.reason(error)).",
                file: target.path)
        }
    }
}
