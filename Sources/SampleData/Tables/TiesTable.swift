import CivilCalendar
import Statistics

/// Who turns to whom for help and advice, asked in every wave. A row without `to` is of somebody who answered and named
/// nobody.
///
/// Planted: in every network and wave how many ties there are, how many go to another school, how many touch the hub's
/// staff, how many pairs name each other, and who has no tie at all. In the first wave of the late network four people
/// answered.
enum TiesTable {
    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("ties")
        var across = Tally("net.cross_school_share", by: [[], ["network"]], minimum: 5)
        var hub = Tally("net.hub_dependence", by: [[], ["network"]], minimum: 5)
        var mutual = Tally("net.reciprocity", by: [["network"]], minimum: 5)
        var isolates = Tally("net.isolates", by: [["network"]], minimum: 5)
        var density = Tally("net.density", part: "density", by: [["network"]], minimum: 5)
        var outward = Tally("net.ei_index", by: [["network"]], minimum: 5)
        var exports: [SampleExport] = []
        for (number, wave) in SampleCalendar.waves.enumerated() {
            var table = SampleCSV([
                "from", "to", "network", "district", "school", "role", "relation", "frequency", "wave",
            ])
            for network in world.networks {
                let isLate = number == 0 && network.id == world.late.id
                let ties = NetworkTies(network, wave: number, isLate: isLate, &random)
                let key = ["network": network.id]
                across.add(
                    key, wave.id, numerator: ties.across, denominator: ties.between, n: ties.between,
                    persons: ties.namers)
                hub.add(
                    key, wave.id, numerator: ties.touchingHub, denominator: ties.named.count, n: ties.named.count,
                    persons: ties.namers)
                mutual.add(
                    key, wave.id, numerator: ties.mutualPairs, denominator: ties.pairs, n: ties.pairs,
                    persons: ties.namers)
                isolates.add(
                    key, wave.id, numerator: ties.isolates, denominator: ties.respondents.count,
                    n: ties.respondents.count, persons: ties.respondents)
                density.add(
                    key, wave.id, numerator: ties.named.count, denominator: ties.people * (ties.people - 1),
                    n: ties.people, persons: ties.namers)
                outward.add(
                    key, wave.id, numerator: 2 * ties.across - ties.between, denominator: ties.between, n: ties.between,
                    persons: ties.namers)
                for row in ties.rows { table.add(row + [wave.id]) }
            }
            exports.append(SampleExport("ties", wave.id, table))
        }
        truths.observations += [across, hub, mutual, isolates, density, outward].flatMap(\.observations)
        return exports
    }
}

/// The ties that one network's members named in one wave.
private struct NetworkTies {
    /// From whom to whom.
    struct Pair: Hashable {
        var from, to: String

        var reversed: Pair { Pair(from: to, to: from) }
    }

    /// Ties between people whose schools are known, and how many of them go to another school.
    private(set) var between = 0
    let across: Int
    private(set) var touchingHub = 0
    let isolates: Int
    /// Everybody who could have been named.
    let people: Int
    private(set) var rows: [[String]] = []
    private(set) var named: Set<Pair> = []
    /// Who answered; those of them who named somebody.
    private(set) var respondents: [String: Int] = [:]
    private(set) var namers: [String: Int] = [:]

    /// Pairs that have a tie, and those that have it in both directions.
    var pairs: Int { named.count - mutualPairs }
    var mutualPairs: Int { named.filter { $0.from < $0.to && named.contains($0.reversed) }.count }

    init(_ network: SampleNetwork, wave: Int, isLate: Bool, _ random: inout SplitMix64) {
        let day = SampleCalendar.waves[wave].start.adding(days: 20)
        let members = network.schools.flatMap { school in school.members(on: day).map { (school, $0) } }
        let answering = random.shuffled(members).prefix(isLate ? 4 : members.count * 3 / 4)
        let staff = network.staff(on: day)
        people = members.count + staff.count
        isolates = isLate ? 0 : 1 + wave % 3
        let alone = answering.prefix(isolates)
        let namings = answering.dropFirst(isolates).flatMap { Array(repeating: $0, count: 2 + random.below(3)) }
        across = Int((Double(namings.count) * (0.2 + 0.03 * Double(wave))).rounded())
        let goAcross = random.choice(of: across, from: namings.count)
        let targets = members.filter { member in !alone.contains { $0.1.person == member.1.person } }
        for (naming, isAcross) in zip(namings, goAcross) {
            name(naming, among: targets.filter { ($0.0.id == naming.0.id) != isAcross }.map(\.1), &random)
        }
        for (school, member) in alone {
            respondents[member.person] = 1
            rows.append([member.person, "", network.id, school.district, school.id, member.role, "", ""])
        }
        for (school, member) in answering.dropFirst(isolates) where random.chance(0.15) {
            tie(member, staff[random.below(staff.count)].person, school, touchesHub: true, &random)
        }
        for member in staff.dropFirst() where !isLate {
            for (_, target) in random.shuffled(targets).prefix(3) {
                tie(member, target.person, nil, network: network.id, touchesHub: true, &random)
            }
        }
    }

    /// A tie to one of these, whom the member did not name before; every third time to one who named the member.
    private mutating func name(
        _ naming: (SampleSchool, Member), among others: [Member], _ random: inout SplitMix64
    ) {
        let (school, member) = naming
        let open = others.filter {
            $0.person != member.person && !named.contains(Pair(from: member.person, to: $0.person))
        }
        let friends = open.filter { named.contains(Pair(from: $0.person, to: member.person)) }
        let wanted = friends.isEmpty || !random.chance(0.5) ? (open.isEmpty ? others : open) : friends
        tie(member, wanted[random.below(wanted.count)].person, school, touchesHub: false, &random)
        between += 1
    }

    private mutating func tie(
        _ member: Member, _ target: String, _ school: SampleSchool?, network: String? = nil, touchesHub: Bool,
        _ random: inout SplitMix64
    ) {
        named.insert(Pair(from: member.person, to: target))
        if touchesHub { touchingHub += 1 }
        respondents[member.person] = 1
        namers[member.person] = 1
        rows.append([
            member.person, target, school?.network ?? network ?? "", school?.district ?? "", school?.id ?? "",
            member.role, random.chance(0.6) ? "help" : "advice", String(1 + random.below(4)),
        ])
    }
}
