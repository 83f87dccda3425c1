import Foundation
import MeasureModel
import TabularIO

/// The columns of a file read through a plan.
struct PlannedColumns {
    let plan: ColumnPlan
    let codebook: Codebook
    let source: CodebookSource?
    let periods: RowPeriods
    /// Columns that name things and are texts whatever they look like.
    let identifiers: Set<String>
    /// The IANA name of the workspace's time zone.
    let zone: String
    let cells: CellTable
    let networks: RowNetworks

    /// All our columns, and the days of periods that the file has as labels.
    func read() -> (columns: [ReadColumn], days: ReadColumn?) {
        var rules = askedRules
        let unasked = plan.columns.map { rules.unasked($0, rowCount: cells.rowCount) }
        let columns = Parallel.map(plan.columns.count) { index in read(index, unasked[index]) }
        return (columns, days)
    }

    private func read(_ index: Int, _ unasked: [Bool]?) -> ReadColumn {
        let name = plan.columns[index]
        let declared = codebook.columns[name]?.type ?? (identifiers.contains(name) ? .text : nil)
        let tellsDays = name == periods.column && periods.kind == .day
        return reader(name).read(
            feeds(index), rowCount: cells.rowCount, isUnasked: unasked, declared: declared
        ) { guess in tellsDays && guess != .date ? .timestamp : guess }
    }

    private func reader(_ name: String) -> ColumnReader {
        var format = source?.cells ?? CellFormat()
        let known = codebook.columns[name]
        if let dates = known?.dates { format.dates = dates }
        let written = known?.timeZone ?? source?.timeZone ?? zone
        let local = TimeZone(identifier: written) ?? .gmt
        return ColumnReader(format, zone: zone, writtenIn: written) { PeriodCalendar.instant(of: $0, in: local) }
    }

    /// The first days of the periods that a column of labels names.
    private var days: ReadColumn? {
        guard periods.needsHostColumn, let index = periods.column.flatMap({ plan.columns.firstIndex(of: $0) }) else {
            return nil
        }
        let periods = periods
        let reader = ColumnReader(zone: zone, day: { label throws(CellProblem) in try periods.day(ofLabel: label) }) {
            _ in nil
        }
        return reader.read(feeds(index), rowCount: cells.rowCount, declared: .date)
    }

    private var askedRules: AskedRules {
        AskedRules(codebook, periods, networks, hasWaveColumn: plan.columns.contains("wave")) { column in
            plan.columns.firstIndex(of: column).map { index in
                ColumnReader.labels(feeds(index, withMissing: false), rowCount: cells.rowCount)
            }
        }
    }

    /// Where one of our columns comes from: once for all networks whose rows are read alike.
    private func feeds(_ index: Int, withMissing: Bool = true) -> [ColumnFeed] {
        var alike: [(feed: ColumnPlan.Feed, networks: Set<Int>)] = []
        for place in networks.present {
            guard let feed = plan.feeds[networks.ids[place]]?[index] else { continue }
            if let known = alike.firstIndex(where: { $0.feed == feed }) {
                alike[known].networks.insert(place)
            } else {
                alike.append((feed, [place]))
            }
        }
        return alike.map { feed, places in
            ColumnFeed(
                cells: cells.columns[feed.place],
                meanings: CellMeanings(values: feed.values, missing: withMissing ? feed.missing : [:]),
                rows: networks.filter(places))
        }
    }
}
