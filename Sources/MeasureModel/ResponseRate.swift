/// How many of those who were to answer did, in one group and period.
public struct ResponseCount: Equatable, Sendable, WireRecord {
    /// Distinct persons who answered and are among those eligible.
    public var respondents: Int
    /// Distinct persons who were to answer.
    public var eligible: Int

    /// A count.
    public init(respondents: Int, eligible: Int) {
        self.respondents = respondents
        self.eligible = eligible
    }

    /// See ``WireRecord``.
    public static let wireForm = WireForm(ResponseCount.init, \.respondents, \.eligible)
}

/// The response rate that stands beside a number.
public struct ResponseRate: Equatable, Sendable, Decodable {
    /// Respondents by those eligible, 0 to 1 (AAPOR's RR1 of a roster: everybody on it is eligible).
    public var rate: Double
    /// How many were to answer.
    public var eligible: Int
    /// The rate below which a number is flagged `low_response`; null where the workspace sets none.
    public var threshold: Double?
    /// Of a share: what it would be had nobody said yes who did not answer; null of everything else.
    public var low: Double?
    /// Of a share: what it would be had everybody said yes who did not answer.
    public var high: Double?

    /// The rate of a count, nil where nobody was to answer.
    public init?(_ count: ResponseCount, threshold: Double?) {
        guard count.eligible > 0, count.respondents <= count.eligible else { return nil }
        rate = Double(count.respondents) / Double(count.eligible)
        eligible = count.eligible
        self.threshold = threshold
    }

    /// Whether too few answered.
    public var isLow: Bool { threshold.map { rate < $0 } ?? false }

    /// Bounds of a share over all who were to answer, whatever the others would have said (Manski 1989). They are not
    /// claimed where more answered than were to.
    public mutating func bound(yes: Double, answered: Double) {
        let all = Double(eligible)
        guard answered <= all else { return }
        low = yes / all
        high = (yes + all - answered) / all
    }

    /// As the feed shows it.
    public var json: JSON {
        .object([
            ("rate", .number(rate)), ("eligible", .integer(eligible)), ("threshold", .optional(threshold)),
            ("low", .optional(low)), ("high", .optional(high)),
        ])
    }
}
