import CivilCalendar
import Statistics

/// Weekly counts of students for each school and student group: enrolled, on track, chronically absent, referred.
///
/// Planted: the counts of each month's newest week; a shift in the second network from its twelfth month on; a rise in the treated schools from the last
/// school year on. In the third network's district B few students are multilingual.
enum OutcomesTable {
    /// Months with school begin in September, ten a year: the twelfth is October of the second year.
    static let shiftStart = SampleCalendar.day(2024, 10, 1)
    private static let shift = 0.10
    static let treatmentStart = SampleCalendar.day(2025, 9, 1)
    static let treatment = 0.06

    static func effects(_ world: SampleWorld) -> [PlantedEffect] {
        let unchanged = world.networks.filter { $0.id != shifted(world).id }
        return [
            PlantedEffect(
                name: "shift", place: "outcomes.on_track / enrolled in \(shifted(world).id), from month 12 on",
                size: shift, from: SampleCalendar.monthLabel(shiftStart),
                found: [
                    .init(measure: "imp.its", part: "level", network: shifted(world).id, period: "all", within: 0.02)
                ]),
            PlantedEffect(
                name: "no_shift", place: "outcomes.on_track / enrolled in the other networks at the same time", size: 0,
                from: SampleCalendar.monthLabel(shiftStart),
                found: unchanged.map {
                    .init(measure: "imp.its", part: "level", network: $0.id, period: "all", within: 0.02)
                }),
            PlantedEffect(
                name: "treatment", place: "outcomes.on_track / enrolled in schools with arm = treated", size: treatment,
                from: treatmentStart.description,
                found: [.init(measure: "imp.did", period: "all", within: 0.02)]),
            PlantedEffect(
                name: "levels", place: "the standard deviation of schools' shares of students on track",
                size: SampleSchool.levelSpread, from: nil,
                found: [.init(measure: "out.between_site_sd", part: "sd", period: "2023-24", within: 0.03)]),
        ]
    }

    /// The network whose students are more often on track from the day of the launch on.
    static func shifted(_ world: SampleWorld) -> SampleNetwork {
        world.networks[min(1, world.networks.count - 1)]
    }

    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("outcomes")
        let groupings = [
            [], ["network"], ["network", "district"], ["student_group"], ["network", "district", "student_group"],
        ]
        var onTrack = Tally("out.on_track_counts", by: groupings, minimum: 10)
        var absent = Tally("out.chronic_absence_counts", by: groupings, minimum: 10)
        var exports: [SampleExport] = []
        for (number, year) in SampleCalendar.schoolYears.enumerated() {
            var table = SampleCSV([
                "network", "district", "school", "student_group", "week_start", "enrolled", "on_track", "absent_10",
                "referrals",
            ])
            for network in world.networks {
                for school in network.schools {
                    for group in SampleWorld.studentGroups {
                        let cell = StudentCell(school, network, group, year: number, world)
                        let weeks = SampleCalendar.weeks(ofSchoolYear: year)
                        for (index, week) in weeks.enumerated() {
                            let counts = cell.counts(week, shift: shift(network, school, week, world), &random)
                            table.add(cell.names + [week.description] + counts.cells)
                            let month = SampleCalendar.monthLabel(week)
                            let isNewest =
                                index + 1 == weeks.count || SampleCalendar.monthLabel(weeks[index + 1]) != month
                            if isNewest { add(counts, cell, month, &onTrack, &absent) }
                        }
                    }
                }
            }
            exports.append(SampleExport("outcomes", SampleCalendar.schoolYearLabel(year), table))
        }
        truths.observations += onTrack.observations + absent.observations
        return exports
    }

    private static func shift(
        _ network: SampleNetwork, _ school: SampleSchool, _ week: CivilDate, _ world: SampleWorld
    ) -> Double {
        (network.id == shifted(world).id && week >= shiftStart ? shift : 0)
            + (school.isTreated && week >= treatmentStart ? treatment : 0)
    }

    private static func add(
        _ counts: StudentCell.Counts, _ cell: StudentCell, _ month: String, _ onTrack: inout Tally,
        _ absent: inout Tally
    ) {
        onTrack.add(
            cell.key, month, numerator: counts.onTrack, denominator: counts.enrolled, n: counts.enrolled,
            persons: [cell.site: counts.enrolled])
        absent.add(
            cell.key, month, numerator: counts.absent, denominator: counts.enrolled, n: counts.enrolled,
            persons: [cell.site: counts.enrolled])
    }
}

/// The students of one group in one school in one school year.
private struct StudentCell {
    struct Counts {
        var enrolled, onTrack, absent, referrals: Int

        var cells: [String] { [enrolled, onTrack, absent, referrals].map { String($0) } }
    }

    let names: [String]
    let key: [String: String]
    let site: String
    private let enrolled: Int
    private let level: Double

    init(_ school: SampleSchool, _ network: SampleNetwork, _ group: String, year: Int, _ world: SampleWorld) {
        names = [network.id, school.district, school.id, group]
        key = ["network": network.id, "district": school.district, "student_group": group]
        site = "\(school.id)|\(group)"
        let share = group == "general" ? 0.6 : group == "iep" ? 0.15 : 0.25
        let isSmall =
            group == "multilingual" && school.district == "B"
            && network.id == world.networks[min(2, world.networks.count - 1)].id
        // Three multilingual students in the first such school, none but one in each of the others.
        enrolled =
            isSmall ? (school.number == 1 ? 3 : 1) : Int((share * Double(school.enrollment + 4 * year)).rounded())
        let gap = group == "general" ? 0 : group == "iep" ? -0.16 : -0.09
        let expected = 0.66 + gap + school.level + 0.02 * Double(network.index % 3)
        let error = (expected * (1 - expected) / Double(max(enrolled, 1))).squareRoot()
        level = expected + (school.luck[group] ?? 0) * error
    }

    func counts(_ week: CivilDate, shift: Double, _ random: inout SplitMix64) -> Counts {
        func count(_ share: Double) -> Int {
            let spread = (Double(enrolled) * 0.0025).squareRoot()
            let number = Int((min(max(share, 0), 1) * Double(enrolled) + random.normal() * spread).rounded())
            return min(max(number, 0), enrolled)
        }
        return Counts(
            enrolled: enrolled, onTrack: count(level + shift), absent: count(0.86 - level - shift / 2),
            referrals: count(0.015) + random.below(2))
    }
}
