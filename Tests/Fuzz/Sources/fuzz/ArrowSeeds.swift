import Columnar

/// Sound files and streams of our own writing: every type, with and without missing values, of several lengths, in one
/// batch and in several.
enum ArrowSeeds {
    static func all() throws -> [[UInt8]] {
        var seeds: [[UInt8]] = []
        for rowCount in [0, 1, 9, 20] {
            for missing in [0, 3] {
                let one = try table(rowCount, missing, firstLabel: 0)
                // Labels that differ make the dictionaries of streams and files grow.
                let tables = [one, try table(3, 2, firstLabel: 1), try table(0, 0, firstLabel: 0)]
                for format in [ArrowWriter.Format.file, .stream] {
                    seeds.append(try ArrowWriter.bytes(of: [one], as: format))
                    seeds.append(try ArrowWriter.bytes(of: tables, as: format))
                    // A single column leaves more changes to it.
                    let column = one.columns[(rowCount + missing) % one.columns.count]
                    seeds.append(try ArrowWriter.bytes(of: [try Table(columns: [column])], as: format))
                    seeds.append(
                        try ArrowWriter.bytes(of: [try Table(columns: Array(one.columns.suffix(3)))], as: format))
                }
            }
        }
        return seeds
    }

    /// The columns of these seeds, and some of what others write.
    static let columnNames =
        values(0, firstLabel: 0).map(\.name)
        + ["small", "big", "label", "int8_nullable", "utf8_nullable", "f0", "f1", "f6", "dict0"]

    /// A column of every type; every so many rows are missing, none for 0.
    private static func table(_ rowCount: Int, _ missing: Int, firstLabel: Int) throws -> Table {
        let validity = missing > 0 ? Bitmap((0..<rowCount).map { $0 % missing != 0 }) : nil
        let columns = values(rowCount, firstLabel: firstLabel).map { name, values in
            Column(name: name, values: values, validity: values.type == .null ? nil : validity)
        }
        return try Table(columns: columns, rowCount: rowCount, notes: ["dataset": "survey", "ö": ""])
    }

    private static func values(_ rowCount: Int, firstLabel: Int) -> [(name: String, values: ColumnValues)] {
        let rows = 0..<rowCount
        func numbers<Number: FixedWidthInteger>(_: Number.Type) -> Buffer<Number> {
            Buffer(rows.map { Number(truncatingIfNeeded: $0 &* 0x1234_5678_9abc_def1) })
        }
        let texts = rows.map { ["é", "", "two\nlines", "x"][$0 % 4] }
        let labels = ["a", "b ü", "c", "d"][firstLabel...]
        let codes = IntegerBuffer(codes: rows.map { Int32($0 % labels.count) }, labelCount: labels.count)
        let kinds = IntegerKind.allCases.map { kind in
            (kind.rawValue, ColumnValues.integers(IntegerBuffer(rows.map { Int64($0 % 100) }, as: kind)))
        }
        let zones: [(TimeUnit, String?)] = [
            (.seconds, nil), (.milliseconds, "UTC"), (.microseconds, "America/Chicago"), (.nanoseconds, ""),
        ]
        let times = zones.map { unit, zone in
            ("time \(unit.rawValue)", ColumnValues.timestamp(numbers(Int64.self), unit, zone: zone))
        }
        return kinds + times + [
            ("float32", .float32(Buffer(rows.map { Float($0) / 3 }))),
            ("float64", .float64(Buffer(rows.map { Double($0) / 3 }))),
            ("bool", .bool(Bitmap(rows.map { $0 % 3 == 0 }))), ("date", .date(numbers(Int32.self))),
            ("date_ms", .dateMilliseconds(numbers(Int64.self))), ("null", .null(count: rowCount)),
            ("text", .text(TextBuffer(texts))), ("large_text", .text(TextBuffer(texts, isLarge: true))),
            ("few", .dictionary(codes: codes, labels: TextBuffer(labels))),
            ("large_few", .dictionary(codes: codes, labels: TextBuffer(labels, isLarge: true))),
        ]
    }
}
