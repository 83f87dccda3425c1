import Columnar
import MeasureModel
import TabularIO

/// Reads single cells of a row through the plan: mapped, and with the kind of missing where there is none.
struct RowReader {
    /// A cell after the maps.
    enum Cell {
        case value
        case missing(String)
    }

    let plan: ColumnPlan
    let codebook: Codebook
    /// When rows were, for rules about waves.
    let periods: RowPeriods

    /// Visits our columns of a row in order. For a value the span holds it; columns that rows of this network lack are
    /// left out.
    func forEachCell(
        _ row: borrowing SourceRow, _ network: String, _ visit: (Int, Cell, Span<UInt8>) throws -> Void
    ) rethrows {
        for (index, feed) in (plan.feeds[network] ?? []).enumerated() {
            guard let feed else { continue }
            try withCell(row, feed, index, network) { try visit(index, $0, $1) }
        }
    }

    private func withCell(
        _ row: borrowing SourceRow, _ feed: ColumnPlan.Feed, _ index: Int, _ network: String,
        _ body: (Cell, Span<UInt8>) throws -> Void
    ) rethrows {
        let raw = row[feed.place]
        if raw.isEmpty { return try body(.missing(blankKind(row, index, network)), raw) }
        guard !feed.values.isEmpty || !feed.missing.isEmpty else { return try body(.value, raw) }
        let text = String(copying: raw)
        guard let mapped = feed.values[text] else {
            if let kind = feed.missing[text] { return try body(.missing(kind), raw) }
            return try body(.value, raw)
        }
        if let kind = feed.missing[mapped] { return try body(.missing(kind), raw) }
        if mapped.isEmpty { return try body(.missing(blankKind(row, index, network)), raw) }
        let bytes = Array(mapped.utf8)
        try body(.value, bytes.span)
    }

    /// Why a blank cell is blank: the codebook may say that this person was not asked.
    private func blankKind(_ row: borrowing SourceRow, _ index: Int, _ network: String) -> String {
        guard let rule = codebook.columns[plan.columns[index]]?.asked, !rule.isEmpty else {
            return MissingCodes.skipped
        }
        for (column, asked) in rule {
            let value: String? =
                switch column {
                case "network": network
                case "wave" where !plan.columns.contains("wave"):
                    periods.wave(of: periods.column.flatMap { text(row, $0, network) })
                default: text(row, column, network)
                }
            if let value, !asked.contains(value) { return MissingCodes.notAsked }
        }
        return MissingCodes.skipped
    }

    /// The mapped text of one of our columns; nil where it is blank or absent.
    func text(_ row: borrowing SourceRow, _ column: String, _ network: String) -> String? {
        guard let index = plan.columns.firstIndex(of: column), let feed = plan.feeds[network]?[index] else {
            return nil
        }
        let text = String(copying: row[feed.place])
        return text.isEmpty ? nil : feed.values[text] ?? text
    }
}
