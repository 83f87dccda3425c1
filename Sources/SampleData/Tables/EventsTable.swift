import CivilCalendar
import Statistics

/// Convenings and workshops: who was invited, who came, for how long.
///
/// Planted: in every school and quarter how many were invited and how many came. In the first quarter the first network's
/// second school has one guest.
enum EventsTable {
    private static let header = [
        "event", "kind", "date", "person", "network", "district", "school", "role", "attended", "hours",
    ]

    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("events")
        var attendance = Tally(
            "eng.attendance_rate", by: [[], ["network"], ["network", "district"], ["network", "district", "school"]],
            minimum: 2)
        var tables = [SampleCSV](repeating: SampleCSV(header), count: SampleCalendar.schoolYears.count)
        for (number, quarter) in SampleCalendar.quarters.enumerated() {
            for network in world.networks {
                for school in network.schools {
                    let isSmall = number == 0 && network.index == 0 && school.number == 1
                    let guests = Guests(school, network, number, onlyOne: isSmall, &random)
                    attendance.add(
                        ["network": network.id, "district": school.district, "school": school.id], quarter.label,
                        numerator: guests.came, denominator: guests.rows.count, n: guests.rows.count,
                        persons: guests.persons)
                    for row in guests.rows { tables[number / 3].add(row) }
                }
            }
        }
        truths.observations += attendance.observations
        return zip(SampleCalendar.schoolYears, tables).map { year, table in
            SampleExport("events", SampleCalendar.schoolYearLabel(year), table)
        }
    }
}

/// One school's guests at the events of one quarter.
private struct Guests {
    let came: Int
    private(set) var rows: [[String]] = []
    private(set) var persons: [String: Int] = [:]

    init(
        _ school: SampleSchool, _ network: SampleNetwork, _ quarter: Int, onlyOne: Bool, _ random: inout SplitMix64
    ) {
        let start = SampleCalendar.quarters[quarter].start
        let events = [
            ("convening", start.adding(days: 24 + network.index % 5), "6"),
            ("workshop", start.adding(days: 52 + network.index % 5), "1.5"),
        ]
        let invitations = events.flatMap { event in
            school.members(on: event.1).prefix(onlyOne ? 1 : .max).map { (event, $0) }
        }
        let share = 0.62 + 0.04 * Double(network.index % 4) + 0.01 * Double(quarter)
        came = Int((min(share, 0.95) * Double(invitations.count)).rounded())
        for ((event, member), hasCome) in zip(invitations, random.choice(of: came, from: invitations.count)) {
            persons[member.person] = 1
            rows.append([
                "\(network.id)-\(SampleCalendar.quarters[quarter].label)-\(event.0)", event.0, event.1.description,
                member.person, network.id, school.district, school.id, member.role, hasCome ? "true" : "false",
                hasCome ? event.2 : "",
            ])
        }
    }
}
