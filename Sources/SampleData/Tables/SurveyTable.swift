import CivilCalendar
import Statistics

/// The network health survey: six waves, answered by most of those who are there, the hub's own staff among them.
///
/// Planted: in every network, district and role the number of answers, the sum of the three answers on trust, and how many
/// answers agree that they belong; in every network and district how many of those who could answer did, and how many ids are
/// mistyped. The late network's district B has four answers in the first wave.
enum SurveyTable {
    /// The share of the variance of common planning time that lies between teams.
    static let minutesICC = 0.2
    /// Its standard deviation in all.
    static let minutesSpread = 15.0

    static let effects = [
        PlantedEffect(
            name: "icc", place: "survey.minutes between teams (ICC 1 before rounding to whole minutes)",
            size: minutesICC, from: nil),
        PlantedEffect(
            name: "team_icc", place: "the mean of survey.safety_1 to safety_4 between teams (ICC 1)",
            size: AnswerMaker.teamICC(items: 4), from: nil,
            found: [.init(measure: "team.icc1", period: "2025-spring", within: 0.06)]),
        PlantedEffect(
            name: "hub_gap", place: "survey.hub_1 to hub_4, role hub less all others (before answers are cut off at 6)",
            size: AnswerMaker.hubGap, from: nil,
            found: [.init(measure: "hub.perception_gap", period: "2026-spring", within: 0.3)]),
    ]

    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("survey")
        var tallies = SurveyTallies()
        var exports: [SampleExport] = []
        for (number, wave) in SampleCalendar.waves.enumerated() {
            var sheets: [(network: SampleNetwork, sheets: [AnswerSheet])] = []
            for network in world.networks {
                let isLate = network.id == world.late.id && number == 0
                var answered = AnsweredWave(network, number, isLate: isLate, &random)
                answered.plant(wave, &tallies)
                sheets.append((network, answered.sheets))
            }
            exports += SurveyExport(wave, sheets).files
        }
        truths.observations += tallies.observations
        return exports
    }
}

/// What must come out of the survey.
private struct SurveyTallies {
    private static let byRole = [[], ["network"], ["network", "district"], ["role"]]
    private static let byPlace = [["network"], ["network", "district"]]

    var trust = Tally("cul.trust", by: byRole, minimum: 5)
    var identity = Tally("cul.identity", by: byRole, minimum: 5)
    var response = Tally("dq.response_rate", by: byPlace, minimum: 5)
    var matched = Tally("dq.id_match", by: [[]] + byPlace, minimum: 5)
    var notLoaded = Tally("dq.item_missing", part: "not_loaded", by: [[], ["network"]], minimum: 5)

    var observations: [PlantedObservation] {
        trust.observations + identity.observations + response.observations + matched.observations
            + notLoaded.observations
    }
}

/// Who answered in one wave of one network, cell by cell.
private struct AnsweredWave {
    /// The people of one role in one district; the hub's staff are in none.
    private struct Cell {
        var district: String
        var role: String
        var eligible: Int
        var sheets: [AnswerSheet]
    }

    private let network: SampleNetwork
    private let wave: Int
    private var cells: [Cell] = []

    var sheets: [AnswerSheet] { cells.flatMap(\.sheets) }

    init(_ network: SampleNetwork, _ wave: Int, isLate: Bool, _ random: inout SplitMix64) {
        self.network = network
        self.wave = wave
        let day = SampleCalendar.waves[wave].start.adding(days: 20)
        for district in SampleWorld.districts {
            let members = network.schools.filter { $0.district == district }.flatMap { $0.members(on: day) }
            for role in SurveyItem.members {
                let eligible = members.filter { $0.role == role }
                let isSmall = isLate && district == "B"
                add(eligible, district, role, atMost: isSmall ? (role == "teacher" ? 2 : 1) : .max, &random)
            }
        }
        add(network.staff(on: day), "", SampleNetwork.staffRole, atMost: .max, &random)
    }

    private mutating func add(
        _ eligible: [Member], _ district: String, _ role: String, atMost limit: Int, _ random: inout SplitMix64
    ) {
        let maker = AnswerMaker(network, wave: wave)
        let rate = 0.74 + 0.02 * Double((network.index + wave) % 8)
        let count = min(max(1, Int((rate * Double(eligible.count)).rounded())), limit)
        var sheets: [AnswerSheet] = []
        for member in random.shuffled(eligible).prefix(count) {
            sheets.append(maker.sheet(member, district: district, dayCount: 40, &random))
        }
        // One teacher in forty mistypes the id, at least one in every network's district A.
        let mistyped = role == "teacher" ? max(district == "A" ? 1 : 0, count / 40) : 0
        for index in sheets.indices.prefix(mistyped) { sheets[index].respondent += "x" }
        cells.append(Cell(district: district, role: role, eligible: eligible.count, sheets: sheets))
    }

