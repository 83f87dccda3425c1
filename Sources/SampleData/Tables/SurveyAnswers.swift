import Statistics

/// What one person answered in one wave.
struct AnswerSheet {
    enum Answer: Equatable {
        case number(Int)
        /// Left blank.
        case skipped
        /// "I do not know".
        case unknown
        /// The question was not put to this role.
        case notAsked
    }

    var member: Member
    /// The id that was typed into the survey. A few are wrong, so that the roster does not know them.
    var respondent: String
    var district: String
    /// Minutes since midnight at which it was sent, and the day in the wave.
    var minute: Int
    var day: Int
    /// One for each of ``SurveyItem/all``.
    var answers: [Answer]
}

/// Answers around a person's own level; those of planted scales are moved to their sums afterwards.
struct AnswerMaker {
    /// By how many points the hub's staff think better of their support than those whom they support.
    static let hubGap = 0.8
    /// Standard deviations on the scale: between teams, between people of a team, between a person's answers.
    private static let teamSpread = 0.4
    private static let personSpread = 0.6
    private static let answerSpread = 0.7

    /// The share of the variance of people's means over so many items that lies between teams, before rounding.
    static func teamICC(items: Int) -> Double {
        let (team, person) = (teamSpread * teamSpread, personSpread * personSpread)
        return team / (team + person + answerSpread * answerSpread / Double(items))
    }

    private let networkLevel: Double
    private let trend: Double

    init(_ network: SampleNetwork, wave: Int) {
        networkLevel = Double((network.index * 7) % 5 - 2) * 0.08
        trend = Double(wave) * 0.05
    }

    func sheet(_ member: Member, district: String, dayCount: Int, _ random: inout SplitMix64) -> AnswerSheet {
        let person = random.normal() * Self.personSpread
        var answers: [AnswerSheet.Answer] = []
        for item in SurveyItem.all {
            answers.append(answer(item, member, district, person, &random))
        }
        return AnswerSheet(
            member: member, respondent: member.person, district: district, minute: 7 * 60 + random.below(11 * 60),
            day: random.below(dayCount), answers: answers)
    }

    private func answer(
        _ item: SurveyItem, _ member: Member, _ district: String, _ person: Double, _ random: inout SplitMix64
    ) -> AnswerSheet.Answer {
        guard item.isAsked(member.role) else { return .notAsked }
        if random.chance(0.05) { return .skipped }
        if random.chance(0.01) { return .unknown }
        guard let range = item.range else { return .number(count(item, member, &random)) }
        let sign = item.isReversed ? -1.0 : 1.0
        // District A asks questions, district B asks for accounts: it shows in the norms of evidence.
        let culture = item.name.hasPrefix("norms") && district == "A" ? 0.6 : 0
        let pride = member.role == SampleNetwork.staffRole ? Self.hubGap : 0
        let level = networkLevel + trend + culture + pride + person + (member.team?.level ?? 0) * Self.teamSpread
        let latent = item.level + sign * level
        let rounded = Int((latent + random.normal() * Self.answerSpread).rounded())
        return .number(min(max(rounded, range.lowerBound), range.upperBound))
    }

    private func count(_ item: SurveyItem, _ member: Member, _ random: inout SplitMix64) -> Int {
        if item.name == "initiatives" { return random.below(4) + random.below(4) }
        // Between teams lies a known share of the variance: see `SurveyTable.effects`.
        let between = SurveyTable.minutesSpread * SurveyTable.minutesICC.squareRoot()
        let within = SurveyTable.minutesSpread * (1 - SurveyTable.minutesICC).squareRoot()
        return max(0, Int((60 + (member.team?.level ?? 0) * between + random.normal() * within).rounded()))
    }
}
