import CivilCalendar
import Columnar
import PlumblineTestSupport
import Statistics
import TabularIO

/// Columns read from texts.
enum Columns {
    /// Naive times are taken as UTC; in the hour from 02:00 there was no such time.
    static func resolve(_ time: CivilTime) -> Int64? {
        time.microsecondOfDay / 3_600_000_000 == 2 ? nil : time.wallMicroseconds
    }

    static func reader(_ format: CellFormat = CellFormat()) -> ColumnReader {
        ColumnReader(format, zone: "America/Chicago") { resolve($0) }
    }

    static func read(
        _ cells: [String], format: CellFormat = CellFormat(), declared: CellType? = nil, values: [String: String] = [:],
        missing: [String: String] = [:], isUnasked: [Bool]? = nil, partSize: Int? = nil
    ) throws -> ReadColumn {
        let feed = ColumnFeed(
            cells: try CSVReading.column(cells, partSize: partSize),
            meanings: CellMeanings(values: values, missing: missing))
        return reader(format).read([feed], rowCount: cells.count, isUnasked: isUnasked, declared: declared)
    }

    /// The column called `x`, and its companion if it has one.
    static func of(
        _ cells: [String], format: CellFormat = CellFormat(), declared: CellType? = nil,
        missing: [String: String] = [:], isUnasked: [Bool]? = nil
    ) throws -> [Column] {
        try read(cells, format: format, declared: declared, missing: missing, isUnasked: isUnasked)
            .columns(named: "x", rows: nil)
    }

    /// A cell that reads as this type.
    static func sample(_ type: CellType) -> String {
        switch type {
        case .integer: "1234"
        case .number: "1.5"
        case .boolean: "yes"
        case .date: "2026-11-04"
        case .timestamp: "2026-11-04T06:00"
        case .text: "some text"
        }
    }

    /// A generated cell, often blank or a code for missing; a wild one may be larger than the others are, and need not
    /// read as the type.
    static func cell(_ type: CellType, _ random: inout SplitMix64, isWild: Bool = false) -> String {
        if random.chance(15) { return random.pick(["", "", "-9", "-8"]) }
        if isWild, random.chance(20) { return random.pick(["x", "2026-02-30", "NaN", "007", "text of some length"]) }
        let number = random.below(isWild ? 1_000_000 : 300) - 100
        switch type {
        case .integer: return "\(number)"
        case .number: return random.pick(["\(number)", "\(Double(number) / 8)", "\(number)e3"])
        case .boolean: return random.pick(["yes", "no", "TRUE", "false"])
        case .date: return CivilDate(day: Int32(20_000 + number)).description
        case .timestamp:
            let day = CivilDate(day: Int32(20_000 + number)).description
            return day + random.pick(["T06:00", " 23:59:59.5", "T02:30Z", "T10:00:00+05:30", ""])
        case .text: return random.pick(["a", "b", "é", "text \(number)", "\(number)"])
        }
    }
}
