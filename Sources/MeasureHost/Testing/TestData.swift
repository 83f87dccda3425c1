import CivilCalendar
import Columnar
import LuaSandbox
import MeasureModel

/// Datasets made of the rows that a test writes down.
enum TestData {
    /// The rows of the measure's own dataset, those of the preceding period first.
    static func dataset(
        _ test: TestCase, _ definition: MeasureDefinition, _ description: DatasetDescription
    ) throws(TestProblem) -> Dataset {
        let rows = test.data[definition.from] ?? []
        let all = (test.previous ?? []) + rows
        var columns = try columns(of: all, declared: definition.columns ?? [])
        var adapted = adapted(description, to: columns)
        adapted.periodColumn = nil
        if let days = test.period.days, definition.every != .all {
            let before = [Int32](repeating: days.start.day - 1, count: all.count - rows.count)
            let now = [Int32](repeating: days.start.day, count: rows.count)
            columns.append(Column(name: HostColumns.period, values: .date(Buffer(before + now))))
            adapted.periodColumn = HostColumns.period
        }
        return Dataset(adapted, parts: [Dataset.Part(table: try table(columns, all.count), network: nil)], isOpen: true)
    }

    /// The rows of a further dataset; all of them count.
    static func companion(_ rows: [LuaTable], _ description: DatasetDescription) throws(TestProblem) -> Dataset {
        let columns = try columns(of: rows, declared: [])
        var adapted = adapted(description, to: columns)
        adapted.periodColumn = nil
        return Dataset(
            adapted, parts: [Dataset.Part(table: try table(columns, rows.count), network: nil)], isOpen: true)
    }

    private static func table(_ columns: [Column], _ rowCount: Int) throws(TestProblem) -> Table {
        do {
            return try Table(columns: columns, rowCount: rowCount)
        } catch {
            throw TestProblem(error.description)
        }
    }

    /// Rows of tests need not say who a person is: then every row is one.
    private static func adapted(_ description: DatasetDescription, to columns: [Column]) -> DatasetDescription {
        let names = Set(columns.map(\.name))
        var adapted = description
        switch description.persons {
        case .row: break
        case .column(let name): if !names.contains(name) { adapted.persons = .row }
        case .counts(let count, let sites):
            if !names.contains(count) || !names.isSuperset(of: sites) { adapted.persons = .row }
        }
        if let name = adapted.validFrom, !names.contains(name) { adapted.validFrom = nil }
        if let name = adapted.validTo, !names.contains(name) { adapted.validTo = nil }
        return adapted
    }

    private static func columns(of rows: [LuaTable], declared: [String]) throws(TestProblem) -> [Column] {
        var names = declared
        for row in rows {
            for field in row.record ?? [] where !names.contains(field.name) { names.append(field.name) }
        }
        var columns: [Column] = []
        for name in names { columns += try column(name, rows.map { $0[name] ?? .none }) }
        return columns
    }

    private static func column(_ name: String, _ cells: [LuaValue]) throws(TestProblem) -> [Column] {
        let kinds = try cells.map { (cell) throws(TestProblem) -> MissingKind? in try missingKind(cell, name) }
        let present = zip(cells, kinds).filter { $1 == nil }.map(\.0)
        let validity = kinds.contains { $0 != nil } ? Bitmap(kinds.map { $0 == nil }) : nil
        let column = Column(name: name, values: try values(name, cells, present), validity: validity)
        guard kinds.contains(where: { $0 != nil && $0 != .skipped }) else { return [column] }
        let labels = MissingKind.allCases.map(\.name)
        let codes = kinds.map { kind in Int32(kind.flatMap { labels.firstIndex(of: $0.name) } ?? 0) }
        let companion = Column(
            name: name + MissingKind.companionSuffix,
            values: .dictionary(
                codes: IntegerBuffer(codes: codes, labelCount: labels.count), labels: TextBuffer(labels)),
            validity: Bitmap(kinds.map { $0 != nil }))
        return [column, companion]
    }

    private static func missingKind(_ cell: LuaValue, _ name: String) throws(TestProblem) -> MissingKind? {
        switch cell {
        case .none: return .skipped
        case .boolean, .integer, .number, .string: return nil
        case .object(let object) where object.kind == ObjectKind.missing.rawValue:
            return MissingKind(rawValue: UInt8(truncatingIfNeeded: object.id))
        default: throw TestProblem("a cell of `\(name)` is a \(cell.typeName)")
        }
    }

    private static func values(
        _ name: String, _ cells: [LuaValue], _ present: [LuaValue]
    ) throws(TestProblem) -> ColumnValues {
        if present.allSatisfy({ $0.asNumber != nil }) {
            return .float64(Buffer(cells.map { $0.asNumber ?? 0 }))
        }
        if present.allSatisfy({ $0.typeName == "boolean" }) {
            return .bool(Bitmap(cells.map { $0 == .boolean(true) }))
        }
        guard present.allSatisfy({ $0.asString != nil }) else {
            throw TestProblem("the column `\(name)` mixes texts and numbers")
        }
        if present.allSatisfy({ $0.asString.flatMap(CivilDate.init) != nil }) {
            return .date(Buffer(cells.map { $0.asString.flatMap(CivilDate.init)?.day ?? 0 }))
        }
        return .text(TextBuffer(cells.map { $0.asString ?? "" }))
    }
}
