/// A number of successes among a number of trials, and the share they make.
public struct Proportion: Hashable, Sendable {
    /// The successes, from 0 to `trials`.
    public let successes: Int
    /// The trials, 0 or more.
    public let trials: Int

    /// A proportion, or nil unless 0 ≤ successes ≤ trials.
    public init?(successes: Int, trials: Int) {
        guard 0 <= successes, successes <= trials else { return nil }
        self.successes = successes
        self.trials = trials
    }

    /// The proportion of values other than 0 in a column of answers, 1 for yes and 0 for no; missing values (NaN) are
    /// no trials.
    public init(_ answers: Span<Double>) {
        var present = LaneCount()
        var yes = LaneCount()
        for start in answers.laneStarts {
            let x = answers.lanes(from: start)
            present.add(x.isPresent)
            yes.add(x.isPresent .& (x .!= 0))
        }
        successes = yes.total
        trials = present.total
    }

    init(unchecked successes: Int, of trials: Int) {
        self.successes = successes
        self.trials = trials
    }

    /// successes / trials; nil without trials.
    public var share: Double? { trials > 0 ? Double(successes) / Double(trials) : nil }

    /// The failures: trials less successes.
    public var failures: Int { trials - successes }
}
