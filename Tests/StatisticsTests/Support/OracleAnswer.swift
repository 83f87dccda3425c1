import Foundation
import PlumblineTestSupport
import Testing

/// An answer of any shape that the references have.
indirect enum OracleAnswer {
    case number(Double?)
    case text(String)
    case list([OracleAnswer])
    case named([String: OracleAnswer])

    static func numbers(_ values: [Double?]) -> OracleAnswer { .list(values.map { .number($0) }) }

    /// One number per name.
    static func numbers(_ names: [String], _ values: [Double?]) -> OracleAnswer {
        .named(Dictionary(uniqueKeysWithValues: zip(names, values.map { .number($0) })))
    }

    /// Whether this is the wanted value, number by number.
    func agrees(with wanted: Any, _ isClose: (Double, Double) -> Bool) -> Bool {
        switch (self, wanted) {
        case (.number(nil), _): wanted is NSNull || wanted as? String == "Inf"
        case (.number(let got?), let wanted as NSNumber): isClose(got, wanted.doubleValue)
        case (.text(let got), let wanted as String): got == wanted
        case (.list(let got), let wanted as [Any]):
            got.count == wanted.count && zip(got, wanted).allSatisfy { $0.agrees(with: $1, isClose) }
        case (.named(let got), let wanted as [String: Any]):
            got.count == wanted.count
                && wanted.allSatisfy { name, value in got[name]?.agrees(with: value, isClose) ?? false }
        default: false
        }
    }
}

extension Oracle.Quantity {
    /// Fails unless the answer agrees within the quantity's own tolerance.
    func expect(_ got: OracleAnswer, sourceLocation: SourceLocation = #_sourceLocation) {
        let agrees = got.agrees(with: value) { mine, theirs in
            abs(mine - theirs) <= max(tolerance * abs(theirs), absoluteTolerance)
        }
        if !agrees {
            Issue.record("\(name) \(arguments): got \(got), wanted \(value)", sourceLocation: sourceLocation)
        }
    }
}

extension Oracle {
    /// Holds every quantity against its answer; a quantity without one fails.
    func expectEvery(_ answer: (Quantity) throws -> OracleAnswer?) rethrows {
        #expect(!quantities.isEmpty)
        for quantity in quantities {
            if let answer = try answer(quantity) {
                quantity.expect(answer)
            } else {
                Issue.record("no answer to \(quantity.name) \(quantity.arguments)")
            }
        }
    }
}
