import Columnar
import TabularIO

/// Who was asked: rows in which a blank cell is nobody's answer, because the codebook says that this person was not
/// asked.
struct AskedRules {
    private let codebook: Codebook
    private let periods: RowPeriods
    private let networks: RowNetworks
    private let hasWaveColumn: Bool
    /// The texts of one of our columns.
    private let labels: (String) -> CellLabels?
    private var known: [[String: [String]]: [Bool]] = [:]

    init(
        _ codebook: Codebook, _ periods: RowPeriods, _ networks: RowNetworks, hasWaveColumn: Bool,
        labels: @escaping (String) -> CellLabels?
    ) {
        self.codebook = codebook
        self.periods = periods
        self.networks = networks
        self.hasWaveColumn = hasWaveColumn
        self.labels = labels
    }

    /// For each row whether its person was not asked; nil when everybody was.
    mutating func unasked(_ column: String, rowCount: Int) -> [Bool]? {
        guard let rule = codebook.columns[column]?.asked, !rule.isEmpty else { return nil }
        if let rows = known[rule] { return rows }
        var rows = [Bool](repeating: false, count: rowCount)
        for (column, asked) in rule { mark(&rows, column, asked) }
        known[rule] = rows
        return rows
    }

    private func mark(_ rows: inout [Bool], _ column: String, _ asked: [String]) {
        if column == "network" {
            for row in rows.indices where networks.network(row).map({ !asked.contains($0) }) ?? false {
                rows[row] = true
            }
        } else if column == "wave", !hasWaveColumn {
            markWaves(&rows, asked)
        } else if let labels = labels(column) {
            Self.mark(&rows, labels) { !asked.contains($0) }
        }
    }

    private func markWaves(_ rows: inout [Bool], _ asked: [String]) {
        func isUnasked(_ text: String?) -> Bool { periods.wave(of: text).map { !asked.contains($0) } ?? false }
        if periods.fixed != nil {
            if isUnasked(nil) { rows = rows.map { _ in true } }
        } else if let labels = periods.column.flatMap(labels) {
            Self.mark(&rows, labels) { isUnasked($0) }
        }
    }

    /// Marks the rows whose text is so; blank cells say nothing.
    private static func mark(_ rows: inout [Bool], _ labels: CellLabels, where isUnasked: (String) -> Bool) {
        let marked = (0..<labels.texts.count).map { isUnasked(labels.texts[$0]) }
        for (row, code) in labels.codes.enumerated() where code >= 0 && marked[Int(code)] { rows[row] = true }
    }
}
