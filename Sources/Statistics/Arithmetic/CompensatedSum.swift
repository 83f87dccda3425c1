/// A sum together with what rounding took from it, so that adding up n numbers costs hardly more than one rounding.
///
/// Every addition is split into its rounded result and its exact error, and the errors are summed apart. Without a
/// branch, unlike Kahan's and Neumaier's forms, so that it also runs in lanes.
///
/// Source: the error-free transformation TwoSum of D. E. Knuth, "The Art of Computer Programming" 2, 4.2.2, theorem
/// B; as a summation, T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26 (2005),
/// Sum2.
struct CompensatedSum: Equatable, Sendable {
    private(set) var rounded = 0.0
    private(set) var error = 0.0

    @inline(__always)
    mutating func add(_ x: Double) {
        let sum = rounded + x
        let taken = sum - rounded
        error += (rounded - (sum - taken)) + (x - taken)
        rounded = sum
    }

    mutating func add(_ other: CompensatedSum) {
        add(other.rounded)
        error += other.error
    }

    /// The sum, rounded once. Infinite or NaN where it leaves the range of Double.
    var value: Double { rounded + error }

    /// The sum divided by a count, rounded once: of 0.1, 0.2 and 0.3 it is 0.2. Samples with one sum have one mean.
    func mean(of count: Int) -> Double {
        let (quotient, error) = divided(by: count)
        return quotient + error
    }

    /// The sum divided by a count: the quotient, and what rounding took from it.
    func divided(by count: Int) -> (quotient: Double, error: Double) {
        let n = Double(count)
        let quotient = value / n
        let remainder = rounded.addingProduct(-quotient, n) + error
        return (quotient, remainder / n)
    }
}

/// Eight compensated sums side by side; see `Lanes` for the order.
struct LaneSum {
    private var rounded = Lanes(repeating: 0)
    private var error = Lanes(repeating: 0)

    @inline(__always)
    mutating func add(_ x: Lanes) {
        let sum = rounded + x
        let taken = sum - rounded
        error += (rounded - (sum - taken)) + (x - taken)
        rounded = sum
    }

    /// The lanes added up, first to last.
    var total: CompensatedSum {
        var total = CompensatedSum()
        for lane in rounded.indices {
            total.add(rounded[lane])
            total.add(error[lane])
        }
        return total
    }
}
