import Columnar
import Foundation
import PlumblineTestSupport

/// Arrow files, as the reader wants them, and tables of every type.
enum ArrowFiles {
    /// A table with a column of every type.
    static func everyType(rowCount: Int, nulls: NullPattern) throws -> Table {
        try Table(
            columns: ModelColumns.all(rowCount: rowCount, nulls: nulls).map(\.column), rowCount: rowCount,
            notes: ["plumbline.dataset": "survey", "ö": ""])
    }

    /// The table as it is after writing it to a file and mapping that.
    static func readBack(_ table: Table) throws -> Table {
        try read(try ArrowFileWriter.bytes(of: table))
    }

    /// The table in the bytes of a file or stream. The mapping stays when the file is gone.
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

extension Table {
    /// The rows of a range as a table of their own.
    func part(_ rows: Range<Int>) throws -> Table {
        try Table(columns: columns.map { $0.part(rows) }, rowCount: rows.count, notes: notes)
    }
}

extension Column {
    /// The rows of a range, copied.
    func part(_ rows: Range<Int>) -> Column {
        Column(name: name, values: values.part(rows), validity: validity.map { all in Bitmap(rows.map { all[$0] }) })
    }
}

extension ColumnValues {
    fileprivate func part(_ rows: Range<Int>) -> ColumnValues {
        switch self {
        case .null: .null(count: rows.count)
        case .integers(let numbers): .integers(numbers.part(rows))
        case .float32(let numbers): .float32(Buffer(Array(numbers.array[rows])))
        case .float64(let numbers): .float64(Buffer(Array(numbers.array[rows])))
        case .bool(let bits): .bool(Bitmap(rows.map { bits[$0] }))
        case .date(let days): .date(Buffer(Array(days.array[rows])))
        case .dateMilliseconds(let days): .dateMilliseconds(Buffer(Array(days.array[rows])))
        case .timestamp(let moments, let unit, let zone):
            .timestamp(Buffer(Array(moments.array[rows])), unit, zone: zone)
        case .text(let texts): .text(TextBuffer(rows.map { texts[$0] }, isLarge: texts.isLarge))
        case .dictionary(let codes, let labels): .dictionary(codes: codes.part(rows), labels: labels)
        }
    }
}

extension IntegerBuffer {
    fileprivate func part(_ rows: Range<Int>) -> IntegerBuffer {
        switch self {
        case .int8(let numbers): .int8(Buffer(Array(numbers.array[rows])))
        case .int16(let numbers): .int16(Buffer(Array(numbers.array[rows])))
        case .int32(let numbers): .int32(Buffer(Array(numbers.array[rows])))
        case .int64(let numbers): .int64(Buffer(Array(numbers.array[rows])))
        case .uint8(let numbers): .uint8(Buffer(Array(numbers.array[rows])))
        case .uint16(let numbers): .uint16(Buffer(Array(numbers.array[rows])))
        case .uint32(let numbers): .uint32(Buffer(Array(numbers.array[rows])))
        case .uint64(let numbers): .uint64(Buffer(Array(numbers.array[rows])))
        }
    }
}
