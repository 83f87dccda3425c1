import CivilCalendar
import Statistics

/// Which team of which school uses which change idea since when, who leads it, how faithfully, and when it was used by many.
///
/// Planted: in every network and district how many of the target schools use at least one idea; at which stage adoptions
/// are, and how many are led locally.
enum AdoptionTable {
    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("adoption")
        var tallies = AdoptionTallies()
        var rate = Tally("spr.adoption_rate", by: [[], ["network"], ["network", "district"]], minimum: 2)
        var table = SampleCSV([
            "lead", "network", "district", "school", "team", "change_idea", "adopted", "stage", "many_since",
            "fidelity",
            "local_lead", "origin", "ended",
        ])
        for network in world.networks {
            for district in SampleWorld.districts {
                let targets = network.schools.filter { $0.district == district && SitesTable.isTarget($0, world) }
                guard !targets.isEmpty else { continue }
                let share = 0.5 + 0.1 * Double(network.index % 4)
                let using = max(1, Int((share * Double(targets.count)).rounded()))
                let uses = random.choice(of: using, from: targets.count)
                var leads: [String: Int] = [:]
                for (school, isUsing) in zip(targets, uses) where isUsing {
                    for row in rows(school, network, &random) {
                        table.add(row)
                        tallies.add(row)
                        if isInUse(row) { leads[row[0]] = 1 }
                    }
                }
                // The rate rests on the schools, and on those who say that they use an idea.
                let schools = Dictionary(targets.map { ($0.id, 1) }) { $1 }
                rate.add(
                    ["network": network.id, "district": district], "all", numerator: using,
                    denominator: targets.count, n: targets.count,
                    persons: leads.count < schools.count ? leads : schools)
            }
        }
        truths.observations += rate.observations + tallies.observations
        return [SampleExport("adoption", "adoption", table)]
    }

    private static func isInUse(_ row: [String]) -> Bool {
        row.last.flatMap { CivilDate($0) }.map { $0 > SampleHub.asOf } ?? true
    }

    /// The ideas that each team of a school takes up, one of them for good.
    private static func rows(
        _ school: SampleSchool, _ network: SampleNetwork, _ random: inout SplitMix64
    ) -> [[String]] {
        var rows: [[String]] = []
        let others = network.schools.flatMap(\.teams)
        for team in school.teams {
            for (index, idea) in random.shuffled(SampleWorld.changeIdeas).prefix(3 + random.below(3)).enumerated() {
                let adopted = SampleCalendar.day(2023, 10, 2).adding(days: 14 * random.below(64))
                let lead = school.members(on: adopted).first { $0.role == "coach" && $0.team?.id == team.id }
                let origin = others[random.below(others.count)].id
                let isOver = index > 0 && random.chance(0.3)
                let stage = AdoptionTallies.stages[[0, 1, 2, 2, 3, 3][random.below(6)]]
                let isAtMany = stage == "many" || stage == "standard"
                rows.append([
                    lead?.person ?? "", school.network, school.district, school.id, team.id, idea, adopted.description,
                    stage, isAtMany ? adopted.adding(days: 20 + random.below(70)).description : "",
                    String(Double(random.below(17)) / 4), random.chance(0.55) ? "true" : "false",
                    origin != team.id && random.chance(0.7) ? origin : "",
                    isOver ? adopted.adding(days: 90 + random.below(60)).description : "",
                ])
            }
        }
        return rows
    }
}

/// What must come out of single adoptions.
private struct AdoptionTallies {
    static let stages = ["one", "few", "many", "standard"]
    private static let byPlace = [[], ["network"], ["network", "district"]]

    private var atStage = stages.map {
        Tally("spr.stage_mix", part: $0, by: [[], ["network"], ["change_idea"]], minimum: 2)
    }
    private var local = Tally("spr.ownership", by: byPlace, minimum: 2)

    /// Adds a row of the table.
    mutating func add(_ row: [String]) {
        guard let adopted = CivilDate(row[6]) else { return }
        let year = SampleCalendar.schoolYearLabel(of: adopted)
        let key = ["network": row[1], "district": row[2], "change_idea": row[5]]
        let persons = row[0].isEmpty ? [:] : [row[0]: 1]
        for (place, stage) in Self.stages.enumerated() {
            atStage[place].add(
                key, year, numerator: row[7] == stage ? 1 : 0, denominator: 1, n: 1, persons: persons)
        }
        local.add(key, year, numerator: row[10] == "true" ? 1 : 0, denominator: 1, n: 1, persons: persons)
    }

    var observations: [PlantedObservation] { atStage.flatMap(\.observations) + local.observations }
}
