public import CivilCalendar
public import Foundation
public import MeasureModel

/// The periods of a workspace: its waves, and calendar units in its time zone. Workers get them ready-made.
public struct PeriodCalendar: Sendable {
    private let zone: TimeZone
    private let rules: WorkspaceConfig.CalendarRules
    /// The waves as periods, in order of time.
    public let waves: [Period]

    /// The calendar of a configuration.
    public init(_ config: WorkspaceConfig) {
        let zone = TimeZone(identifier: config.timeZone) ?? .gmt
        self.zone = zone
        rules = config.calendar
        waves = config.waves.compactMap { wave in
            guard let start = CivilDate(wave.start), let end = CivilDate(wave.end) else { return nil }
            return Period(kind: .wave, label: wave.id, days: Self.days(start, end, zone))
        }
    }

    private static func days(_ start: CivilDate, _ end: CivilDate, _ zone: TimeZone) -> Period.Days {
        Period.Days(
            start: start, end: end, startInstant: instant(ofDay: start, zone), endInstant: instant(ofDay: end, zone))
    }

    /// The moment at which a day begins here, in microseconds since 1970 UTC.
    public func instant(ofDay day: CivilDate) -> Int64 {
        Self.instant(ofDay: day, zone)
    }

    private static func instant(ofDay day: CivilDate, _ zone: TimeZone) -> Int64 {
        let midnight = Int64(day.day) * CivilTime.microsecondsPerDay
        // Where clocks go forward at midnight, the day begins when they have. Where a zone changed sides of the date
        // line and left out a day, that day is empty: it begins with the next.
        let quarters = (0...96).lazy.map { midnight + Int64($0) * 900_000_000 }
        return quarters.compactMap { Self.instant(ofWall: $0, zone) }.first ?? midnight
    }

    /// The moment of a time on the wall: the first of two where clocks went back; nil where clocks went forward and
    /// there was no such time.
    public func instant(of time: CivilTime) -> Int64? {
        Self.instant(ofWall: time.wallMicroseconds, zone)
    }

    /// The moment of a time on the wall of another zone; see ``instant(of:)``.
    static func instant(of time: CivilTime, in zone: TimeZone) -> Int64? {
        instant(ofWall: time.wallMicroseconds, zone)
    }

