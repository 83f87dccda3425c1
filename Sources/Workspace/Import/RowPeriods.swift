import CivilCalendar
import Columnar
import MeasureModel
import TabularIO

/// When the rows of a file were: by a column of days or times, by a column of labels, or all in one period.
struct RowPeriods {
    /// The dataset's period column.
    let column: String?
    /// What that column holds.
    let kind: PeriodKind
    /// The period that all rows belong to.
    let fixed: Period?
    private let calendar: PeriodCalendar

    /// - Throws: ``WorkspaceError`` when `label` names no period.
    init(_ dataset: DatasetConfig?, label: String?, calendar: PeriodCalendar) throws(WorkspaceError) {
        column = dataset?.periodColumn
        kind = dataset?.periodKind ?? .day
        self.calendar = calendar
        guard let label else {
            fixed = nil
            return
        }
        let kinds: [PeriodKind] = [.wave, .day, .month, .week, .quarter, .schoolYear]
        guard let period = kinds.lazy.compactMap({ calendar.period($0, labelled: label) }).first else {
            let waves = calendar.waves.map(\.label).joined(separator: ", ")
            throw WorkspaceError(
                .badInput,
                "--period `\(label)` is no wave of plumbline.yaml (\(waves)) and no period such as 2026-11-04, 2026-11, "
                    + "2026-W45, 2026-Q4 or 2026-27.")
        }
        fixed = period
    }

    /// Whether labels must be turned into days in a column of the host's.
    var needsHostColumn: Bool {
        column != nil && kind != .day
    }

    /// The first day of the period that a cell names.
    func day(ofLabel cell: Span<UInt8>) throws(CellProblem) -> CivilDate {
        let label = String(copying: cell)
        guard let days = calendar.period(kind, labelled: label)?.days else {
            throw CellProblem("`\(label)` is no \(kind.rawValue) of the calendar in plumbline.yaml")
        }
        return days.start
    }

    /// The wave of a row whose period cell has this text.
    func wave(of text: String?) -> String? {
        guard let day = fixed?.days?.start ?? text.flatMap(day) else { return nil }
        return calendar.waves.first { wave in
            wave.days.map { $0.start <= day && day < $0.end } ?? false
        }?.label
    }

    private func day(_ text: String) -> CivilDate? {
        if kind != .day { return calendar.period(kind, labelled: text)?.days?.start }
        let bytes = Array(text.utf8)
        guard let time = CellParsing.time(bytes.span) else { return CellParsing.date(bytes.span) }
        guard let offset = time.offsetSeconds else { return time.date }
        // A moment written with an offset may be on another day here.
        return calendar.day(at: time.wallMicroseconds - Int64(offset) * 1_000_000)
    }
}
