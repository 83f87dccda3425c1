import CivilCalendar
import Columnar
import MeasureModel

/// All rows of a dataset that a worker may see: its loads' files one after the other, columns read when asked for.
final class Dataset {
    /// One file.
    struct Part {
        var table: Table
        var network: String?
    }

    let description: DatasetDescription
    let parts: [Part]
    /// Whether columns that no part has are there all the same, blank in every row (rows that a test writes down).
    let isOpen: Bool
    /// The datasets that its rows were made of, where a script had them made; nil where they are the workspace's.
    let madeOf: Set<String>?
    let rowCount: Int
    var announcements = Announcements()
    private var columns: [String: ColumnData] = [:]
    private var personNumbers: (codes: [Int32], count: Int)?
    private var personCounter: PersonCounter?

    init(_ description: DatasetDescription, parts: [Part], isOpen: Bool = false, madeOf: Set<String>? = nil) {
        self.description = description
        self.isOpen = isOpen
        self.madeOf = madeOf
        self.parts = parts
        rowCount = parts.reduce(0) { $0 + $1.table.rowCount }
    }

    /// Whether a script had its rows made.
    var isMade: Bool { madeOf != nil }

    /// The datasets whose rows it shows.
    var sources: Set<String> { madeOf ?? [description.name] }

    /// Names of the columns that any part has, without companions.
    private(set) lazy var columnNames: [String] = {
        var names: Set<String> = []
        for part in parts {
            let all = Set(part.table.columns.map(\.name))
            names.formUnion(all.filter { !Self.isCompanion($0, of: all) })
        }
        if parts.contains(where: { $0.network != nil }) { names.insert("network") }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }()

    static func isCompanion(_ name: String, of names: Set<String>) -> Bool {
        name.hasSuffix(MissingKind.companionSuffix)
            && names.contains(String(name.dropLast(MissingKind.companionSuffix.count)))
    }

    func hasColumn(_ name: String) -> Bool {
        isOpen || columnNames.contains(name)
    }

    /// All rows of a column; nil when no part has it.
    ///
    /// - Throws: ``DataError`` when parts disagree about what it holds.
    func column(_ name: String) throws(DataError) -> ColumnData? {
        if let known = columns[name] { return known }
        guard hasColumn(name) else { return nil }
        let column = try announcements.hostWork(rows: rowCount) { () throws(DataError) in
            name == "network" && parts.contains { $0.network != nil } ? networkColumn() : try read(name)
        }
        columns[name] = column
        return column
    }

    /// What a column holds; nil when no part has it.
    func kind(of name: String) throws(DataError) -> ColumnKind? {
        if let known = columns[name] { return known.kind }
        guard hasColumn(name) else { return nil }
        if name == "network", parts.contains(where: { $0.network != nil }) { return .label }
        let present = try presentColumns(name)
        return present.first?.isNumeric == false ? .label : Self.kind(of: present.map(\.type))
    }

    private func networkColumn() -> ColumnData {
        let merged = DictionaryMerge(
            parts.map { part in
                let code: Int32 = part.network == nil ? -1 : 0
                return ([part.network ?? ""], [Int32](repeating: code, count: part.table.rowCount))
            })
        return ColumnData(labels: merged.codes, Labels(merged.labels))
    }

    /// The parts' columns that say something of its type; one that is blank in a whole file does not.
    private func presentColumns(_ name: String) throws(DataError) -> [Column] {
        let present = parts.compactMap { $0.table[name] }.filter { $0.missingCount < $0.count }
        guard Set(present.map(\.isNumeric)).count <= 1 else {
            throw DataError.mixedTypes(column: name, dataset: description.name)
        }
        return present
    }

    private func read(_ name: String) throws(DataError) -> ColumnData {
        let present = try presentColumns(name)
        let why = readWhy(name)
        if present.first?.isNumeric == false {
            let merged = DictionaryMerge(
                parts.map { part in
                    part.table[name]?.codes() ?? ([], [Int32](repeating: -1, count: part.table.rowCount))
                })
            return ColumnData(labels: merged.codes, Labels(merged.labels), why: why)
        }
        var numbers: [Double] = []
        numbers.reserveCapacity(rowCount)
        for part in parts {
            if let column = part.table[name] {
                column.appendDoubles(to: &numbers)
            } else {
                numbers.append(contentsOf: repeatElement(Double.nan, count: part.table.rowCount))
            }
        }
        return ColumnData(kind: Self.kind(of: present.map(\.type)), numbers: numbers, why: why)
    }

