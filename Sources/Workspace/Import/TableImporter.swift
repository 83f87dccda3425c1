import CivilCalendar
import Columnar
import MeasureModel
import TabularIO

/// Turns the cells of a file into tables, one for each network: column by column, each over the whole file. A row that
/// cannot be read whole is rejected whole.
struct TableImporter {
    /// What came of it.
    struct Outcome {
        var tables: [(network: String, table: Table)]
        var rowsRead: Int
        var rejects: [Reject]
    }

    /// The networks that rows may belong to; nil outside a workspace, where all rows are read as they are.
    let networks: [String]?
    /// The network of all rows, where no column says it.
    let fixedNetwork: String?
    let plan: ColumnPlan
    let codebook: Codebook
    let source: CodebookSource?
    let periods: RowPeriods
    /// Columns that name things and are texts whatever they look like.
    let identifiers: Set<String>
    /// Columns that tell rows apart, and where other loads have the same.
    let keys: [String]
    let knownKeys: KnownKeys?
    let zone: String

    /// Reads all rows. `sourceByte` tells where in the file a byte of its text stands.
    func read(_ cells: CellTable, sourceByte: (Int) -> Int = { $0 }) throws -> Outcome {
        let rowNetworks = rowNetworks(cells)
        let reading = PlannedColumns(
            plan: plan, codebook: codebook, source: source, periods: periods, identifiers: identifiers, zone: zone,
            cells: cells, networks: rowNetworks)
        let (columns, days) = reading.read()
        var refusals = RowRefusals(rowCount: cells.rowCount)
        refusals.add(rowNetworks.strangers, column: "network")
        for (name, column) in zip(plan.columns, columns) {
            refusals.add(column.problems, column: name)
            if name == periods.column { refusals.add(days?.problems ?? [], column: name) }
        }
        refuseTwins(&refusals, rowNetworks, columns, days, cells.places)
        let built = BuiltTables(importer: self, columns: columns, days: days)
        return Outcome(
            tables: try built.tables(rowNetworks, refusals), rowsRead: cells.recordCount,
            rejects: refusals.rejects(cells, sourceByte))
    }

    private func rowNetworks(_ cells: CellTable) -> RowNetworks {
        guard let networks else { return RowNetworks(all: "") }
        guard let place = plan.networkPlace else { return RowNetworks(all: fixedNetwork ?? "") }
        return RowNetworks(networks, named: cells.columns[place], values: plan.networkValues)
    }

    /// Refuses rows when another has their key.
    private func refuseTwins(
        _ refusals: inout RowRefusals, _ networks: RowNetworks, _ columns: [ReadColumn], _ days: ReadColumn?,
        _ places: RowPlaces
    ) {
        guard !keys.isEmpty else { return }
        var seen = TextInterner()
        var numbers: [Int] = []
        let index = Dictionary(uniqueKeysWithValues: plan.columns.enumerated().map { ($1, $0) })
        for row in 0..<places.count where !refusals.isRefused(row) {
            let values = keys.map { name -> String? in
                // As KnownKeys takes it from other loads: of a period its first day.
                if name == periods.column, let day = periods.fixed?.days?.start { return day.description }
                if name == periods.column, let days { return days.text(row) }
                return index[name].flatMap { columns[$0].text(row) }
            }
            let key = KnownKeys.key(networks.network(row) ?? "", values)
            let code = Int(seen.code(of: key))
            if code < numbers.count {
                refusals.add(row, keys[0], "row \(numbers[code]) of the same file has the same key")
                continue
            }
            numbers.append(places[row].number)
            if let load = knownKeys?.load(key) {
                refusals.add(row, keys[0], "the load `\(load)` has a row with the same key")
            }
        }
    }
}

/// The rows that are not loaded, each with the first thing that is wrong with it.
struct RowRefusals {
    private var reasons: [Int: (column: String, reason: String)] = [:]
    /// Rows of the file.
    let rowCount: Int

    init(rowCount: Int) {
        self.rowCount = rowCount
    }

    mutating func add(_ row: Int, _ column: String, _ reason: String) {
        if reasons[row] == nil { reasons[row] = (column, reason) }
    }

    mutating func add(_ problems: [ReadColumn.Problem], column: String) {
        for problem in problems { add(problem.row, column, problem.reason) }
    }

    func isRefused(_ row: Int) -> Bool { reasons[row] != nil }

    /// The rows of a network that are loaded; nil when all rows of the file are.
    func kept(_ place: Int, _ networks: RowNetworks) -> [Int32]? {
        if reasons.isEmpty, networks.places == nil { return nil }
        return (0..<rowCount).filter { row in
            (networks.places?[row] ?? 0) == place && !isRefused(row)
        }.map { Int32($0) }
    }

    /// All rejects of a file in its order.
    func rejects(_ cells: CellTable, _ sourceByte: (Int) -> Int) -> [Reject] {
        var rejects = cells.strays.map { stray in
            Reject(
                row: stray.place.number, line: stray.place.line, byte: sourceByte(stray.place.byte),
                column: stray.column, reason: stray.reason)
        }
        rejects += reasons.map { row, wrong in
            let place = cells.places[row]
            return Reject(
                row: place.number, line: place.line, byte: sourceByte(place.byte), column: wrong.column,
                reason: wrong.reason)
        }
        return rejects.sorted { $0.row < $1.row }
    }
}

/// Tables by network of columns that were read.
private struct BuiltTables {
    let importer: TableImporter
    let columns: [ReadColumn]
    let days: ReadColumn?

    func tables(_ networks: RowNetworks, _ refusals: RowRefusals) throws -> [(network: String, table: Table)] {
        try networks.present.compactMap { place in
            let rows = refusals.kept(place, networks)
            let rowCount = rows?.count ?? refusals.rowCount
            guard rowCount > 0 else { return nil }
            return (networks.ids[place], try table(networks.ids[place], rows, rowCount))
        }
    }

    private func table(_ network: String, _ rows: [Int32]?, _ rowCount: Int) throws -> Table {
        let names = importer.plan.columns
        let feeds = importer.plan.feeds[network] ?? []
        let kept = names.indices.filter { index in
            feeds[index] != nil && (names[index] != "network" || importer.networks == nil)
        }
        var built = Parallel.map(kept.count) { columns[kept[$0]].columns(named: names[kept[$0]], rows: rows) }
            .flatMap(\.self)
        built += periodColumns(rows, rowCount)
        if importer.networks != nil { built.append(Self.networkColumn(network, rowCount)) }
        return try Table(columns: built, rowCount: rowCount)
    }

    /// The host's column of days, where the file does not tell days.
    private func periodColumns(_ rows: [Int32]?, _ rowCount: Int) -> [Column] {
        let periods = importer.periods
        // Days go under the dataset's own name, periods under the host's.
        let name = periods.kind == .day ? periods.column ?? HostColumns.period : HostColumns.period
        if periods.column != nil, let fixed = periods.fixed {
            let day = fixed.days?.start
            let days = Buffer([Int32](repeating: day?.day ?? 0, count: rowCount))
            let validity = day == nil ? Bitmap([Bool](repeating: false, count: rowCount)) : nil
            return [Column(name: name, values: .date(days), validity: validity)]
        }
        return days?.columns(named: name, rows: rows) ?? []
    }

    private static func networkColumn(_ network: String, _ rowCount: Int) -> Column {
        let codes = IntegerBuffer(codes: [Int32](repeating: 0, count: rowCount), labelCount: 1)
        return Column(name: "network", values: .dictionary(codes: codes, labels: TextBuffer([network])))
    }
}
