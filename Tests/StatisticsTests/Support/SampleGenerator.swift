import Foundation
import PlumblineTestSupport
import Statistics

extension SplitMix64 {
    /// Uniform numbers, of which a share is missing (NaN).
    mutating func column(
        count: Int, in range: ClosedRange<Double> = 0...1, missing: Double = 0
    ) -> [Double] {
        (0..<count).map { _ in
            let value = Double.random(in: range, using: &self)
            return Double.random(in: 0..<1, using: &self) < missing ? .nan : value
        }
    }

    /// A number whose logarithm is uniform.
    mutating func spread(_ low: Double, _ high: Double) -> Double {
        exp(Double.random(in: log(low)...log(high), using: &self))
    }
}
