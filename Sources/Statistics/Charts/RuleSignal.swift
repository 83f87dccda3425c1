/// A rule that found its pattern in a phase of a chart.
public struct RuleSignal: Hashable, Sendable {
    /// The rule.
    public let rule: ChartRule
    /// The positions in the series, counted from 0, at which the pattern is complete; empty where the phase as a whole
    /// is the pattern.
    public let positions: [Int]
}

/// What a rule set says of a phase of a chart.
public struct RuleSetVerdict: Hashable, Sendable {
    /// The rule set.
    public let ruleSet: RuleSet
    /// The rules that found their pattern, in the order of the set.
    public let signals: [RuleSignal]

    /// Whether any rule found its pattern.
    public var isSignal: Bool { !signals.isEmpty }
}

extension [RuleSetVerdict] {
    /// The rule sets that see a signal and those that do not, where they disagree; nil where they agree.
    public var disagreement: (signalling: [RuleSet], silent: [RuleSet])? {
        let signalling = filter(\.isSignal).map(\.ruleSet)
        let silent = filter { !$0.isSignal }.map(\.ruleSet)
        return signalling.isEmpty || silent.isEmpty ? nil : (signalling, silent)
    }

    /// The rules of a set whose pattern is complete at a position, counted from 0.
    public func rules(of ruleSet: RuleSet, at position: Int) -> [ChartRule] {
        filter { $0.ruleSet == ruleSet }.flatMap(\.signals).filter { $0.positions.contains(position) }.map(\.rule)
    }
}
