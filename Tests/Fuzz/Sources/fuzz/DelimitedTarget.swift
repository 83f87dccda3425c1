import CivilCalendar
import Columnar
import Statistics
import TabularIO

/// The reader of delimited text: a ``TabularError``, or cells that are the same in parts of any size, from memory and
/// from a file, and columns whose every value can be read.
struct DelimitedTarget: FuzzTarget {
    let name = "delimited"

    func seeds() -> [[UInt8]] {
        let rows = (1...40).map { "\($0),\"text \($0), with \"\"quotes\"\"\",2026-11-04T06:00,\($0 % 7),é" }
        let plain = "id,comment,when,score,letter\n" + rows.joined(separator: "\n") + "\n"
        let texts = [
            plain, plain.replacing("\n", with: "\r\n"), plain.replacing("\n", with: "\r"),
            "\u{feff}" + plain, plain.replacing(",", with: ";"), plain.replacing(",", with: "\t"),
            "# made by hand\n" + plain, "a\n\n1\n\"\"\n", "a,,a\n1,2,3\n\"x\ny\",\"z\r\n\",\"\"\n",
            "a,b\n1\n1,2,3\n1,2",
            "a,b\n" + String(repeating: "1,2\n", count: 500) + "\"" + String(repeating: "long\n", count: 400)
                + "\",3\n",
        ]
        let wide = plain.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        return texts.map { Array($0.utf8) } + [[0xff, 0xfe] + wide]
    }

    /// The bytes that make cells and records, and the lines.
    func anatomy(of seed: [UInt8]) -> Anatomy {
        var anatomy = Anatomy()
        var start = 0
        for (offset, byte) in seed.enumerated() where ",;\t|\"\r\n#".utf8.contains(byte) {
            anatomy.places.append(.init(offset: offset, width: 1))
            guard byte == UInt8(ascii: "\n") else { continue }
            anatomy.parts.append(start..<offset + 1)
            start = offset + 1
        }
        return anatomy
    }

    func read(_ input: FuzzInput) throws -> String? {
        var random = SplitMix64(seed: input.seed)
        let partSize = 1 + random.below(random.below(2) == 0 ? 40 : 4000)
        let whole = Self.cells { () throws(TabularError) in
            try DelimitedFile(FileBytes(Buffer(input.bytes))).cells(partSize: 1 << 30)
        }
        let parts = Self.cells { () throws(TabularError) in
            try DelimitedFile(FileBytes(path: input.path)).cells(partSize: partSize)
        }
        switch (whole, parts) {
        case (.failure(let one), .failure(let other)) where one == other: return one.description
        case (.success(let table), .success(let other)):
            guard table.header == other.header, Self.texts(table) == Self.texts(other), table.strays == other.strays,
                table.rowCount == other.rowCount,
                (0..<table.rowCount).allSatisfy({ table.places[$0] == other.places[$0] })
            else { throw FuzzProblem("parts of \(partSize) bytes give other cells") }
            try Self.lookAt(table)
            return nil
        default: throw FuzzProblem("as a whole \(whole), in parts of \(partSize) bytes \(parts)")
        }
    }

    private static func cells(_ work: () throws(TabularError) -> CellTable) -> Result<CellTable, TabularError> {
        do { return .success(try work()) } catch { return .failure(error) }
    }

    private static func texts(_ table: CellTable) -> [[String]] {
        table.columns.map { column in
            var texts: [String] = []
            column.forEach { texts.append(String(copying: $1)) }
            return texts
        }
    }

    /// Reads every column as what it looks like, and every value of it.
    private static func lookAt(_ table: CellTable) throws {
        let reader = ColumnReader(zone: "UTC") { $0.wallMicroseconds }
        for (name, cells) in zip(table.header, table.columns) {
            let read = reader.read([ColumnFeed(cells: cells)], rowCount: table.rowCount)
            let bad = Set(read.problems.map(\.row))
            for column in read.columns(named: name, rows: nil).prefix(1) {
                guard column.count == table.rowCount else { throw FuzzProblem("`\(name)` has another length") }
                for row in 0..<column.count where !bad.contains(row) {
                    guard column.text(row) == read.text(row) else { throw FuzzProblem("`\(name)` says two things") }
                }
            }
        }
    }
}
