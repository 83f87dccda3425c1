import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Control charts")
struct ControlChartTests {
    /// Events, denominators and values that any chart takes.
    private struct Data {
        var events: [Double]
        var sizes: [Double]
        var values: [Double]

        init(seed: UInt64, count: Int = 40) {
            var generator = SplitMix64(seed: seed)
            sizes = (0..<count).map { _ in Double(20 + generator.below(30)) }
            events = (0..<count).map { _ in Double(1 + generator.below(15)) }
            values = generator.column(count: count, in: 10...20, missing: 0.1)
        }

        func series(_ kind: ChartKind, _ range: Range<Int>) -> ChartSeries {
            let (events, sizes) = (Array(events[range]), Array(sizes[range]))
            let values = Array(values[range])
            let fives = [Double](repeating: 5, count: values.count)
            switch kind {
            case .run: return .run(values)
            case .xmr: return .individuals(values)
            case .xbarS: return .subgroups(means: values, standardDeviations: events, sizes: sizes)
            case .xbarR: return .subgroups(means: values, ranges: events, sizes: fives)
            case .p, .pPrime: return .shares(events, of: sizes, adjusted: kind == .pPrime)
            case .u, .uPrime: return .rates(events, per: sizes, adjusted: kind == .uPrime)
            case .c: return .counts(events)
            case .g: return .casesBetween(events)
            case .t: return .timeBetween(events)
            }
        }
    }

