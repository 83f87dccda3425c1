import Columnar
import TabularIO

/// A row of a file as texts, with its place.
struct ReadRow: Equatable {
    var cells: [String]
    var number: Int
    var line: Int
    var byte: Int
}

/// Reads delimited files from texts.
enum CSVReading {
    static func file(_ bytes: [UInt8], _ format: DelimitedFormat = DelimitedFormat()) throws -> DelimitedFile {
        try DelimitedFile(FileBytes(Buffer(bytes)), format)
    }

    static func table(_ text: String, _ format: DelimitedFormat = DelimitedFormat()) throws -> CellTable {
        try file(Array(text.utf8), format).cells()
    }

    static func table(_ bytes: [UInt8], _ format: DelimitedFormat = DelimitedFormat()) throws -> CellTable {
        try file(bytes, format).cells()
    }

    /// The header and all rows as texts.
    static func records(_ text: String, _ format: DelimitedFormat = DelimitedFormat()) throws -> [[String]] {
        let table = try table(text, format)
        return [table.header] + table.rows.map(\.cells)
    }

    /// Why a file is refused; nil when it is not.
    static func refusal(_ bytes: [UInt8], _ format: DelimitedFormat = DelimitedFormat()) -> TabularError? {
        do {
            _ = try table(bytes, format)
            return nil
        } catch {
            return error as? TabularError
        }
    }

    /// The cells of one column of a file that holds these, in parts of so many bytes.
    static func column(_ cells: [String], partSize: Int? = nil) throws -> CellColumn {
        let text = "x,end\n" + cells.map { CSVText.line([$0, "."]) }.joined()
        return try file(Array(text.utf8)).cells(partSize: partSize).columns[0]
    }
}

extension CellColumn {
    /// The cells as texts.
    var texts: [String] {
        var texts: [String] = []
        forEach { row, cell in
            precondition(row == texts.count, "rows come in order")
            texts.append(String(copying: cell))
        }
        return texts
    }
}

extension CellTable {
    /// All rows with their places.
    var rows: [ReadRow] {
        let columns = columns.map(\.texts)
        return (0..<rowCount).map { row in
            let place = places[row]
            return ReadRow(cells: columns.map { $0[row] }, number: place.number, line: place.line, byte: place.byte)
        }
    }

    /// A column by its name.
    func texts(_ name: String) -> [String]? {
        header.firstIndex(of: name).map { columns[$0].texts }
    }
}

extension Column {
    /// The values as texts.
    var texts: [String?] { (0..<count).map { text($0) } }

    /// Everything that a load's hash is made of.
    var content: [UInt8] {
        var bytes: [UInt8] = []
        visitContent { bytes += $0 }
        return bytes
    }
}
