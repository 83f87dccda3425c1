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
enum ModelColumns {
    /// A column of every type, with the same rows missing in each.
    static func all(rowCount: Int, nulls: NullPattern) -> [ModelColumn] {
        var generator = SplitMix64(seed: UInt64(rowCount))
        let isMissing = (0..<rowCount).map { nulls.isMissing($0, of: rowCount, &generator) }
        let validity = nulls == .none ? nil : Bitmap(isMissing.map { !$0 })
        func model<Value>(
            _ name: String, _ samples: [(Value, String, Double?)], _ make: ([Value]) -> ColumnValues
        ) -> ModelColumn {
            let cells = (0..<rowCount).map { samples[$0 % samples.count] }
            return ModelColumn(
                column: Column(name: name, values: make(cells.map(\.0)), validity: validity),
                texts: zip(cells, isMissing).map { $1 ? nil : $0.1 },
                doubles: samples.contains { $0.2 == nil }
                    ? nil : zip(cells, isMissing).map { $1 ? .nan : $0.2 ?? .nan })
        }
        return [
            model("int8", [(Int8.min, "-128", -128), (0, "0", 0), (.max, "127", 127)]) { .int8(Buffer($0)) },
            model("int16", [(Int16.min, "-32768", -32_768), (7, "7", 7), (.max, "32767", 32_767)]) {
                .int16(Buffer($0))
            },
            model("int32", [(Int32.min, "-2147483648", -2_147_483_648), (.max, "2147483647", 2_147_483_647)]) {
                .int32(Buffer($0))
            },
            model("int64", [(1 << 53, "9007199254740992", 9_007_199_254_740_992), (Int64(-5), "-5", -5)]) {
                .int64(Buffer($0))
            },
            model("float64", [(0.1, "0.1", 0.1), (-0.5, "-0.5", -0.5), (1e300, "1e+300", 1e300), (3, "3.0", 3)]) {
                .float64(Buffer($0))
            },
            model("bool", [(true, "true", 1), (false, "false", 0), (false, "false", 0)]) { .bool(Bitmap($0)) },
            model("date", [(Int32(20_761), "2026-11-04", 20_761), (-1, "1969-12-31", -1)]) { .date(Buffer($0)) },
            model("moment", moments) { .timestamp(Buffer($0), zone: "America/Chicago") },
            model("naive", moments) { .timestamp(Buffer($0), zone: nil) },
            model("text", [("é", "é", nil), ("", "", nil), ("two\nlines, \"quoted\"", "two\nlines, \"quoted\"", nil)]) {
                .text(TextBuffer($0))
            },
            model("few", [(Int32(2), "c", nil), (0, "a", nil), (1, "b ü", nil)]) {
                dictionary($0, labels: ["a", "b ü", "c"])
            },
            model("many", (0..<300).map { (Int32(299 - $0), "label \(299 - $0)", nil) }) {
                dictionary($0, labels: (0..<300).map { "label \($0)" })
            },
        ]
    }

    private static let moments: [(Int64, String, Double?)] = [
        (0, "1970-01-01T00:00:00Z", 0), (-43_200_000_000, "1969-12-31T12:00:00Z", -0.5),
        (1_793_772_000_500_001, "2026-11-04T06:00:00.500001Z", 1_793_772_000_500_001 / 86_400_000_000),
    ]

    private static func dictionary(_ codes: [Int32], labels: [String]) -> ColumnValues {
        .dictionary(codes: DictionaryCodes(codes, labelCount: labels.count), labels: TextBuffer(labels))
    }
}

extension Column {
    /// All its cells as text.
    var allTexts: [String?] { (0..<count).map { text($0) } }
}