    /// Rows of a column of numbers at their places in a grouping of so many rows, read without a copy of the whole
    /// between; nil where it holds texts, or is not there.
    func numbers(_ name: String, at places: [Int32], count: Int) throws(DataError) -> ColumnData? {
        guard columns[name] == nil, hasColumn(name), !(name == "network" && parts.contains { $0.network != nil })
        else { return nil }
        let present = try presentColumns(name)
        guard present.first?.isNumeric != false else { return nil }
        var numbers = [Double](repeating: .nan, count: count)
        var target = numbers.mutableSpan
        var start = 0
        for part in parts {
            let end = start + part.table.rowCount
            part.table[name]?.placeDoubles(places.span.extracting(start..<end), in: &target)
            start = end
        }
        var why: ArraySlice<UInt8>?
        if let all = readWhy(name) {
            var placed = [UInt8](repeating: 0, count: count)
            for (row, kind) in all.enumerated() where places[row] >= 0 { placed[Int(places[row])] = kind }
            why = placed[...]
        }
        return ColumnData(kind: Self.kind(of: present.map(\.type)), numbers: numbers, why: why)
    }

    private static func kind(of types: [ColumnType]) -> ColumnKind {
        let kinds = Set(
            types.map { type -> String in
                switch type {
                case .bool: "truth"
                case .date, .dateMilliseconds: "date"
                case .timestamp: "time"
                default: "number"
                }
            })
        switch kinds {
        case []: return .empty
        case ["truth"]: return .truth
        case ["date"]: return .date
        case ["time"], ["date", "time"]: return .time
        default: return .number
        }
    }

    /// Kinds of missing from companion columns, and `not_loaded` where a part lacks the column.
    private func readWhy(_ name: String) -> ArraySlice<UInt8>? {
        let companionName = name + MissingKind.companionSuffix
        guard parts.contains(where: { $0.table[name] == nil || $0.table[companionName] != nil }) else { return nil }
        if isOpen, !columnNames.contains(name) { return nil }
        var why: [UInt8] = []
        why.reserveCapacity(rowCount)
        for part in parts {
            let rows = part.table.rowCount
            if part.table[name] == nil {
                why.append(contentsOf: repeatElement(MissingKind.notLoaded.rawValue, count: rows))
            } else if let (labels, codes) = part.table[companionName]?.codes() {
                let kinds = labels.map { MissingKind(name: $0)?.rawValue ?? MissingKind.skipped.rawValue }
                why.append(contentsOf: codes.map { $0 < 0 ? MissingKind.skipped.rawValue : kinds[Int($0)] })
            } else {
                why.append(contentsOf: repeatElement(MissingKind.skipped.rawValue, count: rows))
            }
        }
        return why[...]
    }

