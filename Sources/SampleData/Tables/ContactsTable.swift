import CivilCalendar
import Statistics

/// What teams asked the hub's coaches, and when they were answered. District B of the late network has one coach.
enum ContactsTable {
    private static let header = [
        "contact", "coach", "network", "district", "school", "team", "requested", "replied", "hours", "topic",
    ]
    private static let topics = ["data", "planning", "facilitation", "change idea"]

    static func exports(_ world: SampleWorld) -> [SampleExport] {
        var random = world.random("contacts")
        var tables = [SampleCSV](repeating: SampleCSV(header), count: SampleCalendar.schoolYears.count)
        for (number, quarter) in SampleCalendar.quarters.enumerated() {
            for school in world.schools {
                for team in school.teams {
                    for contact in 0..<1 + random.below(3) {
                        let id = "\(team.id)-\(quarter.label)-\(contact + 1)"
                        tables[number / 3].add(row(id, school, team, quarter.start, world, &random))
                    }
                }
            }
        }
        return zip(SampleCalendar.schoolYears, tables).map { year, table in
            SampleExport("contacts", SampleCalendar.schoolYearLabel(year), table)
        }
    }

    private static func row(
        _ id: String, _ school: SampleSchool, _ team: SampleTeam, _ start: CivilDate, _ world: SampleWorld,
        _ random: inout SplitMix64
    ) -> [String] {
        let isAlone = school.network == world.late.id && school.district == "B"
        let coach = "coach-\(school.network)-\(school.district)\(isAlone ? 1 : 1 + random.below(3))"
        let day = start.adding(days: 3 + random.below(80))
        let minute = 8 * 60 + random.below(9 * 60)
        let isAnswered = random.chance(0.93)
        let replied = day.adding(days: min(random.below(6), random.below(6)))
        return [
            id, coach, school.network, school.district, school.id, team.id, SampleCalendar.moment(day, minute: minute),
            isAnswered ? SampleCalendar.moment(replied, minute: min(minute + 30 + random.below(300), 1_439)) : "",
            isAnswered ? String(Double(1 + random.below(8)) / 2) : "", topics[random.below(topics.count)],
        ]
    }
}