    @Test("phases are charts of their own", arguments: ChartKind.allCases)
    func phases(_ kind: ChartKind) throws {
        let data = Data(seed: 3)
        let whole = ControlChart(
            data.series(kind, 0..<40),
            phases: [ChartPhase(start: 12, label: "coaching", baseline: 8), ChartPhase(start: 30)])
        #expect(whole.phases.map(\.range) == [0..<12, 12..<30, 30..<40])
        #expect(whole.phases.map(\.phase.label) == [nil, "coaching", nil] && whole.phaseIndex(at: 12) == 1)
        for phase in whole.phases {
            let baseline = phase.phase.baseline
            let alone = ControlChart(data.series(kind, phase.range), phases: [ChartPhase(baseline: baseline)]).phases[0]
            #expect(phase.center != nil && phase.center == alone.center)
            #expect(
                same(phase.sigmas, alone.sigmas) && same(phase.lower, alone.lower) && same(phase.upper, alone.upper))
            #expect(phase.problem == alone.problem && phase.inflation == alone.inflation && phase.runs == alone.runs)
            let moved = alone.verdicts.map { verdict in
                RuleSetVerdict(
                    ruleSet: verdict.ruleSet,
                    signals: verdict.signals.map { signal in
                        RuleSignal(
                            rule: signal.rule, positions: signal.positions.map { $0 + phase.range.lowerBound })
                    })
            }
            #expect(phase.verdicts == moved)
        }
    }

    private func same(_ a: [Double], _ b: [Double]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
    }

    @Test("a frozen baseline is not moved by what follows", arguments: ChartKind.allCases)
    func frozen(_ kind: ChartKind) throws {
        let data = Data(seed: 8)
        let first = ControlChart(data.series(kind, 0..<15)).phases[0]
        let frozen = ControlChart(data.series(kind, 0..<40), phases: [ChartPhase(baseline: 15)]).phases[0]
        #expect(frozen.center == first.center && frozen.range == 0..<40)
        #expect(same(Array(frozen.upper.prefix(first.upper.count)), first.upper))
        #expect(frozen.upper.count == (kind == .run ? 0 : 40))
    }

    @Test("individuals follow shift and scale", arguments: IndividualsSigma.allCases)
    func equivariance(_ sigma: IndividualsSigma) throws {
        var generator = SplitMix64(seed: 5)
        let values = generator.column(count: 60, in: 0...1, missing: 0.05)
        let moved = values.map { 4 * $0 - 32 }
        var options = ChartOptions()
        options.sigma = sigma
        let chart = ControlChart(.individuals(values), options: options).phases[0]
        let other = ControlChart(.individuals(moved), options: options).phases[0]
        expectClose(other.center, chart.center.map { 4 * $0 - 32 })
        expectClose(other.sigmas.first, chart.sigmas.first.map { 4 * $0 })
        #expect(other.verdicts == chart.verdicts)
    }

    @Test("known special causes set no limits but are judged")
    func excluded() throws {
        let values = [5, 6, 5, 40, 6, 5, 6, 5, 6.0]
        let chart = ControlChart(.individuals(values), phases: [ChartPhase(excluding: [3])]).phases[0]
        let without = ControlChart(.individuals([5, 6, 5, .nan, 6, 5, 6, 5, 6])).phases[0]
        #expect(chart.center == without.center && chart.sigmas == without.sigmas)
        #expect(chart.verdicts.rules(of: .westernElectric, at: 3) == [.beyondLimits])
        #expect(chart.verdicts.rules(of: .anhoej, at: 3).isEmpty)
    }

    @Test("rule sets that disagree say so")
    func disagreement() throws {
        // One far point: limits see it, runs do not.
        let values = (0..<24).map { $0 == 20 ? 9.0 : $0.isMultiple(of: 2) ? 0.0 : 1 }
        var options = ChartOptions()
        options.ruleSets = [.anhoej, .westernElectric, .nelson]
        let chart = ControlChart(.individuals(values), options: options).phases[0]
        let disagreement = try #require(chart.verdicts.disagreement)
        #expect(disagreement.signalling == [.westernElectric, .nelson] && disagreement.silent == [.anhoej])
        let calm = ControlChart(.run([1, 2, 1, 2, 2, 1, 1, 2, 1, 2])).phases[0]
        #expect(calm.verdicts.disagreement == nil && calm.verdicts.map(\.ruleSet) == [.anhoej, .ihi])
    }

    @Test("the lines at each position")
    func lines() throws {
        let chart = ControlChart(
            .shares([3, 4, 2, 9, 0, 8], of: [10, 10, 10, 10, 0, 10]), phases: [ChartPhase(start: 3)])
        let lines = try #require(chart.lines(at: 1))
        #expect(lines.phase == 0 && lines.center == 0.3 && lines.upper == chart.phases[0].upper[1])
        #expect(chart.lines(at: 4) == ChartLines(phase: 1, center: 0.85, lower: nil, upper: nil))
        #expect(chart.lines(at: 5)?.upper == 1 && chart.lines(at: 6) == nil && chart.lines(at: -1) == nil)
        let run = ControlChart(.run([1, 2, 3])).lines(at: 2)
        #expect(run == ChartLines(phase: 0, center: 2, lower: nil, upper: nil))
    }

    @Test("a signal of the whole phase belongs to no position")
    func wholePhase() {
        let values = (0..<24).map { $0 < 12 ? 1.0 : 2 }
        let verdicts = ControlChart(.run(values)).phases[0].verdicts
        #expect(verdicts.rules(of: .anhoej) == [.longestRun, .crossings])
        #expect(verdicts.rules(of: .anhoej, at: 11) == [.longestRun] && verdicts.rules(of: .anhoej, at: 2).isEmpty)
        #expect(verdicts.rules(of: .ihi) == [.shift, .numberOfRuns])
    }

    @Test("limits stay within what is possible")
    func bounds() throws {
        let shares = ControlChart(.shares([0, 1, 0, 2], of: [5, 5, 5, 5])).phases[0]
        #expect(shares.lower == [0, 0, 0, 0] && shares.upper.allSatisfy { $0 <= 1 })
        let all = ControlChart(.shares([4, 5, 5], of: [5, 5, 5])).phases[0]
        #expect(all.upper == [1, 1, 1])
        #expect(ControlChart(.counts([1, 2, 0])).phases[0].lower == [0, 0, 0])
    }

    @Test("missing points and denominators of 0 are gaps", arguments: [ChartKind.p, .pPrime, .u, .uPrime])
    func gaps(_ kind: ChartKind) throws {
        let (events, sizes): ([Double], [Double]) = ([3, .nan, 4, 0, 5, 3], [10, 10, 12, 0, .nan, 11])
        let isAdjusted = kind == .pPrime || kind == .uPrime
        let shares = ChartSeries.shares(events, of: sizes, adjusted: isAdjusted)
        let rates = ChartSeries.rates(events, per: sizes, adjusted: isAdjusted)
        let phase = ControlChart(kind == .p || kind == .pPrime ? shares : rates).phases[0]
        expectClose(phase.center, 10.0 / 33)
        if isAdjusted {
            // No two recorded points are neighbours.
            #expect(phase.problem == .tooFewPoints && phase.upper.isEmpty)
        } else {
            #expect(phase.problem == nil && phase.upper.map(\.isNaN) == [false, true, false, true, true, false])
        }
    }
}