    /// Decides sums and counts of the planted items, and moves single answers until they fit.
    mutating func plant(_ wave: SampleCalendar.Wave, _ tallies: inout SurveyTallies) {
        let period = wave.id
        let items = SurveyItem.all.filter { $0.range != nil }
        let wanting = items.filter { SurveyExport.isWanting($0, network, wave) }
        for index in cells.indices {
            let cell = cells[index]
            let persons = Dictionary(cell.sheets.map { ($0.respondent, 1) }) { $1 }
            let known = persons.filter { person, _ in cell.sheets.contains { $0.member.person == person } }
            var group = ["network": network.id, "role": cell.role]
            if !cell.district.isEmpty { group["district"] = cell.district }
            tallies.response.add(
                group, period, numerator: known.count, denominator: cell.eligible, n: cell.eligible, persons: known)
            tallies.matched.add(
                group, period, numerator: known.count, denominator: cell.sheets.count, n: cell.sheets.count,
                persons: persons)
            tallies.notLoaded.add(
                group, period, numerator: wanting.count * cell.sheets.count,
                denominator: items.count * cell.sheets.count, n: cell.sheets.count, persons: persons)
            if cell.role != SampleNetwork.staffRole { plantScales(index, group, period, persons, &tallies) }
        }
    }

    private mutating func plantScales(
        _ index: Int, _ group: [String: String], _ period: String, _ persons: [String: Int],
        _ tallies: inout SurveyTallies
    ) {
        let count = cells[index].sheets.count
        let target =
            3.6 + 0.15 * Double(network.index % 4) + 0.08 * Double(wave) + (cells[index].role == "leader" ? 0.4 : 0)
        let sum = Int((target * Double(3 * count)).rounded())
        change("trust", in: index) { PlantedScale.moved($0, to: sum) }
        tallies.trust.add(group, period, numerator: sum, denominator: 3 * count, n: count, persons: persons)
        let share = 0.4 + 0.05 * Double(network.index % 3) + 0.04 * Double(wave)
        let favourable = Int((share * Double(2 * count)).rounded())
        change("identity", in: index) { PlantedScale.favourable($0, count: favourable) }
        tallies.identity.add(
            group, period, numerator: favourable, denominator: 2 * count, n: count, persons: persons)
    }

    /// Replaces all answers to a scale; a missing one counts as in the middle.
    private mutating func change(_ scale: String, in cell: Int, _ change: ([[Int]]) -> [[Int]]) {
        let places = SurveyItem.all.indices.filter { SurveyItem.all[$0].name.hasPrefix(scale + "_") }
        let natural = cells[cell].sheets.map { sheet in
            places.map { place in
                if case .number(let number) = sheet.answers[place] { number } else { 4 }
            }
        }
        for (sheet, row) in change(natural).enumerated() {
            for (place, answer) in zip(places, row) { cells[cell].sheets[sheet].answers[place] = .number(answer) }
        }
    }
}

/// Answers on a scale of 1 to 6 with a sum or a count that was decided before, as close to natural ones as they can be.
enum PlantedScale {
    /// The answers with this sum (brought within reach): one after the other is moved by a point, round after round.
    static func moved(_ natural: [[Int]], to sum: Int) -> [[Int]] {
        var answers = natural
        let count = natural.reduce(0) { $0 + $1.count }
        var rest = min(max(sum, count), 6 * count) - natural.reduce(0) { $0 + $1.reduce(0, +) }
        while rest != 0 {
            let step = rest > 0 ? 1 : -1
            for row in answers.indices {
                for item in answers[row].indices where rest != 0 && (1...6).contains(answers[row][item] + step) {
                    answers[row][item] += step
                    rest -= step
                }
            }
        }
        return answers
    }

    /// The answers with so many of them, the highest, at 5 or 6, and the others at 4 at most.
    static func favourable(_ natural: [[Int]], count: Int) -> [[Int]] {
        var answers = natural
        let places = natural.indices.flatMap { row in natural[row].indices.map { (row, $0) } }
        let order = places.indices.sorted { first, second in
            let (one, two) = (places[first], places[second])
            let (high, low) = (natural[one.0][one.1], natural[two.0][two.1])
            return high == low ? first < second : high > low
        }
        for (rank, place) in order.enumerated() {
            let (row, item) = places[place]
            answers[row][item] = rank < count ? max(natural[row][item], 5) : min(natural[row][item], 4)
        }
        return answers
    }
}
