import CivilCalendar
import Columnar
public import Foundation
import TabularIO

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
        let columns = Parallel.map(table.columns.count) { place in
            let column = table.columns[place]
            let range = dayRange(column)
            return LoadColumn(
                name: column.name, type: typeName(column.type), missing: column.missingCount,
                hash: ContentHash.of(column), firstDay: range?.lowerBound, lastDay: range?.upperBound)
        }
        let hash = LoadFile.hash(of: columns, rowCount: table.rowCount, network: network)
        return LoadFile(network: network, hash: hash, rowCount: table.rowCount, columns: columns)
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
        return Int(CivilDate(nearest: low.rounded(.down)).day)...Int(CivilDate(nearest: high.rounded(.down)).day)
    }

    /// Writes a table, unless its file is there already as it would be written, and gives what it wrote with its seal.
    /// The file appears whole or not at all.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    func write(_ table: Table, _ file: LoadFile, dataset: String) throws(WorkspaceError) -> LoadFile {
        let target = self.file(dataset: dataset, hash: file.hash)
        var sealed = file
        do {
            if !Self.holds(target, table) { try replace(target, with: table) }
            let written = try MappedFile(path: target.path)
            sealed.seal = LoadFile.seal(of: try ArrowFileReader.read(written), in: written)
        } catch {
            throw WorkspaceError(
                .notWritable, "The load cannot be written to \(target.path): \(FileTrouble.reason(error)).",
                file: target.path)
        }
        return sealed
    }

    /// Whether the file is, byte for byte, what would be written.
    private static func holds(_ url: URL, _ table: Table) -> Bool {
        guard LoadFolder.isPlainFile(url), let file = try? MappedFile(path: url.path) else { return false }
        struct Different: Error {}
        var position = 0
        do {
            try ArrowFileWriter.write(table) { piece in
                guard file.bytes.holds(piece, at: position) else { throw Different() }
                position += piece.count
            }
        } catch {
            return false
        }
        return position == file.count
    }

    /// Whether there is a file that is itself there: no link to another one, no folder.
    static func isPlainFile(_ url: URL) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }

    private func replace(_ target: URL, with table: Table) throws {
        let draft = target.appendingPathExtension("draft-\(ProcessInfo.processInfo.processIdentifier)")
        do {
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: draft)
            let handle = try FileHandle(forWritingTo: draft)
            try ArrowFileWriter.write(table) { try handle.write(contentsOf: Data($0)) }
            try handle.synchronize()
            try handle.close()
            // A damaged file is replaced in one step, because other imports may read it; a folder is in the way.
            if (try? FileManager.default.contentsOfDirectory(atPath: target.path)) != nil {
                try FileManager.default.removeItem(at: target)
            }
            try MappedFile.move(draft.path, to: target.path)
        } catch {
            try? FileManager.default.removeItem(at: draft)
            // Another import of the very same rows was faster: they are there, whole.
            if Self.holds(target, table) { return }
            throw error
        }
    }
}

extension LoadFile {
    /// The hash of everything in a file but its columns' content.
    static func seal(of table: Table, in file: MappedFile) -> String {
        var hash = ContentHash()
        table.visitFrame(of: file) { hash.add($0) }
        return hash.hex()
    }
}
