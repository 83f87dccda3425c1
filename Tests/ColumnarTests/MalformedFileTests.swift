import Columnar
import Foundation
import PlumblineTestSupport
import Statistics
import Testing

/// Files that are damaged are refused with a ``ColumnarError`` or read as some table; they never stop the program.
struct MalformedFileTests {
    private static let original: [UInt8] = {
        let table = try? ArrowFiles.everyType(rowCount: 9, nulls: .everyThird)
        return table.flatMap { try? ArrowFileWriter.bytes(of: $0) } ?? []
    }()

    /// Reads and looks at everything; true when it was a table.
    private func survives(_ bytes: [UInt8], _ file: URL) throws -> Bool {
        try Data(bytes).write(to: file)
        do {
            let table = try ArrowFileReader.read(MappedFile(path: file.path))
            for column in table.columns {
                // A damaged count may claim many rows of no bytes; the first ones are enough.
                _ = (0..<min(column.count, 20)).map { column.text($0) }
                guard column.count < 1_000 else { continue }
                var doubles: [Double] = []
                column.appendDoubles(to: &doubles)
                _ = column.codes()
                column.visitContent { _ in }
            }
            return true
        } catch {
            // The reader throws nothing but a ColumnarError.
            return false
        }
    }

    @Test func changedBytes() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "table.arrow")
            var random = SplitMix64(seed: 21)
            var refused = 0
            for _ in 0..<1_500 {
                var bytes = Self.original
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[place] =
                        random.chance(50)
                        ? random.pick([0, 1, 0x7f, 0x80, 0xff]) : UInt8.random(in: 0...255, using: &random)
                }
                if try !survives(bytes, file) { refused += 1 }
            }
            #expect(refused > 100)
        }
    }

    /// The metadata at the end decides about everything: places in all of it are set to extremes.
    @Test func changedFooters() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "table.arrow")
            var refused = 0
            let length = Self.original.suffix(10).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            let start = Self.original.count - 10 - length
            var random = SplitMix64(seed: 22)
            for place in stride(from: start, to: Self.original.count, by: 2) {
                var bytes = Self.original
                bytes[place] = random.pick([0, 0x7f, 0xff])
                if try !survives(bytes, file) { refused += 1 }
            }
            #expect(refused > 200)
        }
    }

    @Test func cutFiles() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "table.arrow")
            for length in stride(from: 0, to: Self.original.count, by: 31) {
                let isTable = [
                    try survives(Array(Self.original.prefix(length)), file),
                    try survives(Array(Self.original.dropFirst(length + 1)), file),
                ]
                #expect(isTable == [false, false], "\(length)")
            }
            let isWhole = try survives(Self.original, file)
            #expect(isWhole)
        }
    }

    @Test(arguments: ["", "ARROW1", "ARROW1\0\0ARROW1", "id,name\n1,a\n", "ARROW1\0\0\0\0\0\0\0\0\0\0\0\0\0\0ARROW1"])
    func filesOfSomethingElse(text: String) throws {
        #expect(ArrowFiles.refusal { _ = try ArrowFiles.read(Array(text.utf8)) }?.code == .malformed)
    }

    @Test func filesThatAreNotThere() {
        #expect(ArrowFiles.refusal { _ = try MappedFile(path: "/nonexistent/table.arrow") }?.code == .unreadable)
    }
}
