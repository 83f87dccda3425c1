import CivilCalendar
import Columnar
import MeasureModel
import TabularIO

/// Turns rows of a file into tables, one for each network: two passes, the first to find out types over the whole file,
/// the second to read. A row that cannot be read whole is rejected whole.
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
    let periods: RowPeriods
    /// Columns that name things and are texts whatever they look like.
    let identifiers: Set<String>
    /// Columns that tell rows apart, with the keys of other loads.
    let keys: [String]
    let knownKeys: [[String]: String]
    let calendar: PeriodCalendar
    let zone: String

    private var reader: RowReader { RowReader(plan: plan, codebook: codebook, periods: periods) }

    /// Reads all rows.
    func read(_ source: some RowSource) throws -> Outcome {
        let types = try types(of: source)
        let pass = ReadingPass(self, types)
        try source.forEachRow { row in try pass.take(row) }
        return Outcome(tables: try pass.tables(), rowsRead: pass.rowsRead, rejects: pass.rejects)
    }

    private func types(of source: some RowSource) throws -> [TypeGuess.CellType] {
        var guesses = [TypeGuess](repeating: TypeGuess(), count: plan.columns.count)
        try source.forEachRow { row in
            guard row.count == source.header.count, case .success(let network) = network(of: row) else { return }
            reader.forEachCell(row, network) { column, cell, bytes in
                if case .value = cell { guesses[column].observe(bytes) }
            }
        }
        return zip(plan.columns, guesses).map { name, guess in
            if let declared = codebook.columns[name]?.type { return declared }
            if identifiers.contains(name) { return .text }
            if name == periods.column, periods.kind == .day, guess.type != .date { return .timestamp }
            return guess.type
        }
    }

    /// The network of a row, or why it has none.
    func network(of row: borrowing SourceRow) -> Result<String, CellProblem> {
        guard let networks else { return .success("") }
        guard let place = plan.networkPlace else {
            return fixedNetwork.map { .success($0) } ?? .failure(CellProblem("the row belongs to no network"))
        }
        let text = String(copying: row[place])
        let id = plan.networkValues[text] ?? text
        if networks.contains(id) { return .success(id) }
        return .failure(
            CellProblem(text.isEmpty ? "the row names no network" : "`\(text)` is no network of plumbline.yaml"))
    }
}

/// The second pass: columns being built.
private final class ReadingPass {
    private let importer: TableImporter
    private let types: [TypeGuess.CellType]
    private let reader: RowReader
    private var builders: [String: NetworkBuilder] = [:]
    private var seenKeys: [[String]: Int] = [:]
    private(set) var rejects: [Reject] = []
    private(set) var rowsRead = 0

    private struct NetworkBuilder {
        /// One for each of our columns; nil where rows of the network lack it.
        var columns: [ColumnBuilder?]
        var period: ColumnBuilder?
        /// Whole rows; a row that is being added comes behind them.
        var rowCount = 0

        /// Takes back what was added of a row that is refused.
        mutating func truncate() {
            for index in columns.indices { columns[index]?.truncate(to: rowCount) }
            period?.truncate(to: rowCount)
        }
    }

    init(_ importer: TableImporter, _ types: [TypeGuess.CellType]) {
        self.importer = importer
        self.types = types
        reader = RowReader(plan: importer.plan, codebook: importer.codebook, periods: importer.periods)
    }

    func take(_ row: borrowing SourceRow) throws {
        rowsRead += 1
        do throws(RowProblem) {
            try accept(row)
        } catch {
            rejects.append(
                Reject(row: row.number, line: row.line, byte: row.byte, column: error.column, reason: error.reason))
        }
    }

    private struct RowProblem: Error {
        var column: String?
        var reason: String
    }

    private func accept(_ row: borrowing SourceRow) throws(RowProblem) {
        guard row.count == importer.plan.cellCount else {
            throw RowProblem(
                column: nil, reason: "the row has \(row.count) cells, the header has \(importer.plan.cellCount)")
        }
        let network: String
        switch importer.network(of: row) {
        case .success(let id): network = id
        case .failure(let problem): throw RowProblem(column: "network", reason: problem.reason)
        }
        var builder = builders[network] ?? newBuilder(network)
        builders[network] = nil  // the builder is changed in place
        defer { builders[network] = builder }
        do {
            try append(row, network, to: &builder)
            try checkKey(row.number, network, builder)
            builder.rowCount += 1
        } catch {
            builder.truncate()
            throw error
        }
    }

