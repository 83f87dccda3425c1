import Columnar
import PlumblineTestSupport
import Statistics
import Testing

/// A column beside what a plain array of optionals says of it.
struct ModelColumn {
    var column: Column
    /// The cells as text, nil where missing.
    var texts: [String?]
    /// The cells as numbers, NaN where missing; nil for a column of text.
    var doubles: [Double]?

    /// The text of a row by its code; for columns of text only.
    var labels: [String?]? { doubles == nil ? texts : nil }
}

/// Which rows of a column are missing.
enum NullPattern: CaseIterable, CustomTestStringConvertible {
    /// No row, and no bitmap that says so.
    case none
    /// No row, said by a bitmap.
    case noneByBitmap
    case all, first, last, everyThird, random

    func isMissing(_ row: Int, of rowCount: Int, _ generator: inout SplitMix64) -> Bool {
        switch self {
        case .none, .noneByBitmap: false
        case .all: true
        case .first: row == 0
        case .last: row == rowCount - 1
        case .everyThird: row % 3 == 0
        case .random: generator.chance(40)
        }
    }

    var testDescription: String { "\(self)" }
}

/// Values of every type with the text and the number that each stands for.
struct ModelColumns {
    private let rowCount: Int
    private let isMissing: [Bool]
    private let validity: Bitmap?

    /// A column of every type, with the same rows missing in each.
    static func all(rowCount: Int, nulls: NullPattern) -> [ModelColumn] {
        var generator = SplitMix64(seed: UInt64(rowCount))
        let isMissing = (0..<rowCount).map { nulls.isMissing($0, of: rowCount, &generator) }
        let model = ModelColumns(
            rowCount: rowCount, isMissing: isMissing, validity: nulls == .none ? nil : Bitmap(isMissing.map { !$0 }))
        return model.numbers + model.times + model.texts
    }

    private func column<Value>(
        _ name: String, _ samples: [(Value, String, Double?)], _ make: ([Value]) -> ColumnValues
    ) -> ModelColumn {
        let cells = (0..<rowCount).map { samples[$0 % samples.count] }
        return ModelColumn(
            column: Column(name: name, values: make(cells.map(\.0)), validity: validity),
            texts: zip(cells, isMissing).map { $1 ? nil : $0.1 },
            doubles: samples.contains { $0.2 == nil } ? nil : zip(cells, isMissing).map { $1 ? .nan : $0.2 ?? .nan })
    }

    private func integers<Value: FixedWidthInteger>(
        _ values: [Value], _ make: ([Value]) -> IntegerBuffer
    ) -> ModelColumn {
        column("\(Value.self)".lowercased(), values.map { ($0, String($0), Double($0)) }) { .integers(make($0)) }
    }

    private var numbers: [ModelColumn] {
        [
            integers([Int8.min, 0, .max]) { .int8(Buffer($0)) }, integers([Int16.min, 7, .max]) { .int16(Buffer($0)) },
            integers([Int32.min, .max]) { .int32(Buffer($0)) },
            integers([1 << 53, Int64.min, .max, -5]) { .int64(Buffer($0)) },
            integers([UInt8.max, 0, 128]) { .uint8(Buffer($0)) },
            integers([UInt16.max, 1]) { .uint16(Buffer($0)) }, integers([UInt32.max, 1 << 31]) { .uint32(Buffer($0)) },
            integers([UInt64.max, 3, 1 << 63]) { .uint64(Buffer($0)) },
            column("float32", [(Float(0.5), "0.5", 0.5), (-1.25, "-1.25", -1.25), (3, "3.0", 3)]) {
                .float32(Buffer($0))
            },
            column("float64", [(0.1, "0.1", 0.1), (-0.5, "-0.5", -0.5), (1e300, "1e+300", 1e300), (3, "3.0", 3)]) {
                .float64(Buffer($0))
            },
            column("bool", [(true, "true", 1), (false, "false", 0), (false, "false", 0)]) { .bool(Bitmap($0)) },
            ModelColumn(
                column: Column(name: "null", values: .null(count: rowCount)),
                texts: Array(repeating: nil, count: rowCount), doubles: Array(repeating: .nan, count: rowCount)),
        ]
    }

    private var times: [ModelColumn] {
        [
            column("date", [(Int32(20_761), "2026-11-04", 20_761), (-1, "1969-12-31", -1)]) { .date(Buffer($0)) },
            column("date_ms", [(Int64(20_761) * 86_400_000, "2026-11-04", 20_761), (-86_400_000, "1969-12-31", -1)]) {
                .dateMilliseconds(Buffer($0))
            },
            column("moment", Self.moments) { .timestamp(Buffer($0), zone: "America/Chicago") },
            column("naive", Self.moments) { .timestamp(Buffer($0), zone: nil) },
            column("seconds", [(Int64(-1), "1969-12-31T23:59:59Z", -1 / 86_400), (86_400, "1970-01-02T00:00:00Z", 1)]) {
                .timestamp(Buffer($0), .seconds, zone: "UTC")
            },
            column("milliseconds", [(Int64(1_500), "1970-01-01T00:00:01.5Z", 1_500 / 86_400_000)]) {
                .timestamp(Buffer($0), .milliseconds, zone: nil)
            },
            column(
                "nanoseconds",
                [
                    (Int64(1), "1970-01-01T00:00:00.000000001Z", 1 / 86_400e9),
                    (1_000_000_120, "1970-01-01T00:00:01.00000012Z", 1_000_000_120 / 86_400e9),
                    (-1_000, "1969-12-31T23:59:59.999999Z", -1_000 / 86_400e9),
                ]
            ) { .timestamp(Buffer($0), .nanoseconds, zone: nil) },
        ]
    }

    private var texts: [ModelColumn] {
        let words: [(String, String, Double?)] = [
            ("é", "é", nil), ("", "", nil), ("two\nlines, \"quoted\"", "two\nlines, \"quoted\"", nil),
        ]
        return [
            column("text", words) { .text(TextBuffer($0)) },
            column("large_text", words) { .text(TextBuffer($0, isLarge: true)) },
            column("few", [(Int32(2), "c", nil), (0, "a", nil), (1, "b ü", nil)]) {
                Self.dictionary($0, labels: ["a", "b ü", "c"])
            },
            column("many", (0..<300).map { (Int32(299 - $0), "label \(299 - $0)", nil) }) {
                Self.dictionary($0, labels: (0..<300).map { "label \($0)" })
            },
        ]
    }

    private static let moments: [(Int64, String, Double?)] = [
        (0, "1970-01-01T00:00:00Z", 0), (-43_200_000_000, "1969-12-31T12:00:00Z", -0.5),
        (1_793_772_000_500_001, "2026-11-04T06:00:00.500001Z", 1_793_772_000_500_001 / 86_400_000_000),
    ]

    private static func dictionary(_ codes: [Int32], labels: [String]) -> ColumnValues {
        .dictionary(codes: IntegerBuffer(codes: codes, labelCount: labels.count), labels: TextBuffer(labels))
    }
}

extension Column {
    /// All its cells as text.
    var allTexts: [String?] { (0..<count).map { text($0) } }
}
