import CivilCalendar
import Statistics

/// The log of improvement cycles, one file for each school year.
///
/// Planted: in every school and school year how many cycles there are, in how many a prediction was written down, and how
/// many name a driver that there is. In the late network's last school all cycles of the first year have one owner.
enum PDSATable {
    private static let header = [
        "cycle", "series", "previous", "owner", "network", "district", "school", "team", "change_idea", "driver",
        "started", "ended", "objective", "scale", "prediction", "matched", "data_points", "documented", "decision",
        "improved", "before", "after", "goal",
    ]

    static let effects = [
        PlantedEffect(
            name: "claims", place: "pdsa.improved: the share of cycles that claim an improvement",
            size: Results.claimed,
            from: nil, found: [.init(measure: "pdsa.claim_gap", part: "claimed", period: "2024-25", within: 0.06)]),
        PlantedEffect(
            name: "goals_met", place: "pdsa.after at or above pdsa.goal: the share of cycles that reached their aim",
            size: Results.reached, from: nil,
            found: [.init(measure: "pdsa.claim_gap", part: "reached", period: "2024-25", within: 0.06)]),
    ]

    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("pdsa")
        let byPlace = [[], ["network"], ["network", "district"], ["network", "district", "school"]]
        var predicted = Tally("pdsa.prediction_rate", by: byPlace, minimum: 2)
        var linked = Tally("ci.theory_link", by: Array(byPlace.prefix(2)), minimum: 2)
        var exports: [SampleExport] = []
        for (number, year) in SampleCalendar.schoolYears.enumerated() {
            var table = SampleCSV(header)
            for network in world.networks {
                for school in network.schools {
                    let isLonely = number == 0 && network.id == world.late.id && school.id == network.schools.last?.id
                    let cycles = SchoolCycles(
                        school, network, world, year: number, hasOneOwner: isLonely, &random)
                    let key = ["network": network.id, "district": school.district, "school": school.id]
                    predicted.add(
                        key, SampleCalendar.schoolYearLabel(year), numerator: cycles.predicted,
                        denominator: cycles.count, n: cycles.count, persons: cycles.owners)
                    linked.add(
                        key, SampleCalendar.schoolYearLabel(year), numerator: cycles.linked, denominator: cycles.count,
                        n: cycles.count, persons: cycles.owners)
                    for row in cycles.rows { table.add(row) }
                }
            }
            exports.append(SampleExport("pdsa", SampleCalendar.schoolYearLabel(year), table))
        }
        truths.observations += predicted.observations + linked.observations
        return exports
    }
}

/// The cycles of one school in one school year.
private struct SchoolCycles {
    let predicted: Int
    /// How many name a driver of the network's theory; the others name none, or one that there is not.
    let linked: Int
    private(set) var rows: [[String]] = []
    private(set) var owners: [String: Int] = [:]

    var count: Int { rows.count }

    init(
        _ school: SampleSchool, _ network: SampleNetwork, _ world: SampleWorld, year: Int, hasOneOwner: Bool,
        _ random: inout SplitMix64
    ) {
        let perTeam = school.teams.map { _ in hasOneOwner ? 1 : 3 + random.below(3) + year }
        let count = perTeam.reduce(0, +)
        let share = 0.35 + 0.1 * Double(year) + 0.05 * Double(network.index % 3)
        predicted = Int((share * Double(count)).rounded())
        linked = Int((0.7 + 0.06 * Double(year)) * Double(count))
        let predictions = random.choice(of: predicted, from: count)
        let links = random.choice(of: linked, from: count)
        let onlyOwner = hasOneOwner ? school.members(on: SampleCalendar.weeks(ofSchoolYear: 2023)[0]).first : nil
        for (team, cycles) in zip(school.teams, perTeam) {
            var chain = Chain(team, school, world, yearNumber: year)
            for number in 0..<cycles {
                let row = chain.next(
                    number, of: cycles, isPredicted: predictions[rows.count], isLinked: links[rows.count],
                    onlyOwner: onlyOwner, &random)
                owners[row.owner] = 1
                rows.append(row.cells)
            }
        }
    }
}

