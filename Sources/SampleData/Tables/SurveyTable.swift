import CivilCalendar
import Statistics

/// The network health survey: six waves, answered by most of those who are there.
///
/// Planted: in every network, district and role the number of answers, the sum of the three answers on trust, and how many
/// feel that they belong. The late network's district B has four answers in the first wave.
enum SurveyTable {
    /// The share of the variance of common planning time that lies between teams.
    static let minutesICC = 0.2
    /// Its standard deviation in all.
    static let minutesSpread = 15.0

    static let effects = [
        PlantedEffect(
            name: "icc", place: "survey.minutes between teams (ICC 1 before rounding to whole minutes)",
            size: minutesICC, from: nil)
    ]

    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("survey")
        let groupings = [[], ["network"], ["network", "district"], ["role"]]
        var trust = Tally("cul.trust", by: groupings, minimum: 5)
        var identity = Tally("cul.identity", by: groupings, minimum: 5)
        var exports: [SampleExport] = []
        for (number, wave) in SampleCalendar.waves.enumerated() {
            var sheets: [(network: SampleNetwork, sheets: [AnswerSheet])] = []
            for network in world.networks {
                let isLate = network.id == world.late.id && number == 0
                var answered = AnsweredWave(network, number, isLate: isLate, &random)
                answered.plant(wave.id, &trust, &identity, &random)
                sheets.append((network, answered.sheets))
            }
            exports += SurveyExport(wave, sheets).files
        }
        truths.observations += trust.observations + identity.observations
        return exports
    }
}

/// Who answered in one wave of one network, cell by cell.
private struct AnsweredWave {
    private struct Cell {
        var district: String
        var role: String
        var sheets: [AnswerSheet]
    }

    private let network: SampleNetwork
    private let wave: Int
    private var cells: [Cell] = []

    var sheets: [AnswerSheet] { cells.flatMap(\.sheets) }

    init(_ network: SampleNetwork, _ wave: Int, isLate: Bool, _ random: inout SplitMix64) {
        self.network = network
        self.wave = wave
        let calendar = SampleCalendar.waves[wave]
        let maker = AnswerMaker(network, wave: wave)
        for district in SampleWorld.districts {
            let schools = network.schools.filter { $0.district == district }
            for role in ["teacher", "coach", "leader"] {
                let eligible = schools.flatMap { school in
                    school.members(on: calendar.start.adding(days: 20)).filter { $0.role == role }.map { (school, $0) }
                }
                let rate = 0.74 + 0.02 * Double((network.index + wave) % 8)
                var count = Int((rate * Double(eligible.count)).rounded())
                if isLate, district == "B" { count = min(role == "teacher" ? 2 : 1, eligible.count) }
                let chosen = random.shuffled(eligible).prefix(max(1, count))
                var sheets: [AnswerSheet] = []
                for (school, member) in chosen {
                    sheets.append(maker.sheet(member, school, dayCount: 40, &random))
                }
                cells.append(Cell(district: district, role: role, sheets: sheets))
            }
        }
    }

    /// Decides sums and counts of the planted items, then gives them to single persons.
    mutating func plant(
        _ period: String, _ trust: inout Tally, _ identity: inout Tally, _ random: inout SplitMix64
    ) {
        for index in cells.indices {
            let count = cells[index].sheets.count
            let group = ["network": network.id, "district": cells[index].district, "role": cells[index].role]
            let persons = Dictionary(cells[index].sheets.map { ($0.member.person, 1) }) { $1 }
            let target =
                3.6 + 0.15 * Double(network.index % 4) + 0.08 * Double(wave)
                + (cells[index].role == "leader" ? 0.4 : 0)
            let sum = Int((target * Double(3 * count)).rounded())
            set("trust", PlantedScale.answers(sum: sum, sheets: count, items: 3, &random), in: index)
            trust.add(group, period, numerator: sum, denominator: 3 * count, n: count, persons: persons)
            let share = 0.4 + 0.05 * Double(network.index % 3) + 0.04 * Double(wave)
            let favourable = Int((share * Double(count)).rounded())
            set("identity", PlantedScale.favourable(favourable, of: count, &random), in: index)
            identity.add(group, period, numerator: favourable, denominator: count, n: count, persons: persons)
        }
    }

    private mutating func set(_ scale: String, _ answers: [[Int]], in cell: Int) {
        let places = SurveyItem.all.indices.filter { SurveyItem.all[$0].name.hasPrefix(scale + "_") }
        for (sheet, row) in answers.enumerated() {
            for (place, answer) in zip(places, row) { cells[cell].sheets[sheet].answers[place] = .number(answer) }
        }
    }
}

/// Answers on a scale of 1 to 6 with a sum or a count that was decided before.
enum PlantedScale {
    /// Answers of so many sheets to so many items, with this sum (brought within reach).
    static func answers(sum: Int, sheets: Int, items: Int, _ random: inout SplitMix64) -> [[Int]] {
        let count = sheets * items
        guard count > 0 else { return [] }
        var flat = (0..<count).map { _ in min(max(Int((Double(sum) / Double(count) + random.normal()).rounded()), 1), 6)
        }
        var rest = min(max(sum, count), 6 * count) - flat.reduce(0, +)
        while rest != 0 {
            let place = random.below(count)
            let step = rest > 0 ? 1 : -1
            guard (1...6).contains(flat[place] + step) else { continue }
            flat[place] += step
            rest -= step
        }
        return (0..<sheets).map { Array(flat[$0 * items..<($0 + 1) * items]) }
    }

    /// Two answers of each sheet; so many sheets have a mean of 5 or more, the others less.
    static func favourable(_ count: Int, of sheets: Int, _ random: inout SplitMix64) -> [[Int]] {
        random.choice(of: count, from: sheets).map { isFavourable in
            let sum = isFavourable ? 10 + random.below(3) : 2 + random.below(8)
            let first = min(max(sum / 2 + random.below(2), 1), 6)
            let second = min(max(sum - first, 1), 6)
            return [sum - second, second]
        }
    }
}
