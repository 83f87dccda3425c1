import CivilCalendar
import Columnar
import MeasureModel
import Synchronization
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
    func read(_ cells: consuming CellTable, sourceByte: (Int) -> Int = { $0 }) throws -> Outcome {
        let rowNetworks = rowNetworks(cells)
        let (places, strays) = (cells.places, cells.strays)
        let (columns, days) = columns(cells, rowNetworks)
        var refusals = RowRefusals(rowCount: places.count)
        refusals.add(rowNetworks.strangers, column: "network")
        for (name, column) in zip(plan.columns, columns) {
            refusals.add(column.problems, column: name)
            if name == periods.column { refusals.add(days?.problems ?? [], column: name) }
        }
        refuseTwins(&refusals, rowNetworks, columns, days, places)
        return Outcome(
            tables: try tables(columns, days, rowNetworks, refusals), rowsRead: places.count + strays.count,
            rejects: refusals.rejects(places, strays, sourceByte))
    }

    private func columns(_ cells: consuming CellTable, _ networks: RowNetworks) -> ([ReadColumn], days: ReadColumn?) {
        PlannedColumns(
            plan: plan, codebook: codebook, source: source, periods: periods, identifiers: identifiers, zone: zone,
            cells: cells, networks: networks
        ).read()
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

    /// For each network the rows that are loaded; nil when all rows of the file are.
    func kept(_ networks: RowNetworks) -> [[Int32]?] {
        if reasons.isEmpty, networks.places == nil { return networks.ids.map { _ in nil } }
        var rows = networks.ids.map { _ in [Int32]() }
        for row in 0..<rowCount where reasons.isEmpty || !isRefused(row) {
            let place = networks.places?[row] ?? 0
            if place >= 0 { rows[place].append(Int32(row)) }
        }
        return rows
    }

    /// All rejects of a file in its order.
    func rejects(_ places: RowPlaces, _ strays: [StrayRecord], _ sourceByte: (Int) -> Int) -> [Reject] {
        var rejects = strays.map { stray in
            Reject(
                row: stray.place.number, line: stray.place.line, byte: sourceByte(stray.place.byte),
                column: stray.column, reason: stray.reason)
        }
        rejects += reasons.map { row, wrong in
            let place = places[row]
            return Reject(
                row: place.number, line: place.line, byte: sourceByte(place.byte), column: wrong.column,
                reason: wrong.reason)
        }
        return rejects.sorted { $0.row < $1.row }
    }
}

extension TableImporter {
    /// Tables by network of columns that were read. Each is let go when all tables have it.
    private func tables(
        _ columns: consuming [ReadColumn], _ days: ReadColumn?, _ networks: RowNetworks, _ refusals: RowRefusals
    ) throws -> [(network: String, table: Table)] {
        let rows = refusals.kept(networks)
        let parts = networks.present.map { TablePart(networks.ids[$0], rows: rows[$0], refusals) }
            .filter { $0.rowCount > 0 }
        let names = plan.columns
        let read = Mutex(columns.map(Optional.some))
        let built = Parallel.map(names.count) { index -> [[Column]] in
            guard names[index] != "network" || self.networks == nil, let column = read.withLock({ $0[index].take() })
            else { return parts.map { _ in [] } }
            return parts.map { part in
                plan.feeds[part.network]?[index] == nil ? [] : column.columns(named: names[index], rows: part.rows)
            }
        }
        return try parts.enumerated().map { place, part in
            var columns = built.flatMap { $0[place] } + periodColumns(days, part)
            if self.networks != nil { columns.append(part.networkColumn) }
            return (part.network, try Table(columns: columns, rowCount: part.rowCount))
        }
    }

    /// The host's column of days, where the file does not tell days.
    private func periodColumns(_ days: ReadColumn?, _ part: TablePart) -> [Column] {
        // Days go under the dataset's own name, periods under the host's.
        let name = periods.kind == .day ? periods.column ?? HostColumns.period : HostColumns.period
        guard periods.column != nil, let fixed = periods.fixed else {
            return days?.columns(named: name, rows: part.rows) ?? []
        }
        let day = fixed.days?.start
        let values = Buffer([Int32](repeating: day?.day ?? 0, count: part.rowCount))
        let validity = day == nil ? Bitmap([Bool](repeating: false, count: part.rowCount)) : nil
        return [Column(name: name, values: .date(values), validity: validity)]
    }
}

/// The rows of a file that one network's table is made of.
private struct TablePart {
    let network: String
    /// The rows; nil for all.
    let rows: [Int32]?
    let rowCount: Int

    init(_ network: String, rows: [Int32]?, _ refusals: RowRefusals) {
        self.network = network
        self.rows = rows
        rowCount = rows?.count ?? refusals.rowCount
    }

    var networkColumn: Column {
        let codes = IntegerBuffer(codes: [Int32](repeating: 0, count: rowCount), labelCount: 1)
        return Column(name: "network", values: .dictionary(codes: codes, labels: TextBuffer([network])))
    }
}