    private static func instant(ofWall wall: Int64, _ zone: TimeZone) -> Int64? {
        // Offsets a day before and after bracket any change of clocks.
        let offsets = Set(
            [-86_400, 86_400].map { shift in
                zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(wall) / 1e6 + Double(shift)))
            })
        let candidates = offsets.map { wall - Int64($0) * 1_000_000 }.sorted()
        return candidates.first { candidate in
            let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(candidate) / 1e6))
            return candidate + Int64(offset) * 1_000_000 == wall
        }
    }

    /// When days begin here, for days from `first` to `last`.
    public func dayStarts(from first: CivilDate, through last: CivilDate) -> DayStarts {
        func date(_ day: CivilDate) -> Date { Date(timeIntervalSince1970: Double(day.day) * 86_400) }
        func step(_ date: Date) -> DayStarts.Step {
            DayStarts.Step(
                from: Int64((date.timeIntervalSince1970 * 1e6).rounded()), offsetSeconds: zone.secondsFromGMT(for: date)
            )
        }
        // A day on either side, because a day here begins on another day UTC.
        var moment = date(first.adding(days: -2))
        var steps = [step(moment)]
        while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < date(last.adding(days: 2)) {
            steps.append(step(next))
            moment = next
        }
        return DayStarts(steps: steps)
    }

    /// The day on the wall here at a moment.
    public func day(at date: Date) -> CivilDate {
        let wall = date.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: date))
        return CivilDate(nearest: (wall / 86_400).rounded(.down))
    }

    /// The day on the wall here at a moment, given in microseconds since 1970 UTC.
    func day(at instant: Int64) -> CivilDate {
        day(at: Date(timeIntervalSince1970: Double(instant) / 1e6))
    }

    /// The periods of a kind from the one with `first` to the one with `last`, in order of time. Waves are all given.
    public func periods(_ kind: PeriodKind, from first: CivilDate, through last: CivilDate) -> [Period] {
        switch kind {
        case .all: return [.all]
        case .wave: return waves
        case .day, .week, .month, .quarter, .schoolYear:
            var periods: [Period] = []
            var start = start(of: kind, first)
            while start <= last {
                let end = next(kind, start)
                periods.append(Period(kind: kind, label: label(kind, start), days: Self.days(start, end, zone)))
                start = end
            }
            return periods
        }
    }

    /// The period of a kind that a label names; nil when there is none.
    public func period(_ kind: PeriodKind, labelled label: String) -> Period? {
        if kind == .wave { return waves.first { $0.label == label } }
        guard kind != .all, let day = someDay(kind, label) else { return nil }
        return periods(kind, from: day, through: day).first { $0.label == label }
    }

    /// A day inside the period that a label names.
    private func someDay(_ kind: PeriodKind, _ label: String) -> CivilDate? {
        let parts = label.split(whereSeparator: { "-QW ".contains($0) }).compactMap { Int($0) }
        switch kind {
        case .day: return CivilDate(label)
        case .month: return parts.count == 2 ? CivilDate(year: parts[0], month: parts[1], day: 1) : nil
        case .week:
            guard parts.count == 2, (1...53).contains(parts[1]),
                let january4 = CivilDate(year: parts[0], month: 1, day: 4)
            else { return nil }
            return january4.adding(days: (parts[1] - 1) * 7)
        case .quarter:
            guard parts.count == 2, (1...4).contains(parts[1]), let start = CivilDate(year: parts[0], month: 1, day: 1)
            else { return nil }
            return start.firstOfMonth(adding: rules.quarter.month - 1 + (parts[1] - 1) * 3)
                .adding(days: rules.quarter.day - 1)
        case .schoolYear:
            return parts.first.flatMap { CivilDate(year: $0, month: rules.schoolYear.month, day: rules.schoolYear.day) }
        case .wave, .all: return nil
        }
    }

    private func start(of kind: PeriodKind, _ day: CivilDate) -> CivilDate {
        switch kind {
        case .week: return day.adding(days: -((day.weekday - rules.firstWeekday + 7) % 7))
        case .month: return day.firstOfMonth()
        case .quarter: return lastStart(every: 3, rules.quarter, before: day)
        case .schoolYear: return lastStart(every: 12, rules.schoolYear, before: day)
        case .day, .wave, .all: return day
        }
    }

    private func next(_ kind: PeriodKind, _ start: CivilDate) -> CivilDate {
        switch kind {
        case .week: start.adding(days: 7)
        case .month: start.firstOfMonth(adding: 1)
        case .quarter: start.firstOfMonth(adding: 3).adding(days: rules.quarter.day - 1)
        case .schoolYear: start.firstOfMonth(adding: 12).adding(days: rules.schoolYear.day - 1)
        case .day, .wave, .all: start.adding(days: 1)
        }
    }

    /// The latest day on or before `day` that is so many months after the rule's month and on its day.
    private func lastStart(
        every months: Int, _ rule: WorkspaceConfig.CalendarRules.MonthDay, before day: CivilDate
    ) -> CivilDate {
        let (_, month, dayOfMonth) = day.components
        var back = ((month - rule.month) % months + months) % months
        if back == 0, dayOfMonth < rule.day { back = months }
        return day.firstOfMonth(adding: -back).adding(days: rule.day - 1)
    }

    private func label(_ kind: PeriodKind, _ start: CivilDate) -> String {
        let (year, month, _) = start.components
        func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch kind {
        case .day: return start.description
        case .month: return "\(year)-\(twoDigits(month))"
        case .week:
            // As in ISO 8601, a week belongs to the year of its fourth day.
            let fourth = start.adding(days: 3)
            let weekYear = fourth.components.year
            let first = CivilDate(year: weekYear, month: 1, day: 1) ?? fourth
            return "\(weekYear)-W\(twoDigits(Int(fourth.day - first.day) / 7 + 1))"
        case .quarter:
            let number = ((month - rules.quarter.month) % 12 + 12) % 12 / 3 + 1
            let yearOfQuarter = month < rules.quarter.month ? year - 1 : year
            return "\(yearOfQuarter)-Q\(number)"
        case .schoolYear: return "\(year)-\(twoDigits((year + 1) % 100))"
        case .wave, .all: return kind.rawValue
        }
    }
}