    /// Refuses the row that was just added when another has its key.
    private func checkKey(_ number: Int, _ network: String, _ builder: NetworkBuilder) throws(RowProblem) {
        guard !importer.keys.isEmpty else { return }
        let key = [network] + importer.keys.map { keyText($0, builder) ?? "" }
        if let other = seenKeys[key] {
            throw RowProblem(column: importer.keys[0], reason: "row \(other) of the same file has the same key")
        }
        if let load = importer.knownKeys[key] {
            throw RowProblem(column: importer.keys[0], reason: "the load `\(load)` has a row with the same key")
        }
        seenKeys[key] = number
    }

    /// What the row that was just added has in a key column, as ``KnownKeys`` takes it from other loads.
    private func keyText(_ column: String, _ builder: NetworkBuilder) -> String? {
        if column == importer.periods.column, let period = builder.period { return period.text(builder.rowCount) }
        guard let index = importer.plan.columns.firstIndex(of: column) else { return nil }
        return builder.columns[index]?.text(builder.rowCount)
    }

    private func newBuilder(_ network: String) -> NetworkBuilder {
        let feeds = importer.plan.feeds[network] ?? []
        return NetworkBuilder(
            columns: zip(feeds, types).map { $0 == nil ? nil : columnBuilder($1) },
            period: importer.periods.needsHostColumn || importer.needsPeriodColumn ? columnBuilder(.date) : nil)
    }

    private func columnBuilder(_ type: TypeGuess.CellType) -> ColumnBuilder {
        let calendar = importer.calendar
        return ColumnBuilder(type, zone: importer.zone) { calendar.instant(of: $0) }
    }

    /// Adds a row's cells; when it throws, only some of them.
    private func append(
        _ row: borrowing SourceRow, _ network: String, to builder: inout NetworkBuilder
    ) throws(RowProblem) {
        var problem: RowProblem?
        var periodLabel: CivilDate?
        let periods = importer.periods
        reader.forEachCell(row, network) { index, cell, bytes in
            guard problem == nil else { return }
            do throws(CellProblem) {
                switch cell {
                case .missing(let kind): builder.columns[index]?.appendMissing(kind)
                case .value:
                    try builder.columns[index]?.append(bytes)
                    if periods.needsHostColumn, importer.plan.columns[index] == periods.column {
                        periodLabel = try periods.day(ofLabel: bytes)
                    }
                }
            } catch {
                problem = RowProblem(column: importer.plan.columns[index], reason: error.reason)
            }
        }
        if let problem { throw problem }
        if builder.period != nil {
            if let day = periods.fixed?.days?.start ?? periodLabel {
                builder.period?.append(date: day)
            } else {
                builder.period?.appendMissing(MissingCodes.skipped)
            }
        }
    }

    func tables() throws -> [(network: String, table: Table)] {
        let order = importer.networks ?? [""]
        return try order.compactMap { network in
            guard let builder = builders[network], builder.rowCount > 0 else { return nil }
            var columns: [Column] = []
            for (name, column) in zip(importer.plan.columns, builder.columns) {
                guard let column, name != "network" || importer.networks == nil else { continue }
                columns += finish(column, name)
            }
            if let period = builder.period { columns += finish(period, importer.periodColumnName) }
            if importer.networks != nil { columns.append(Self.networkColumn(network, builder.rowCount)) }
            return (network, try Table(columns: columns, rowCount: builder.rowCount))
        }
    }

    private func finish(_ builder: ColumnBuilder, _ name: String) -> [Column] {
        builder.finish(
            name: name, standardReason: MissingCodes.skipped, companionSuffix: HostColumns.missingSuffix)
    }

    private static func networkColumn(_ network: String, _ rowCount: Int) -> Column {
        let codes = IntegerBuffer(codes: [Int32](repeating: 0, count: rowCount), labelCount: 1)
        return Column(name: "network", values: .dictionary(codes: codes, labels: TextBuffer([network])))
    }
}

extension TableImporter {
    /// Whether all rows get the day of a period that the file does not tell.
    var needsPeriodColumn: Bool { periods.fixed != nil && periods.column != nil }

    /// The column that holds it: days go under the dataset's own name, periods under the host's.
    var periodColumnName: String {
        periods.kind == .day ? periods.column ?? HostColumns.period : HostColumns.period
    }
}
