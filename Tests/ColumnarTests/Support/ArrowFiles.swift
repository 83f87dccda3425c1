import Columnar
import Foundation
import PlumblineTestSupport

/// Arrow files on disk, as the reader wants them.
enum ArrowFiles {
    /// The table as it is after writing it to a file and mapping that.
    static func readBack(_ table: Table) throws -> Table {
        try read(try ArrowFileWriter.bytes(of: table))
    }

    /// The table in the bytes of a file. The mapping stays when the file is gone.
    static func read(_ bytes: [UInt8]) throws -> Table {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "table.arrow")
            try Data(bytes).write(to: file)
            return try ArrowFileReader.read(MappedFile(path: file.path))
        }
    }

    /// Why the work is refused; nil when it is not.
    static func refusal(_ work: () throws -> Void) -> ColumnarError? {
        do {
            try work()
            return nil
        } catch {
            return error as? ColumnarError
        }
    }
}
