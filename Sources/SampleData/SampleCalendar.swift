import CivilCalendar

/// The sample's three school years: waves, weeks of school, quarters.
enum SampleCalendar {
    static let asOf = day(2026, 7, 1)

    /// A wave of the survey; `end` is the day after the last.
    struct Wave {
        var id: String
        var start: CivilDate
        var end: CivilDate
    }

    /// The calendar years in which the school years begin.
    static let schoolYears = [2023, 2024, 2025]

    static let waves: [Wave] = schoolYears.flatMap { year in
        [
            Wave(id: "\(year)-fall", start: day(year, 9, 1), end: day(year, 12, 20)),
            Wave(id: "\(year + 1)-spring", start: day(year + 1, 2, 1), end: day(year + 1, 6, 1)),
        ]
    }

    /// As the feed names a school year: `2023-24`.
    static func schoolYearLabel(_ year: Int) -> String {
        "\(year)-\((year + 1) % 100)"
    }

    /// The school year that a day is in; those begin in July.
    static func schoolYearLabel(of date: CivilDate) -> String {
        schoolYearLabel(schoolYears.last { day($0, 7, 1) <= date } ?? schoolYears[0])
    }

    /// The Mondays of the 38 weeks of a school year, from early September to the middle of June, two weeks of winter
    /// holidays left out.
    static func weeks(ofSchoolYear year: Int) -> [CivilDate] {
        let september = day(year, 9, 1)
        let first = september.adding(days: (8 - september.weekday) % 7)
        return (0..<40).filter { !(16...17).contains($0) }.map { first.adding(days: 7 * $0) }
    }

    /// The quarters of school, labelled as the feed does: the third one is mostly holidays.
    static let quarters: [(label: String, start: CivilDate)] = schoolYears.flatMap { year in
        [
            ("\(year)-Q4", day(year, 10, 1)), ("\(year + 1)-Q1", day(year + 1, 1, 1)),
            ("\(year + 1)-Q2", day(year + 1, 4, 1)),
        ]
    }

    /// As the feed names a month.
    static func monthLabel(_ date: CivilDate) -> String {
        String(date.description.prefix(7))
    }

    /// A day that exists.
    static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        guard let date = CivilDate(year: year, month: month, day: day) else {
            preconditionFailure("\(year)-\(month)-\(day) is no day")
        }
        return date
    }

    /// A time of day on a day, as exports write it, without an offset.
    static func moment(_ date: CivilDate, minute: Int) -> String {
        func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date)T\(twoDigits(minute / 60)):\(twoDigits(minute % 60))"
    }
}
