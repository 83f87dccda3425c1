import Statistics

/// The ninth-grade students of one group in one school and year; how many are on track and absent is decided first.
struct Cohort {
    let key: [String: String]
    private let size: Int
    private let onTrackShare: Double
    private let absentShare: Double
    private let hasEdges: Bool
    private let scoreGap: Double
    private let scoreRise: Double

    init(_ school: SampleSchool, _ network: SampleNetwork, _ group: String, year: Int, _ world: SampleWorld) {
        key = [
            "network": network.id, "district": school.district, "school": school.id, "student_group": group,
        ]
        let share = group == "general" ? 0.6 : group == "iep" ? 0.15 : 0.25
        let isSmall =
            group == "multilingual" && school.district == "B"
            && network.id == world.networks[min(2, world.networks.count - 1)].id
        size = isSmall ? (school.number == 1 ? 3 : 1) : Int((share * Double(school.enrollment) / 6).rounded())
        let gap = group == "general" ? 0 : group == "iep" ? -0.16 : -0.09
        let rise = school.isTreated && year == 2 ? OutcomesTable.treatment : 0
        onTrackShare = min(max(0.7 + gap + school.level + rise, 0), 1)
        absentShare = min(max(0.24 - gap / 2 - school.level - rise / 2, 0), 1)
        hasEdges = group == "general"
        scoreGap = 2 * gap
        scoreRise = school.isTreated && year == 2 ? StudentsTable.treatment : 0
    }

    func students(_ random: inout SplitMix64) -> [SampleStudent] {
        let unknown = hasEdges ? size / 20 + 1 : 0
        let late = hasEdges ? 1 : 0
        // Which students a school gets is chance: it moves the share by a standard error or so.
        let error = (onTrackShare * (1 - onTrackShare) / Double(max(size, 1))).squareRoot()
        let share = min(max(onTrackShare + random.normal() * error, 0), 1)
        let onTrack = random.choice(of: Int((share * Double(size - unknown)).rounded()), from: size - unknown)
        let absent = random.choice(of: Int((absentShare * Double(size - late)).rounded()), from: size - late)
        // One who is on track and one who is not, the first absent one and the first other, lie at the edges.
        let edges = Set([onTrack.firstIndex(of: true), onTrack.firstIndex(of: false)])
        let absentEdges = Set([absent.firstIndex(of: true), absent.firstIndex(of: false)])
        let scores = scores(&random)
        let transfer = hasEdges ? absent.lastIndex(of: true) : nil
        var students: [SampleStudent] = []
        for index in 0..<size {
            let isEarly = index < size - late
            students.append(
                SampleStudent(
                    isOnTrack: index < size - unknown ? onTrack[index] : nil,
                    isChronicallyAbsent: isEarly ? absent[index] : nil,
                    marks: Marks(
                        index < size - unknown ? onTrack[index] : nil, isAtEdge: hasEdges && edges.contains(index),
                        &random),
                    days: isEarly
                        ? Days(
                            absent[index], isAtEdge: hasEdges && absentEdges.contains(index),
                            isTransfer: index == transfer, &random)
                        : .late,
                    scores: scores[index]))
        }
        return students
    }

    /// A test before and after, around 500 with a deviation of 100. One in twenty takes another test. Every cohort has the
    /// same spread and mean, so that the arms are balanced at the beginning.
    private func scores(_ random: inout SplitMix64) -> [[String]] {
        let spread = (0..<size).map { Normal.standard.quantile((Double($0) + 0.5) / Double(size)) ?? 0 }
        let (talents, chances) = (random.shuffled(spread), random.shuffled(spread))
        var scores: [[String]] = []
        for (talent, chance) in zip(talents, chances) {
            let after = 0.7 * talent + 0.51.squareRoot() * chance + scoreRise
            let isOther = random.chance(0.05)
            scores.append(
                [talent, after].map { isOther ? "NA" : String(Int((500 + 100 * ($0 + scoreGap)).rounded())) })
        }
        return scores
    }
}

/// A student in a school year.
struct SampleStudent {
    /// By Chicago's rule; nil where credits are not known.
    let isOnTrack: Bool?
    /// A tenth of the days in all schools or more; nil for fewer than ten days.
    let isChronicallyAbsent: Bool?
    fileprivate let marks: Marks
    fileprivate let days: Days
    fileprivate let scores: [String]

    /// The student's enrolments: of one who came from another school, the one there before the one here.
    func rows(
        _ id: String, _ school: SampleSchool, from other: SampleSchool, _ group: String, _ year: String
    ) -> [[String]] {
        var rows: [[String]] = []
        if days.enrolledBefore > 0 {
            let there = [String(days.enrolledBefore), Self.text(days.absentBefore), "0", "0"]
            rows.append(
                [id, other.network, other.district, other.id, year, group, "true"] + there
                    + [String](repeating: "", count: 7))
        }
        let here = [
            String(days.enrolled), Self.text(days.absent), String(days.enrolledBefore), Self.text(days.absentBefore),
        ]
        rows.append(
            [id, school.network, school.district, school.id, year, group, "false"] + here + marks.cells + scores)
        return rows
    }

    private static func text(_ days: Double) -> String {
        days == days.rounded() ? String(Int(days)) : String(days)
    }
}

/// Days in the school and in the one before; half days count as halves.
private struct Days {
    var enrolled: Int
    var absent: Double
    var enrolledBefore = 0
    var absentBefore = 0.0

    /// Came for the last nine days.
    static let late = Days(enrolled: 9, absent: 2)

    init(enrolled: Int, absent: Double) {
        self.enrolled = enrolled
        self.absent = absent
    }

    init(_ isAbsent: Bool, isAtEdge: Bool, isTransfer: Bool, _ random: inout SplitMix64) {
        enrolled = 180
        if isTransfer {
            // 18 of 180 days in all; 8 of 120 here, 10 of 60 there.
            (enrolled, absent, enrolledBefore, absentBefore) = (120, 8, 60, 10)
        } else if isAtEdge {
            absent = isAbsent ? 18 : 17.5
        } else {
            absent = isAbsent ? 18 + Double(random.below(50)) / 2 : Double(random.below(36)) / 2
        }
    }
}

/// Credits, failed courses and marks.
private struct Marks {
    let cells: [String]

    init(_ isOnTrack: Bool?, isAtEdge: Bool, _ random: inout SplitMix64) {
        let points = 20 + random.below(21)
        let low = isOnTrack == true && random.chance(0.75) ? 0 : 1 + random.below(3)
        let suspensions = random.chance(0.93) ? 0 : 1 + random.below(2)
        let others = [String(Double(points) / 10), String(low), String(suspensions)]
        guard let isOnTrack else {
            cells = ["", ""] + others
            return
        }
        // Five credits and one F are on track; a second F is not, whatever the credits.
        let credits = isAtEdge ? 5 : isOnTrack ? 5 + Double(random.below(5)) / 2 : 3 + Double(random.below(5)) / 2
        let failures =
            isAtEdge
            ? (isOnTrack ? 1 : 2) : isOnTrack ? random.below(2) : credits < 5 ? random.below(4) : 2 + random.below(2)
        cells = [String(credits), String(failures)] + others
    }
}
