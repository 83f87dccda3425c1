import CivilCalendar
import Statistics

/// One network: its schools alternate between the two districts.
struct SampleNetwork {
    let index: Int
    let id: String
    let schools: [SampleSchool]
    /// The posts of the hub's own staff who serve it.
    let staff: [Place]

    /// How its members send their surveys.
    enum ExportStyle: CaseIterable {
        /// One wide file for all networks of this style, answers as numbers, codes for roles.
        case portal
        /// A file for each network, questions as headers, answers in words.
        case forms
        /// Long answers: one row for each question.
        case long
    }

    var style: ExportStyle { ExportStyle.allCases[index % ExportStyle.allCases.count] }

    init(
        index: Int, id: String, prefix: String, teams: Int, shared: [Holder]?, _ persons: inout PersonNumbers,
        _ random: inout SplitMix64
    ) {
        self.index = index
        self.id = id
        staff = (0..<Self.staffSize(index)).map { _ in
            Place(role: Self.staffRole, holders: Holder.succession(&persons, &random))
        }
        let schoolCount = max(2, teams / SampleSchool.usualTeams)
        schools = (0..<schoolCount).map { number in
            let district = SampleWorld.districts[number % 2]
            let first = number * teams / schoolCount
            let last = (number + 1) * teams / schoolCount
            return SampleSchool(
                number: number, id: "\(prefix)-\(district)\(number / 2 + 1)", network: id, district: district,
                teams: last - first, shared: number == 0 ? shared : nil, &persons, &random)
        }
    }

    static let staffRole = "hub"

    /// Six people serve a network, four the fourth, the ninth, ...: too few to be shown.
    private static func staffSize(_ index: Int) -> Int { index % 5 == 3 ? 4 : 6 }

    /// The hub's staff on a day. They belong to no district, school or team.
    func staff(on day: CivilDate) -> [Member] {
        staff.compactMap { place in
            place.holders.first { $0.isThere(on: day) }.map {
                Member(person: $0.person, role: place.role, team: nil, school: "")
            }
        }
    }
}

/// One school.
struct SampleSchool {
    static let usualTeams = 3
    /// The standard deviation of schools' levels: what lies between sites.
    static let levelSpread = 0.04

    let number: Int
    let id: String
    let network: String
    let district: String
    let teams: [SampleTeam]
    /// Half of the schools use the networks' change ideas from the last school year on; the others are compared.
    let isTreated: Bool
    /// How far its students are above or below the others.
    let level: Double
    /// By how many standard errors each group of its students is off that level by chance, as a sample of few is.
    let luck: [String: Double]
    let enrollment: Int

    init(
        number: Int, id: String, network: String, district: String, teams count: Int, shared: [Holder]?,
        _ persons: inout PersonNumbers, _ random: inout SplitMix64
    ) {
        self.number = number
        self.id = id
        self.network = network
        self.district = district
        isTreated = number / 2 % 2 == 0
        level = random.normal() * Self.levelSpread
        luck = Dictionary(uniqueKeysWithValues: SampleWorld.studentGroups.map { ($0, random.normal()) })
        enrollment = 180 + 20 * random.below(13)
        teams = (0..<count).map { team in
            let isIncomplete = team == 1 && number % 3 == 2
            return SampleTeam(
                id: "\(id)-t\(team + 1)", shared: team == 0 ? shared : nil, losesCoach: isIncomplete, &persons,
                &random)
        }
    }

    /// Everybody who holds a place here on a day, with the team.
    func members(on day: CivilDate) -> [Member] {
        teams.flatMap { team in
            team.places.compactMap { place in
                place.holders.first { $0.isThere(on: day) }.map {
                    Member(person: $0.person, role: place.role, team: team, school: id)
                }
            }
        }
    }
}

/// A person in a place on some day.
struct Member {
    var person: String
    var role: String
    /// Nil for the hub's staff.
    var team: SampleTeam?
    var school: String
}

/// An improvement team: four teachers, a coach and a leader. Some have no coach in the last school year.
struct SampleTeam {
    static let roles = ["teacher", "teacher", "teacher", "teacher", "coach", "leader"]
    static let size = roles.count

    let id: String
    let places: [Place]
    /// How far its answers are above or below those of other teams, in standard deviations between teams.
    let level: Double

    var leader: Place? { places.last }

    /// Whether every place is held on a day.
    func isComplete(on day: CivilDate) -> Bool {
        places.allSatisfy { place in place.holders.contains { $0.isThere(on: day) } }
    }

    init(
        id: String, shared: [Holder]?, losesCoach: Bool, _ persons: inout PersonNumbers,
        _ random: inout SplitMix64
    ) {
        self.id = id
        level = random.normal()
        places = Self.roles.map { role in
            if role == "leader", let shared { return Place(role: role, holders: shared) }
            let isGivenUp = losesCoach && role == "coach"
            let years = SampleCalendar.schoolYears.prefix(isGivenUp ? 2 : 3)
            var holders = Holder.succession(in: years, &persons, &random)
            if isGivenUp { holders[holders.count - 1].end = SampleCalendar.day(2025, 6, 30) }
            return Place(role: role, holders: holders)
        }
    }
}

/// A place in a team, and who held it one after the other.
struct Place {
    var role: String
    var holders: [Holder]
}

/// A person who holds a place from one day to another.
struct Holder {
    var person: String
    var start: CivilDate
    /// The last day; nil for still.
    var end: CivilDate?

    func isThere(on day: CivilDate) -> Bool {
        start <= day && (end.map { day <= $0 } ?? true)
    }

    /// One in eight leaves after a school year, and somebody new comes in August.
    static func succession(
        in years: ArraySlice<Int> = SampleCalendar.schoolYears[...], _ persons: inout PersonNumbers,
        _ random: inout SplitMix64
    ) -> [Holder] {
        var holders: [Holder] = []
        for year in years where holders.isEmpty || random.chance(0.125) {
            if !holders.isEmpty { holders[holders.count - 1].end = SampleCalendar.day(year, 6, 30) }
            holders.append(Holder(person: persons.next(), start: SampleCalendar.day(year, 8, 15), end: nil))
        }
        return holders
    }
}
