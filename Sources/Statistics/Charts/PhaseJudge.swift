/// Puts a phase of a chart to the rules.
struct PhaseJudge {
    let runs: RunAnalysis
    /// (point - centre) / σ of each point; empty without limits.
    let z: [Double]
    /// The position in the series of the phase's first point.
    let start: Int
    let options: ChartOptions

    var verdicts: [RuleSetVerdict] {
        options.ruleSets.filter { !$0.needsLimits || !z.isEmpty }.map { ruleSet in
            RuleSetVerdict(ruleSet: ruleSet, signals: ruleSet.rules.compactMap(signal))
        }
    }

    private func signal(_ rule: ChartRule) -> RuleSignal? {
        switch rule {
        case .longestRun: runs.longestPlausibleRun.flatMap { completed(rule, runs.shift(length: $0 + 1)) }
        case .shift: completed(rule, runs.shift(length: options.shiftLength))
        case .trend: completed(rule, runs.trend(length: options.trendLength))
        case .crossings: whole(rule, runs.fewestPlausibleCrossings.map { runs.crossings < $0 } ?? false)
        case .numberOfRuns: whole(rule, (runs.runsVerdict() ?? .plausible) != .plausible)
        default: PatternRules.positions(of: rule, in: z.span).flatMap { completed(rule, $0) }
        }
    }

    private func completed(_ rule: ChartRule, _ positions: [Int]) -> RuleSignal? {
        positions.isEmpty ? nil : RuleSignal(rule: rule, positions: positions.map { $0 + start })
    }

    private func whole(_ rule: ChartRule, _ isSignal: Bool) -> RuleSignal? {
        isSignal ? RuleSignal(rule: rule, positions: []) : nil
    }
}
