import PlumblineTestSupport
import Statistics
import Testing

extension Oracle {
    static let absenceComment = Comment(rawValue: absence)

    /// Holds every quantity of the case against our answer. An estimate that is undefined answers with no number, which
    /// is what null wants; nil says that the room has no answer, and fails.
    func expectAll(sourceLocation: SourceLocation = #_sourceLocation, _ answer: (Quantity) throws -> [Double]?) throws {
        #expect(!quantities.isEmpty)
        for quantity in quantities {
            do {
                guard let got = try answer(quantity) else {
                    Issue.record("no answer to \(quantity.name) \(quantity.arguments)", sourceLocation: sourceLocation)
                    continue
                }
                quantity.expect(got, sourceLocation: sourceLocation)
            } catch is Undefined {
                quantity.expect([], sourceLocation: sourceLocation)
            }
        }
    }
}

extension Oracle.Quantity {
    /// Fails unless the numbers agree within the quantity's own tolerance.
    func expect(_ got: [Double]?, sourceLocation: SourceLocation = #_sourceLocation) {
        if let difference = difference(from: got) { Issue.record("\(difference)", sourceLocation: sourceLocation) }
    }

    /// The level of an interval, 95 % where none is named.
    var level: ConfidenceLevel { number("conf").flatMap(ConfidenceLevel.init) ?? .percent95 }

    /// An argument that is a list of names.
    func names(_ argument: String) -> [String] { arguments[argument] as? [String] ?? [] }
}

/// One number, or none where it is undefined.
func single(_ number: Double?) -> [Double] { number.map { [$0] } ?? [] }

/// Both limits, or nothing.
func limits(_ interval: Interval?) -> [Double] { interval.map { [$0.low, $0.high] } ?? [] }
