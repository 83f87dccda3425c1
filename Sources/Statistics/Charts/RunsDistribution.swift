#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The number of runs in a random order of so many points above and below a line.
///
/// Source: F. S. Swed & C. Eisenhart, "Tables for testing randomness of grouping in a sequence of alternatives", Annals
/// of Mathematical Statistics 14 (1943).
struct RunsDistribution {
    private let above: Int
    private let below: Int

    /// Nil unless there are at least two points on each side: with fewer, no number of runs is surprising.
    init?(above: Int, below: Int) {
        guard above > 1, below > 1 else { return nil }
        self.above = above
        self.below = below
    }

    /// P(runs = r): an even number is split evenly between the sides, an odd one gives either side one more.
    func probability(_ runs: Int) -> Double {
        let half = runs / 2
        if runs.isMultiple(of: 2) { return 2 * ways(half, half) }
        return ways(half + 1, half) + ways(half, half + 1)
    }

    /// The probability of one way to cut the points above into `upper` runs and those below into `lower` runs.
    private func ways(_ upper: Int, _ lower: Int) -> Double {
        guard 1...above ~= upper, 1...below ~= lower else { return 0 }
        return exp(
            logChoose(above - 1, upper - 1) + logChoose(below - 1, lower - 1) - logChoose(above + below, above))
    }

    /// The numbers of runs that leave at most alpha / 2 at either end.
    func central(alpha: Double) -> ClosedRange<Int> {
        let most = min(2 * min(above, below) + 1, above + below)
        let lowest = Self.first(in: Array(2...most), beyond: alpha / 2, probability)
        let highest = Self.first(in: (2...most).reversed(), beyond: alpha / 2, probability)
        return min(lowest, highest)...max(lowest, highest)
    }

    /// The first number whose probability, added to those before it, exceeds `tail`.
    private static func first(in numbers: [Int], beyond tail: Double, _ probability: (Int) -> Double) -> Int {
        var sum = 0.0
        // Sums that equal the tail on paper may differ from it in the last digits; they count as equal.
        return numbers.first { number in
            sum += probability(number)
            return sum > tail * (1 + 1e-10)
        } ?? numbers[numbers.count - 1]
    }

    private func logChoose(_ n: Int, _ k: Int) -> Double {
        logFactorial(n) - logFactorial(k) - logFactorial(n - k)
    }

    private func logFactorial(_ n: Int) -> Double {
        let n = Double(n)
        return n == 0 ? 0 : n * log(n) - n + 0.5 * log(2 * Double.pi * n) + stirlingError(n)
    }
}