@Suite("Charts of bad input")
struct BadChartTests {
    private static let nothing: [Double] = []

    @Test("nothing, and phases without points")
    func empty() {
        for series in [ChartSeries.run(Self.nothing), .individuals([.nan, .nan]), .counts(Self.nothing)] {
            let phase = ControlChart(series).phases[0]
            #expect(phase.center == nil && phase.problem == .noPoints && phase.verdicts.isEmpty)
            #expect(phase.upper.isEmpty && phase.runs == nil)
        }
        let values = [1, 2, 3, 4.0]
        let chart = ControlChart(
            .individuals(values),
            phases: [ChartPhase(start: 2), ChartPhase(start: 2), ChartPhase(start: 9), ChartPhase(start: -3)])
        #expect(chart.phases.map(\.range) == [0..<2, 2..<2, 2..<4, 4..<4])
        #expect(chart.phases.map { $0.problem == .noPoints } == [false, true, false, true])
        #expect(ControlChart(.run(values), phases: [ChartPhase(baseline: -1)]).phases[0].problem == .noPoints)
    }

    @Test("one value has a centre and no limits")
    func one() {
        let phase = ControlChart(.individuals([7])).phases[0]
        #expect(phase.center == 7 && phase.problem == .tooFewPoints && phase.sigmas.isEmpty)
        #expect(phase.verdicts.map(\.ruleSet) == [.anhoej, .ihi] && !phase.verdicts.contains(where: \.isSignal))
        #expect(ControlChart(.run([7])).phases[0].runs?.longestTrend == 1)
    }

    @Test("equal values do not vary")
    func constant() {
        let equal = [Double](repeating: 3, count: 30)
        let hundred = [Double](repeating: 100, count: 30)
        let zero = [Double](repeating: 0, count: 30)
        let series: [ChartSeries] = [
            .individuals(equal), .timeBetween(equal), .counts(zero), .casesBetween(zero),
            .shares(zero, of: hundred), .shares(hundred, of: hundred, adjusted: true),
            .rates(zero, per: hundred, adjusted: true),
            .subgroups(means: equal, standardDeviations: zero, sizes: equal),
        ]
        for series in series {
            let phase = ControlChart(series).phases[0]
            #expect(phase.problem == .noVariation && phase.center != nil && phase.sigmas.isEmpty, "\(series.kind)")
            #expect(phase.verdicts.allSatisfy { !$0.isSignal })
        }
    }

