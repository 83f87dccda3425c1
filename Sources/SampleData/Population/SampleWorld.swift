import CivilCalendar
import Statistics

/// Who and what there is: networks, schools, teams, and the people who hold each place in turn.
struct SampleWorld {
    let seed: UInt64
    let networks: [SampleNetwork]

    static let districts = ["A", "B"]
    static let changeIdeas = [
        "attendance-calls", "exit-tickets", "lesson-study", "peer-observation", "reading-conferences",
    ]
    static let studentGroups = ["general", "iep", "multilingual"]

    /// The networks' ids and the prefixes of their schools; further ones are numbered.
    private static let names = [
        ("early-literacy", "EL"), ("middle-math", "MM"), ("ninth-grade", "NG"), ("college-access", "CA"),
    ]

    init(seed: UInt64, networks count: Int, people: Int) {
        self.seed = seed
        var random = Self.random(seed, "population")
        var persons = PersonNumbers()
        var networks: [SampleNetwork] = []
        for index in 0..<count {
            let (id, prefix) =
                index < Self.names.count
                ? Self.names[index] : ("network-\(index + 1)", "N\(index + 1)")
            // The second network shares a leader with the first: a person can be in two networks.
            let shared = index == 1 ? networks[0].schools[0].teams[0].leader?.holders : nil
            networks.append(
                SampleNetwork(
                    index: index, id: id, prefix: prefix, teams: people / count / SampleTeam.size, shared: shared,
                    &persons, &random))
        }
        self.networks = networks
    }

    /// A stream of random numbers of its own for each table, so that one table's changes leave the others alone.
    func random(_ stream: String) -> SplitMix64 {
        Self.random(seed, stream)
    }

    private static func random(_ seed: UInt64, _ stream: String) -> SplitMix64 {
        var mixed = seed
        for byte in stream.utf8 { mixed = (mixed ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return SplitMix64(seed: mixed)
    }

    var schools: [SampleSchool] { networks.flatMap(\.schools) }

    /// The last network, whose district B comes late and stays small in the sample's small cells.
    var late: SampleNetwork { networks[networks.count - 1] }
}

/// Numbers people.
struct PersonNumbers {
    private var last = 0

    mutating func next() -> String {
        last += 1
        let digits = String(last)
        return "p" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
