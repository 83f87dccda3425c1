import Dispatch
import Foundation
import Synchronization
import TabularIO

/// A file to import.
struct SourceFile {
    let name: String
    let path: String
    let bytes: FileBytes
    /// How the user says it is written.
    let format: DelimitedFormat

    init(_ url: URL, _ format: DelimitedFormat = DelimitedFormat()) throws(WorkspaceError) {
        name = url.lastPathComponent
        path = url.path
        self.format = format
        do {
            bytes = try FileBytes(path: url.path)
        } catch {
            throw WorkspaceError(.badInput, "\(url.path): \(error.description)", file: url.path)
        }
    }

    /// The file as columns of cells, with what the codebook says about files of its source; what the user says goes
    /// before that.
    func delimited(_ source: CodebookSource?) throws(WorkspaceError) -> DelimitedFile {
        var format = format
        format.encoding = format.encoding ?? source?.file.encoding
        format.separator = format.separator ?? source?.file.separator
        format.skippedLines = format.skippedLines ?? source?.file.skippedLines
        do {
            return try DelimitedFile(bytes, format)
        } catch {
            throw failure(error)
        }
    }

    func failure(_ error: TabularError) -> WorkspaceError {
        WorkspaceError(.badInput, "\(name): \(error.description)", file: path, line: error.line, byte: error.byte)
    }
}

/// The hash of a file, worked out while the file is read for other ends.
final class FileHash: Sendable {
    private let outcome = Mutex<Result<String, TabularError>?>(nil)
    private let work = DispatchGroup()

    /// Begins to hash.
    init(_ bytes: FileBytes) {
        DispatchQueue.global().async(group: work) { [self] in
            let hashed = Result { () throws(TabularError) in try Self.hash(bytes) }
            outcome.withLock { $0 = hashed }
        }
    }

    /// The hash, when it is ready.
    ///
    /// - Throws: ``TabularError`` when the file cannot be read.
    func value() throws(TabularError) -> String {
        work.wait()
        guard let outcome = outcome.withLock({ $0 }) else { return "" }
        return try outcome.get()
    }

    private static func hash(_ bytes: FileBytes) throws(TabularError) -> String {
        var hash = ContentHash()
        var at = 0
        while at < bytes.count {
            let piece = try bytes.read(from: at, limit: 1 << 20)
            hash.add(piece)
            at += piece.count
        }
        try bytes.checkUnchanged()
        return hash.hex()
    }
}
