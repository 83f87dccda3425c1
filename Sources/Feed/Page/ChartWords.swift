import MeasureModel
import Statistics

/// What a chart says, in words.
struct ChartWords {
    private let measure: FeedMeasure
    private let format: NumberFormat

    init(_ measure: FeedMeasure, _ format: NumberFormat) {
        self.measure = measure
        self.format = format
    }

    /// The lines, the phase and the signals at a point: `centre 30.1 %, limits 20.4 % to 39.8 %; signal: ...`.
    func text(_ observation: Observation) -> String? {
        guard let chart = observation.chart else { return nil }
        let parts = [lines(chart), phase(observation, chart), signals(chart), disagreement(chart)]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    private func lines(_ chart: Observation.Chart) -> String {
        guard let center = chart.center else { return "no chart: \(chart.reason ?? "it has no centre line")" }
        let limits = [
            chart.lower.map { "from \(format.text($0))" }, chart.upper.map { "up to \(format.text($0))" },
        ].compactMap(\.self)
        let words = limits.isEmpty ? chart.reason.map { "no limits: \($0)" } : "limits \(limits.joined(separator: " "))"
        return (["centre \(format.text(center))"] + [words].compactMap(\.self)).joined(separator: ", ")
    }

    /// The phase and why it began; nothing in the first, which has no beginning.
    private func phase(_ observation: Observation, _ chart: Observation.Chart) -> String? {
        guard chart.phase > 1 else { return nil }
        let begun = (measure.chart?.phases ?? []).filter { phase in
            phase.start <= observation.period.start ?? "" && phase.group.allSatisfy { observation.group[$0] == $1 }
        }
        return "phase \(chart.phase)" + (begun.last.map { " since \($0.start): \($0.reason)" } ?? "")
    }

    private func signals(_ chart: Observation.Chart) -> String? {
        guard !chart.signals.isEmpty else { return nil }
        let found = chart.signals.map { ChartRule(rawValue: $0)?.words ?? $0 }
        return "signal (\(title(chart.rules))): \(found.joined(separator: ", "))"
    }

    private func disagreement(_ chart: Observation.Chart) -> String? {
        guard !chart.disagree.isEmpty else { return nil }
        let others = chart.disagree.map(title).joined(separator: ", ")
        return chart.signals.isEmpty ? "\(others) would signal" : "\(others) would not signal"
    }

    private func title(_ rules: String) -> String { RuleSet(rawValue: rules)?.title ?? rules }
}
