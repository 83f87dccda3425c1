import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

/// The bytes that a night writes against the tree that says what they are.
struct ObservationBytesTests {
    private static let texts = ["", "plain", "a \"quoted\" \\ text", "line\nbreak\ttab\r", "é日本\u{2028}\u{7f}\u{1}"]

    @Test func agreesWithTheTree() {
        var random = SplitMix64(seed: 31)
        for _ in 0..<500 {
            let observation = Self.observation(&random)
            #expect(observation.jsonBytes == observation.json.bytes())
        }
    }

    private static func observation(_ random: inout SplitMix64) -> Observation {
        func text() -> String { random.pick(texts) }
        func optional() -> String? { random.pick(texts.map(Optional.some) + [nil, nil]) }
        func number() -> Double? { random.pick([nil, 0, -0.0, 1, 0.1, 1e300, -2.5e-7, 1e15, .nan, 123_456]) }
        var made = Observation(
            id: text(), measure: text(), version: text(), part: optional(),
            params: random.pick([[:], ["a": 1], ["z": 2.5, "b\"": -1, "é": 0]]), preset: optional(),
            period: .init(
                kind: text(), label: text(), start: optional(), end: optional(), complete: random.pick([true, false])),
            group: random.pick([[:], ["role": "coach"], ["zone": "1", "school": "a\"b", "network": "n", "area": "x"]]),
            unit: text(), countedUnit: text(), status: random.pick(Status.allCases), reason: optional(),
            provenance: .init(data: text(), script: text(), host: text(), policy: text(), asOf: text()))
        (made.value, made.numerator, made.denominator) = (number(), number(), number())
        (made.low, made.high, made.level) = (number(), number(), number())
        made.n = random.pick([nil, 0, 12, -1])
        made.method = optional()
        made.flags = random.pick([[], ["signal"], ["a", "b\"c"]])
        if random.pick([true, false]) {
            var chart = Observation.Chart(kind: text(), phase: 2, rules: text(), reason: optional())
            (chart.center, chart.lower, chart.upper) = (number(), number(), number())
            (chart.signals, chart.disagree) = (
                random.pick([[], ["longest_run", "a\"b"]]), random.pick([[], ["ihi"]])
            )
            made.chart = chart
        }
        return made
    }
}
