public import CivilCalendar

/// The calendar units a measure can be evaluated for, finest first.
public enum PeriodKind: String, Sendable, CaseIterable {
    case day, week, month, quarter, wave
    case schoolYear = "school_year"
    case all

    /// Whether data that say only which `data` period a row belongs to can be split by this kind.
    public func isServed(by data: PeriodKind) -> Bool {
        switch (self, data) {
        case (.all, _), (_, .day): true
        case (.wave, _): data == .wave || data == .week
        case (.month, .week), (.quarter, .week), (.schoolYear, .week), (.week, .week): true
        case (.month, .month), (.quarter, .month), (.quarter, .quarter): true
        case (.schoolYear, .month), (.schoolYear, .quarter), (.schoolYear, .wave), (.schoolYear, .schoolYear): true
        default: false
        }
    }
}

/// A stretch of the calendar, half-open: a day belongs to it when `start <= day < end`.
public struct Period: Hashable, Sendable {
    /// The unit.
    public var kind: PeriodKind
    /// How the feed names it: a wave's id, `2026-10`, `2026-Q4`, `2026-W45`, `2026-27`, `all`.
    public var label: String
    /// Its first day and the day after its last; nil for `all`.
    public var days: Days?

    /// Days, and the moments at which they begin in the workspace's time zone.
    public struct Days: Hashable, Sendable {
        /// The first day.
        public var start: CivilDate
        /// The day after the last.
        public var end: CivilDate
        /// Microseconds since 1970 UTC at which the first day begins.
        public var startInstant: Int64
        /// Microseconds since 1970 UTC at which the last day ends.
        public var endInstant: Int64

        /// Days with their moments.
        public init(start: CivilDate, end: CivilDate, startInstant: Int64, endInstant: Int64) {
            self.start = start
            self.end = end
            self.startInstant = startInstant
            self.endInstant = endInstant
        }
    }

    /// A period.
    public init(kind: PeriodKind, label: String, days: Days?) {
        self.kind = kind
        self.label = label
        self.days = days
    }

    /// Everything, whenever it was.
    public static let all = Period(kind: .all, label: "all", days: nil)
}