    @Test("equal values lie on their centre line, whatever rounding makes of their mean", arguments: 2...60)
    func equalToCenter(count: Int) {
        for value in [0.1, 51.3, 1e-7 / 3] {
            let values = [Double](repeating: value, count: count)
            for series in [
                ChartSeries.individuals(values), .timeBetween(values), .rates(values, per: values), .counts(values),
            ] {
                let phase = ControlChart(series).phases[0]
                #expect(
                    phase.runs?.useful == 0
                        && phase.verdicts.allSatisfy { verdict in
                            verdict.signals.allSatisfy { $0.rule == .fifteenWithin }
                        })
            }
        }
    }

    @Test("impossible points name themselves")
    func impossible() {
        let series: [ChartSeries] = [
            .individuals([1, .infinity]), .counts([1, -1]), .shares([1, 7], of: [5, 5]),
            .shares([1, 1], of: [5, -5]), .rates([1, -2], per: [5, 5]),
            .rates([1, 1], per: [5, .infinity]), .casesBetween([0, -1]), .timeBetween([3, -1]),
            .subgroups(means: [1, 1], ranges: [1, -1], sizes: [5, 5]),
            .subgroups(means: [1, 1], standardDeviations: [1, 1], sizes: [5, 2.5]),
        ]
        for series in series {
            let chart = ControlChart(series, phases: [ChartPhase(start: 0)]).phases[0]
            #expect(chart.problem == .impossiblePoint(1) && chart.center == nil, "\(series.kind)")
        }
        // A phase before it is none the worse.
        let chart = ControlChart(.counts([4, 6, 5, -1]), phases: [ChartPhase(start: 3)])
        #expect(chart.phases[0].center == 5 && chart.phases[1].problem == .impossiblePoint(3))
    }

    @Test("numbers too large to compute with")
    func huge() {
        let values = [1e308, -1e308, 1e308, -1.5e308, 1.7e308]
        let phase = ControlChart(.individuals(values)).phases[0]
        #expect(phase.problem == .outOfRange && phase.sigmas.isEmpty)
        let large = ControlChart(.individuals(values.map { $0 / 1e8 })).phases[0]
        #expect(large.problem == nil && large.upper.allSatisfy(\.isFinite))
        #expect(ControlChart(.casesBetween([1e200, 2e200])).phases[0].problem == .outOfRange)
        #expect(ControlChart(.run([1e308, 1.7e308])).phases[0].center != nil)
    }

    @Test("subgroups that differ in size have no chart of ranges; subgroups of one have no spread")
    func subgroups() throws {
        let unequal = ChartSeries.subgroups(means: [1, 2], ranges: [1, 1], sizes: [4, 5])
        #expect(ControlChart(unequal).phases[0].problem == .unequalSubgroups)
        #expect(throws: ChartProblem.unequalSubgroups) { _ = try SpreadChart(unequal) }
        let single = Subgroups([1, 2, 3], bounds: [0, 1, 2, 3])
        #expect(single.standardDeviations.allSatisfy(\.isNaN) && single.sizes == [1, 1, 1])
        #expect(ControlChart(single.byStandardDeviation).phases[0].problem == .noSpread)
        #expect(ControlChart(single.byStandardDeviation).phases[0].center == 2)
        // Among larger ones it has a mean and no limits.
        let mixed = Subgroups([1, 2, 3, 4, 5, 7, .nan], bounds: [0, 1, 3, 6, 6, 7])
        let phase = ControlChart(mixed.byStandardDeviation).phases[0]
        #expect(phase.upper.map(\.isNaN) == [true, false, false, true, true] && phase.problem == nil)
        let spread = try SpreadChart(mixed.byStandardDeviation)
        #expect(spread.upper.map(\.isNaN) == [true, false, false, true, true])
    }

    @Test("subgroups of impossible or unheard-of sizes")
    func sizes() {
        let impossible = ChartSeries.subgroups(means: [1, 2], ranges: [1, 1], sizes: [1e300, 1e300])
        #expect(throws: ChartProblem.impossiblePoint(0)) { _ = try SpreadChart(impossible) }
        #expect(ControlChart(impossible).phases[0].problem == .impossiblePoint(0))
        let vast = ChartSeries.subgroups(means: [1, 2], ranges: [1, 1], sizes: [5000, 5000])
        #expect(ControlChart(vast).phases[0].problem == .outOfRange && ControlChart(vast).phases[0].center == 1.5)
    }

    @Test("every problem explains itself without a count")
    func explanations() {
        let problems: [ChartProblem] = [
            .noPoints, .tooFewPoints, .noSpread, .noVariation, .impossiblePoint(3), .unequalSubgroups, .outOfRange,
        ]
        #expect(Set(problems.map(\.explanation)).count == problems.count)
        #expect(ChartProblem.impossiblePoint(3).explanation.hasPrefix("point 4 "))
    }
}
