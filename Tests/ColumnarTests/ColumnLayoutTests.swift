import Foundation
import PlumblineTestSupport
import Testing

@testable import Columnar

/// Columns against plain arrays of optionals however they lie in memory: as arrays, in a mapped file at their alignment
/// and beside it, in parts, and as texts that begin in the middle of their bytes.
struct ColumnLayoutTests {
    private static let rowCounts = [0, 1, 7, 8, 9, 63, 64, 65, 500]

    @Test(arguments: rowCounts, [NullPattern.none, .all, .last, .random])
    func whereverTheBytesLie(rowCount: Int, nulls: NullPattern) throws {
        let models = ModelColumns.all(rowCount: rowCount, nulls: nulls)
        let bytes = try ArrowWriter.bytes(of: [Table(columns: models.map(\.column), rowCount: rowCount)], as: .stream)
        try withTemporaryFolder { folder in
            var tables = [try ArrowReader.table(Buffer(bytes))]
            for shift in [0, 1, 4, 8] {
                let path = folder.appending(path: "\(shift)")
                try Data([UInt8](repeating: 0xaa, count: shift) + bytes).write(to: path)
                let mapped = try MappedFile(path: path.path).bytes
                tables.append(try ArrowReader.table(mapped.part(from: shift, count: bytes.count)))
            }
            let joined = try Table(concatenating: tables)
            for (index, model) in models.enumerated() {
                for table in tables { #expect(table.columns[index].allTexts == model.texts, "\(model.column.name)") }
                let all = tables.flatMap { _ in model.texts }
                #expect(joined.columns[index].allTexts == all, "\(model.column.name)")
                #expect(joined.columns[index].missingCount == all.count { $0 == nil })
            }
        }
    }

    /// Offsets that do not begin at 0 and bytes that belong to no text, as in a part of a larger column.
    @Test func textsInTheMiddleOfTheirBytes() throws {
        let bytes = Buffer(Array("..aäbc..".utf8))
        let small = TextBuffer(offsets: Buffer([Int32(2), 3, 5, 5, 7]), bytes: bytes)
        let large = TextBuffer(offsets: Buffer([Int64(2), 3, 5, 5, 7]), bytes: bytes)
        let wanted = ["a", "ä", "", "bc"]
        for texts in [small, large] {
            #expect((0..<texts.count).map { texts[$0] } == wanted)
            let joined = TextBuffer(joining: [texts, TextBuffer([]), texts, TextBuffer(["z"])], isLarge: texts.isLarge)
            #expect(joined.isLarge == texts.isLarge)
            #expect((0..<joined.count).map { joined[$0] } == wanted + wanted + ["z"])
            for format in [ArrowWriter.Format.file, .stream] {
                let columns = [
                    Column(name: "texts", values: .text(texts)),
                    Column(name: "few", values: .dictionary(codes: .uint8(Buffer([3, 1, 2, 0])), labels: texts)),
                ]
                let table = try Table(columns: columns)
                let read = try ArrowFiles.read(ArrowWriter.bytes(of: [table, table], as: format))
                #expect(read.columns[0].allTexts == wanted + wanted)
                #expect(read.columns[1].allTexts == ["bc", "ä", "", "a", "bc", "ä", "", "a"])
            }
        }
    }

    /// Labels are the same when their bytes are, whatever they look like.
    @Test func labelsThatLookAlikeStayApart() throws {
        let (one, two) = ("\u{e9}", "e\u{301}")
        let tables = try [[one, "a"], [two, one]].map { labels in
            try Table(columns: [
                Column(name: "l", values: .dictionary(codes: .int8(Buffer([0, 1])), labels: TextBuffer(labels)))
            ])
        }
        let wanted = [one, "a", two, one].map { Array($0.utf8) }
        func bytes(_ table: Table) -> [[UInt8]] { table.columns[0].allTexts.map { Array(($0 ?? "").utf8) } }
        #expect(bytes(try Table(concatenating: tables)) == wanted)
        #expect(bytes(try ArrowFiles.read(ArrowWriter.bytes(of: tables, as: .stream))) == wanted)
    }
}