/// A team's cycles in a year, one after the other, some of them built on the one before.
private struct Chain {
    private let team: SampleTeam
    private let school: SampleSchool
    private let weeks: [CivilDate]
    private let yearNumber: Int
    private let idea: String
    private let drivers: [String]
    private var series = 0
    private var last = ""

    init(_ team: SampleTeam, _ school: SampleSchool, _ world: SampleWorld, yearNumber: Int) {
        self.team = team
        self.school = school
        self.yearNumber = yearNumber
        weeks = SampleCalendar.weeks(ofSchoolYear: SampleCalendar.schoolYears[yearNumber])
        let ideas = SampleWorld.changeIdeas
        drivers = DriversTable.drivers(of: school.network, world).map(\.id)
        idea = ideas[(school.number + team.places.count + yearNumber) % ideas.count]
    }

    mutating func next(
        _ number: Int, of count: Int, isPredicted: Bool, isLinked: Bool, onlyOwner: Member?, _ random: inout SplitMix64
    ) -> (owner: String, cells: [String]) {
        let started = weeks[2 + number * 32 / count].adding(days: random.below(4))
        let owners = team.places.compactMap { place in place.holders.first { $0.isThere(on: started) }?.person }
        let owner = onlyOwner?.person ?? owners[random.below(owners.count)]
        let isChained = number > 0 && random.chance(0.45)
        if !isChained { series += 1 }
        let id = "\(team.id)-\(SampleCalendar.schoolYears[yearNumber] % 100)-\(number + 1)"
        let isRunning = yearNumber == 2 && number == count - 1 && random.chance(0.3)
        let decision = isRunning ? "" : ["adopt", "adapt", "adapt", "abandon", ""][random.below(5)]
        let matched = isPredicted && !isRunning ? ["yes", "partly", "no"][random.below(3)] : ""
        let cells = [
            id, "\(team.id)-\(SampleCalendar.schoolYears[yearNumber] % 100)-s\(series)", isChained ? last : "", owner,
            school.network, school.district, school.id, team.id,
            random.chance(0.2) ? SampleWorld.changeIdeas[random.below(5)] : idea,
            isLinked ? drivers[random.below(drivers.count)] : random.chance(0.5) ? "" : "X-9", started.description,
            isRunning ? "" : started.adding(days: 7 + random.below(8)).description,
            number == 0 ? "develop" : number < count - 1 ? "test" : "implement",
            number == 0 ? "one" : number < 3 ? "few" : "many", isPredicted ? "true" : "false", matched,
            String(random.below(9)), random.chance(0.6) ? "true" : "false", decision,
        ]
        last = id
        return (owner, cells + Results(isOver: !isRunning, &random).cells)
    }
}

/// What a cycle claims, and what it measured before and after.
private struct Results {
    /// Knudsen et al. 2019: nearly all claim an improvement, few reached a stated aim.
    static let claimed = 0.85
    static let reached = 0.3

    let cells: [String]

    /// A cycle that runs has no result yet; of those that are over, one in five measured nothing.
    init(isOver: Bool, _ random: inout SplitMix64) {
        let claims = random.chance(Self.claimed) ? "true" : "false"
        let before = 40 + random.below(21)
        let goal = before + 10
        let hasReached = random.chance(Self.reached)
        let after = hasReached ? goal + random.below(6) : before - 4 + random.below(14)
        let isMeasured = random.chance(0.8)
        guard isOver else {
            cells = ["", isMeasured ? String(before) : "", "", isMeasured ? String(goal) : ""]
            return
        }
        cells = [claims] + (isMeasured ? [before, after, goal].map { String($0) } : ["", "", ""])
    }
}
