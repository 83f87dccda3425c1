import CivilCalendar
import Statistics

/// The list of improvement projects as it stood at the end of each quarter: IHI's progress score from 0.5 to 5, and when it
/// was last looked at.
///
/// Planted: in every network and district how many scores are stale, and the median score. In the late network's district B
/// there is one project.
enum ProjectsTable {
    /// A score that nobody looked at for longer is stale.
    private static let staleDays = 90

    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("projects")
        let byPlace = [[], ["network"], ["network", "district"]]
        var stale = Tally("spr.progress_score", part: "stale", by: byPlace, minimum: 2)
        var medians = MedianTally("spr.progress_score", part: "score", by: byPlace, minimum: 2)
        var table = SampleCSV([
            "project", "lead", "network", "district", "school", "team", "listed", "score", "scored",
        ])
        for (number, quarter) in SampleCalendar.quarters.enumerated() {
            let listed = quarter.start.adding(days: 88)
            for network in world.networks {
                for district in SampleWorld.districts {
                    let projects = projects(network, district, world)
                    let count = Int((0.2 + 0.02 * Double(number)) * Double(projects.count))
                    let isStale = random.choice(of: count, from: projects.count)
                    for ((school, team), isStale) in zip(projects, isStale) {
                        let lead = team.leader?.holders.first { $0.isThere(on: listed) }?.person ?? ""
                        let halfPoints = min(1 + number / 2 + random.below(4), 10)
                        let age = isStale ? staleDays + 1 + random.below(60) : random.below(staleDays + 1)
                        let key = ["network": network.id, "district": district]
                        stale.add(
                            key, quarter.label, numerator: isStale ? 1 : 0, denominator: 1, n: 1, persons: [lead: 1])
                        medians.add(key, quarter.label, value: Double(halfPoints) / 2, person: lead)
                        table.add([
                            "\(team.id)-project", lead, network.id, district, school.id, team.id, listed.description,
                            String(Double(halfPoints) / 2), listed.adding(days: -age).description,
                        ])
                    }
                }
            }
        }
        truths.observations += stale.observations + medians.observations
        return [SampleExport("projects", "projects", table)]
    }

    private static func projects(
        _ network: SampleNetwork, _ district: String, _ world: SampleWorld
    ) -> [(SampleSchool, SampleTeam)] {
        let teams = network.schools.filter { $0.district == district }.flatMap { school in
            school.teams.map { (school, $0) }
        }
        return network.id == world.late.id && district == "B" ? Array(teams.prefix(1)) : teams
    }
}