    /// A label for each row, for grouping: numbers, dates and truths are shown as text.
    func keys(_ dimension: String) throws(DataError) -> (codes: [Int32], labels: Labels)? {
        guard let column = try column(dimension) else { return nil }
        switch column.values {
        case .labels(let codes, let labels): return (Array(codes), labels)
        case .numbers(let numbers):
            let kind = column.kind
            let texts = Set(numbers.filter { !$0.isNaN }).map { ($0, Self.text(of: $0, kind)) }
                .sorted { $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) }
            let codes = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($0.element.0, Int32($0.offset)) })
            return (numbers.map { $0.isNaN ? -1 : codes[$0] ?? -1 }, Labels(texts.map(\.1)))
        }
    }

    /// Of a number of days; the nearest that there is where a broken file says more.
    private static func microseconds(_ days: Double) -> Int64 {
        let microseconds = (days * Double(CivilTime.microsecondsPerDay)).rounded()
        return Int64(exactly: microseconds) ?? (microseconds > 0 ? .max : .min)
    }

    static func text(of number: Double, _ kind: ColumnKind) -> String {
        switch kind {
        case .truth: number == 1 ? "true" : "false"
        case .date: CivilDate(nearest: number).description
        case .time: CivilTime(utcMicroseconds: microseconds(number)).description
        case .number, .label, .empty: JSON.text(of: number)
        }
    }

    /// A number for each distinct person (or site), -1 where a row names none. Every row is its own when the dataset
    /// counts rows.
    func personCodes() throws(DataError) -> (codes: [Int32], count: Int) {
        if let known = personNumbers { return known }
        let numbers: (codes: [Int32], count: Int)
        switch description.persons {
        case .row: numbers = ([], rowCount)
        case .column(let name): numbers = try codes(of: name)
        case .counts(_, let sites):
            var combined = ([Int32](repeating: 0, count: rowCount), 1)
            for site in sites { combined = Self.combine(combined, try codes(of: site)) }
            numbers = combined
        }
        personNumbers = numbers
        return numbers
    }

    /// Counts the persons behind rows, for all measures.
    func counter() throws(DataError) -> PersonCounter {
        if let personCounter { return personCounter }
        let counter = try announcements.hostWork(rows: rowCount) { () throws(DataError) in try PersonCounter(self) }
        personCounter = counter
        return counter
    }

    private func codes(of name: String) throws(DataError) -> (codes: [Int32], count: Int) {
        if let numbered = try numbered(name) { return numbered }
        guard let keys = try keys(name) else {
            throw DataError.noPersonColumn(column: name, dataset: description.name)
        }
        return (keys.codes, keys.labels.texts.count)
    }

    /// A number for each different text of a column whose texts are all ASCII; nil for other columns.
    private func numbered(_ name: String) throws(DataError) -> (codes: [Int32], count: Int)? {
        guard columns[name] == nil, name != "network", try presentColumns(name).first?.isNumeric == false else {
            return nil
        }
        var numbering = TextNumbering()
        var codes: [Int32] = []
        codes.reserveCapacity(rowCount)
        for part in parts {
            if let column = part.table[name], column.missingCount < column.count {
                guard let numbers = numbering.numbers(of: column) else { return nil }
                codes.append(contentsOf: numbers)
            } else {
                codes.append(contentsOf: repeatElement(-1, count: part.table.rowCount))
            }
        }
        return (codes, numbering.count)
    }

    /// Numbers for the pairs that occur; -1 where either is missing.
    private static func combine(
        _ left: (codes: [Int32], count: Int), _ right: (codes: [Int32], count: Int)
    ) -> (codes: [Int32], count: Int) {
        let pairs = left.count.multipliedReportingOverflow(by: right.count)
        if !pairs.overflow, pairs.partialValue <= max(1 << 16, left.codes.count) {
            return combineDensely(left, right, pairs.partialValue)
        }
        var numbers: [Int64: Int32] = [:]
        let codes = zip(left.codes, right.codes).map { a, b -> Int32 in
            guard a >= 0, b >= 0 else { return -1 }
            let pair = Int64(a) << 32 | Int64(b)
            if let known = numbers[pair] { return known }
            let number = Int32(numbers.count)
            numbers[pair] = number
            return number
        }
        return (codes, numbers.count)
    }

    /// The same where there can be but few pairs: a table of them instead of a dictionary.
    private static func combineDensely(
        _ left: (codes: [Int32], count: Int), _ right: (codes: [Int32], count: Int), _ pairs: Int
    ) -> (codes: [Int32], count: Int) {
        var numbers = [Int32](repeating: -1, count: pairs)
        var count: Int32 = 0
        var codes = left.codes
        for row in codes.indices {
            let (a, b) = (codes[row], right.codes[row])
            guard a >= 0, b >= 0 else {
                codes[row] = -1
                continue
            }
            let pair = Int(a) * right.count + Int(b)
            if numbers[pair] < 0 {
                numbers[pair] = count
                count += 1
            }
            codes[row] = numbers[pair]
        }
        return (codes, Int(count))
    }
}

/// Data that are missing, or contradict themselves or their description.
enum DataError: Error {
    case noData(of: String)
    case mixedTypes(column: String, dataset: String)
    case noPersonColumn(column: String, dataset: String)

    /// The column that it is about.
    var place: (column: String, dataset: String)? {
        switch self {
        case .noData: nil
        case .mixedTypes(let column, let dataset), .noPersonColumn(let column, let dataset): (column, dataset)
        }
    }

    var message: String {
        switch self {
        case .noData(let dataset): "there are no data of `\(dataset)`"
        case .mixedTypes(let column, let dataset):
            "the column `\(column)` of \(dataset) holds numbers in one load and text in another: "
                + "declare its type in the codebook and import again"
        case .noPersonColumn(let column, let dataset):
            "no load of \(dataset) has the column `\(column)` that tells its persons apart"
        }
    }
}
