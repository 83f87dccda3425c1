import CivilCalendar
import Statistics

/// When teams met, who led the meeting, how many came.
///
/// Planted: the usual days between two meetings of a team, in each network. In the late network's last team one person
/// leads all meetings.
enum MeetingsTable {
    private static let cadences = [7, 14, 14, 21]

    static func effects(_ world: SampleWorld) -> [PlantedEffect] {
        world.networks.map { network in
            PlantedEffect(
                name: "meeting_cadence",
                place: "meetings.date in \(network.id): usual days between two meetings of a team",
                size: Double(cadence(network)), from: nil,
                found: [.init(measure: "team.meeting_cadence", network: network.id, period: "2024-25", within: 0)])
        }
    }

    private static func cadence(_ network: SampleNetwork) -> Int { cadences[network.index % cadences.count] }

    static func exports(_ world: SampleWorld) -> [SampleExport] {
        var random = world.random("meetings")
        return SampleCalendar.schoolYears.map { year in
            var table = SampleCSV([
                "team", "network", "district", "school", "date", "facilitator", "present", "minutes",
            ])
            let weeks = SampleCalendar.weeks(ofSchoolYear: year)
            for network in world.networks {
                let last = network.id == world.late.id ? network.schools.last?.teams.last?.id : nil
                for school in network.schools {
                    for team in school.teams {
                        let weekday = random.below(5)
                        for week in stride(from: random.below(2), to: weeks.count, by: cadence(network) / 7) {
                            // One meeting in ten falls out.
                            if random.chance(0.1) { continue }
                            let day = weeks[week].adding(days: weekday)
                            let people = team.places.compactMap { $0.holders.first { $0.isThere(on: day) }?.person }
                            let leads = team.id == last ? people[0] : people[random.below(people.count)]
                            table.add([
                                team.id, network.id, school.district, school.id, day.description, leads,
                                String(max(2, people.count - random.below(3))), String(30 + 15 * random.below(4)),
                            ])
                        }
                    }
                }
            }
            return SampleExport("meetings", SampleCalendar.schoolYearLabel(year), table)
        }
    }
}
