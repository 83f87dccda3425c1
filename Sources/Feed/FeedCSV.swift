import MeasureModel
import TabularIO

/// The feed as a table: the columns of the contract in their order, one row an observation.
struct FeedCSV {
    private let edition: FeedEdition
    private let measures: [String: FeedMeasure]

    init(_ edition: FeedEdition) {
        self.edition = edition
        measures = Dictionary(uniqueKeysWithValues: edition.measures.map { ($0.id, $0) })
    }

    var header: [String] {
        ["measure", "version", "type", "domain", "part", "period_kind", "period", "period_start", "period_end"]
            + GroupKey.standardDimensions + edition.ownDimensions.map(words) + [
                "unit", "value", "n", "n_kind", "numerator", "denominator", "low", "high", "level", "method", "status",
                "reason", "flags", "center", "lower", "upper", "signals", "rules", "response_rate", "censor", "id",
                "data",
                "script", "policy",
            ]
    }

    func text() -> String {
        var text = CSVText.line(header)
        for observation in edition.observations { text += CSVText.line(row(observation)) }
        return text
    }

    /// Text from people is made harmless for spreadsheets and for eyes; numbers are left alone.
    private func words(_ text: String?) -> String { CSVText.harmless(VisibleText.of(text ?? "", keepingLines: true)) }

    private func row(_ observation: Observation) -> [String] {
        let measure = measures[observation.measure]
        let period = observation.period
        func number(_ value: Double?) -> String { value.map { JSON.text(of: $0) } ?? "" }
        let what = [
            words(observation.measure), observation.version, measure?.type ?? "", measure?.domain ?? "",
            words(observation.part), period.kind, words(period.label), period.start ?? "", period.end ?? "",
        ]
        let group = (GroupKey.standardDimensions + edition.ownDimensions).map { words(observation.group[$0]) }
        let numbers = [
            words(observation.unit), number(observation.value), observation.n.map(String.init) ?? "",
            words(observation.countedUnit), number(observation.numerator), number(observation.denominator),
            number(observation.low), number(observation.high), number(observation.level), observation.method ?? "",
        ]
        let chart = observation.chart
        let charted = [
            number(chart?.center), number(chart?.lower), number(chart?.upper),
            chart?.signals.joined(separator: " ") ?? "", chart?.rules ?? "",
        ]
        let rest = [
            number(observation.response?.rate), "", observation.id, observation.provenance.data,
            observation.provenance.script,
            observation.provenance.policy,
        ]
        let status = [observation.status, words(observation.reason), observation.flags.joined(separator: " ")]
        return what + group + numbers + status + charted + rest
    }
}
