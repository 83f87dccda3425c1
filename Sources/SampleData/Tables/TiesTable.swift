import CivilCalendar
import Statistics

/// Who turns to whom for help and advice, asked in every wave.
///
/// Planted: in every network and wave how many ties there are and how many go to another school. In the first wave of the
/// late network four people answered.
enum TiesTable {
    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("ties")
        var across = Tally("net.cross_school_share", by: [[], ["network"]], minimum: 5)
        var exports: [SampleExport] = []
        for (number, wave) in SampleCalendar.waves.enumerated() {
            var table = SampleCSV([
                "from", "to", "network", "district", "school", "role", "relation", "frequency", "wave",
            ])
            for network in world.networks {
                let isLate = number == 0 && network.id == world.late.id
                let ties = NetworkTies(network, wave: number, respondents: isLate ? 4 : nil, &random)
                across.add(
                    ["network": network.id], wave.id, numerator: ties.across, denominator: ties.count, n: ties.count,
                    persons: ties.respondents)
                for row in ties.rows { table.add(row + [wave.id]) }
            }
            exports.append(SampleExport("ties", wave.id, table))
        }
        truths.observations += across.observations
        return exports
    }
}

/// The ties that one network's members named in one wave.
private struct NetworkTies {
    let across: Int
    private(set) var rows: [[String]] = []
    private(set) var respondents: [String: Int] = [:]

    var count: Int { rows.count }

    init(_ network: SampleNetwork, wave: Int, respondents wanted: Int?, _ random: inout SplitMix64) {
        let day = SampleCalendar.waves[wave].start.adding(days: 20)
        let bySchool = network.schools.map { school in (school, school.members(on: day)) }
        let all = bySchool.flatMap { school, members in members.map { (school, $0) } }
        let answering = random.shuffled(all).prefix(wanted ?? all.count * 3 / 4)
        let namings = answering.flatMap { pair in Array(repeating: pair, count: 2 + random.below(3)) }
        across = Int((Double(namings.count) * (0.2 + 0.03 * Double(wave))).rounded())
        let goAcross = random.choice(of: across, from: namings.count)
        var named: [String: Set<String>] = [:]
        for ((school, member), isAcross) in zip(namings, goAcross) {
            let others = bySchool.filter { ($0.0.id == school.id) != isAcross }.flatMap(\.1)
            let open = others.filter {
                $0.person != member.person && !(named[member.person]?.contains($0.person) ?? false)
            }
            let target = open.isEmpty ? others[random.below(others.count)] : open[random.below(open.count)]
            named[member.person, default: []].insert(target.person)
            respondents[member.person] = 1
            rows.append([
                member.person, target.person, network.id, school.district, school.id, member.role,
                random.chance(0.6) ? "help" : "advice", String(1 + random.below(4)),
            ])
        }
    }
}
