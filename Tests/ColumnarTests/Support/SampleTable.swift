import Columnar

/// Tables with a column of every type, whose cells are computed from the row number.
enum SampleTable {
    /// A cell as JSON shows it.
    enum Cell: Equatable, Decodable {
        case missing
        case truth(Bool)
        case number(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .missing
            } else if let truth = try? container.decode(Bool.self) {
                self = .truth(truth)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    static func everyType(rowCount: Int, missingEvery: Int) throws -> Table {
        let rows = 0..<rowCount
        let validity = rows.map { $0 % missingEvery != 0 }
        let bitmap = validity.contains(false) ? Bitmap(validity) : nil
        let labels = ["coach", "principal", "teacher, élève"]
        let values: [(String, ColumnValues)] = [
            ("int8", .int8(Buffer(rows.map { Int8(truncatingIfNeeded: $0 * 7) }))),
            ("int16", .int16(Buffer(rows.map { Int16(truncatingIfNeeded: $0 * 777) }))),
            ("int32", .int32(Buffer(rows.map { Int32($0) * -77_777 }))),
            ("int64", .int64(Buffer(rows.map { Int64($0) << 33 }))),
            ("float64", .float64(Buffer(rows.map { Double($0) / 7 }))),
            ("bool", .bool(Bitmap(rows.map { $0 % 5 == 0 }))),
            ("date", .date(Buffer(rows.map { Int32($0 * 31) }))),
            ("moment", .timestamp(Buffer(rows.map(moment)), zone: "America/Chicago")),
            ("naive", .timestamp(Buffer(rows.map(moment)), zone: nil)),
            ("text", .text(TextBuffer(rows.map { "row \($0) é\n" }))),
            (
                "label",
                .dictionary(
                    codes: DictionaryCodes(rows.map { Int32($0 % 3) }, labelCount: 3), labels: TextBuffer(labels))
            ),
        ]
        let manyLabels = (0..<300).map { "label \($0)" }
        let manyCodes = DictionaryCodes(rows.map { Int32($0 * 7 % 300) }, labelCount: manyLabels.count)
        var columns = values.map { Column(name: $0.0, values: $0.1, validity: bitmap) }
        columns.append(
            Column(
                name: "many", values: .dictionary(codes: manyCodes, labels: TextBuffer(manyLabels)), validity: bitmap))
        columns.append(Column(name: "complete", values: .int8(Buffer(rows.map { Int8($0 % 6) }))))
        return try Table(columns: columns, rowCount: rowCount, notes: ["plumbline.dataset": "survey"])
    }

    /// Moments before and after 1970, some with microseconds.
    private static func moment(_ row: Int) -> Int64 {
        Int64(row - 3) * 86_400_000_000 * 29 + Int64(row % 4) * 3_600_000_250
    }

    static func cell(_ column: Column, _ row: Int) -> Cell {
        guard let text = column.text(row) else { return .missing }
        switch column.type {
        case .bool: return .truth(text == "true")
        case .int8, .int16, .int32, .int64, .float64: return Double(text).map(Cell.number) ?? .missing
        case .date, .timestamp, .text, .dictionary: return .text(text)
        }
    }
}
