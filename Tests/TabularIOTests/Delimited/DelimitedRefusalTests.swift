import Foundation
import PlumblineTestSupport
import TabularIO
import Testing

/// Files that are no tables, with the place to look at.
struct DelimitedRefusalTests {
    @Test(arguments: [
        ("", TabularError.Code.empty, 1, 0), ("\n\r\n\n", .empty, 1, 0), ("\u{feff}", .empty, 1, 0),
        ("# only\n# comments\n", .empty, 1, 0), ("a,b\n1,\"2\n3", .unterminatedQuote, 2, 6),
        ("a,\"b\n", .unterminatedQuote, 1, 2), ("a\n\"x\ny\"\n\"z\"\"\n", .unterminatedQuote, 4, 8),
        ("a\r\n\r\n\"x\r\ny\"\r\n\"", .unterminatedQuote, 5, 13),
        ("a,b\n\"x\ny\",\"z\n", .unterminatedQuote, 3, 10), ("a,b\n\"x\ny\",1,\"z\n", .unterminatedQuote, 3, 12),
        ("a,b\n1,\"x\ny\",\"z\n", .unterminatedQuote, 3, 12), ("a,b\n1,2\n\"\n", .unterminatedQuote, 3, 8),
        ("a\u{0}b\n1\n", .badHeader, 1, 0), ("\n\na,\u{0}\n", .badHeader, 3, 2),
    ])
    func placesOfRefusals(text: String, code: TabularError.Code, line: Int, byte: Int) throws {
        let error = try #require(CSVReading.refusal(Array(text.utf8)))
        #expect(error.code == code)
        #expect(error.line == line)
        #expect(error.byte == byte)
    }

    @Test(arguments: [
        (Array("a\n".utf8) + [0xe9, 0x0a], 2, 2), (Array("a\r\nb\r\nc".utf8) + [0xc3], 3, 7),
        (Array("a\rb\r".utf8) + [0x80], 3, 4), ([0xc0, 0xaf], 1, 0), (Array("a\n".utf8) + [0xed, 0xa0, 0x80], 2, 2),
        (Array("a,b\n\"x\n".utf8) + [0xff] + Array("\",1\n".utf8), 3, 7), (Array("a,b\n1,2\n1,".utf8) + [0xf8], 3, 10),
        (Array("a,b\né,2\n1,2,".utf8) + [0xe9] + Array("\n".utf8), 3, 13),
    ])
    func bytesThatAreNotUTF8(bytes: [UInt8], line: Int, byte: Int) throws {
        let error = try #require(CSVReading.refusal(bytes))
        #expect(error.code == .notUTF8)
        #expect(error.line == line)
        #expect(error.byte == byte)
        #expect(error.description.contains("save it as UTF-8"))
        #expect(error.description.contains("--encoding windows-1252"))
    }

    /// The line is counted over the whole file, in whatever pieces it is read for that.
    @Test func linesAreCountedAcrossPieces() throws {
        for shift in 0..<3 {
            let head = Array(("a,b" + String(repeating: "x", count: shift) + "\r\n").utf8)
            let rows = Array(repeating: Array("1234567,8\r\n".utf8), count: 100_000).joined()
            let error = try #require(CSVReading.refusal(head + rows + [0xff, 0x0a]))
            #expect(error.line == 100_002)
            #expect(error.byte == head.count + 1_100_000)
        }
    }

    /// A record may be as long as is said, over however many parts; a longer one is named by its beginning.
    @Test func recordsThatAreTooLong() throws {
        let long = String(repeating: "line of text\n", count: 20_000)
        let file = try CSVReading.file(Array("a,b\n1,2\n\"\(long)\",3\n4,5\n".utf8))
        for size in [1_000, 50_000, 150_000] {
            #expect(try file.cells(partSize: size, longest: 300_000).rowCount == 3)
            let error = #expect(throws: TabularError.self) { try file.cells(partSize: size, longest: 200_000) }
            #expect(error?.code == .tooLarge)
            #expect(error?.line == 3)
            #expect(error?.byte == 8)
        }
    }

    /// A line of that length is no name: the file has no header, or its lines have no ends.
    @Test func namesThatAreTooLong() throws {
        let error = try #require(CSVReading.refusal(Array("a,\(String(repeating: "x", count: 70_000))\n1,2\n".utf8)))
        #expect(error.code == .badHeader)
        #expect(error.description == "The name of column 2 is longer than 64 KB: is this line the header?")
    }

    @Test func filesThatCannotBeRead() throws {
        try withTemporaryFolder { folder in
            for (path, reason) in [("absent.csv", "No such file or directory"), ("", "Is a directory")] {
                let error = #expect(throws: TabularError.self) {
                    _ = try FileBytes(path: folder.appending(path: path).path)
                }
                #expect(error?.code == .unreadable)
                #expect(error?.description == "The file cannot be read: \(reason).")
            }
        }
    }
}

/// A file that somebody writes to while it is read.
struct ChangingFileTests {
    /// Reads a file that `change` is done to between opening and reading.
    private func refusal(
        _ text: [UInt8], _ format: DelimitedFormat = DelimitedFormat(), change: (FileHandle) throws -> Void
    ) throws -> TabularError? {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "growing.csv")
            try Data(text).write(to: path)
            let handle = try FileHandle(forUpdating: path)
            defer { try? handle.close() }
            do {
                let file = try DelimitedFile(FileBytes(path: path.path), format)
                try change(handle)
                _ = try file.cells()
                return nil
            } catch {
                return error as? TabularError
            }
        }
    }

    private static let text = Array("a,b\n".utf8) + Array(repeating: Array("1,two\n".utf8), count: 50_000).joined()

    @Test func aFileThatRests() throws {
        #expect(try refusal(Self.text) { _ in } == nil)
    }

    @Test func aFileThatGrows() throws {
        let error = try refusal(Self.text) { handle in
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("3,4\n".utf8))
        }
        #expect(error?.code == .changed)
        #expect(error?.description == "The file changed while it was read; import it again when it is complete.")
    }

    @Test(arguments: [0, 2, 100_000, 299_999]) func aFileThatShrinks(size: UInt64) throws {
        let error = try refusal(Self.text) { try $0.truncate(atOffset: size) }
        #expect(error?.code == .changed)
    }

    /// A file that is written anew as UTF-8 first is watched as well.
    @Test func aFileOfAnotherEncodingThatGrows() throws {
        let error = try refusal(Self.text, DelimitedFormat(encoding: .windows1252)) { handle in
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("3,4\n".utf8))
        }
        #expect(error?.code == .changed)
    }

    /// Another file under the same name is another file: the one that was opened is read whole.
    @Test func aFileThatIsReplaced() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.csv")
            try Data(Self.text).write(to: path)
            let bytes = try FileBytes(path: path.path)
            try Data("x\n9\n".utf8).write(to: path, options: .atomic)
            #expect(try DelimitedFile(bytes).cells().rowCount == 50_000)
        }
    }
}
