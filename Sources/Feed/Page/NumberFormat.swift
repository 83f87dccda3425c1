import Foundation
import MeasureModel

/// Numbers as people read them; the files keep every digit.
struct NumberFormat {
    private let isShare: Bool

    init(unit: String) {
        isShare = unit == "proportion"
    }

    /// A value with its interval: `4.21 [4.05, 4.37]`.
    func value(_ observation: Observation) -> String {
        guard let value = observation.value else { return "–" }
        guard let low = observation.low, let high = observation.high else { return text(value) }
        return "\(text(value)) [\(text(low)), \(text(high))]"
    }

    /// Shares as percentages, other numbers with about three digits.
    func text(_ number: Double) -> String {
        if isShare { return decimals(number * 100, 1) + " %" }
        if number == number.rounded(), abs(number) < 1e9 { return decimals(number, 0) }
        let magnitude = abs(number)
        return decimals(number, magnitude < 1 ? 3 : magnitude < 100 ? 2 : 1)
    }

    private func decimals(_ number: Double, _ places: Int) -> String {
        let text = String(format: "%.\(places)f", locale: Locale(identifier: "en_US_POSIX"), number)
        // "-0.0" is no number that anybody wants to read.
        return text.allSatisfy({ "-0.".contains($0) }) ? text.replacing("-", with: "") : text
    }
}
