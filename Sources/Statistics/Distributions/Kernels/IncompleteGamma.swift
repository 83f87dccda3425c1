#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x), for a > 0, x ≥ 0.
///
/// Relative accuracy about 1e-13 in both tails for a from 0.01 to 10^8.
struct IncompleteGamma {
    let a: Double
    /// x^a e^-x / Γ(a) at its largest, where x = a.
    private let peak: Double

    init(a: Double) {
        self.a = a
        peak = (a / (2 * Double.pi)).squareRoot() * exp(-stirlingError(a))
    }

    /// Both tails at x.
    func tails(x: Double) -> Tails {
        if x == .infinity { return Tails(lower: 1, upper: 0, density: 0) }
        let density = peak * exp(-devianceTerm(a, mean: x, difference: a - x))
        if x < a + 1 {
            let lower = min(density * lowerSeries(x), 1)
            return Tails(lower: lower, upper: 1 - lower, density: density)
        }
        let upper = min(density * upperFraction(x), 1)
        return Tails(lower: 1 - upper, upper: upper, density: density)
    }

    /// log Γ(a + 1), with which P(a, x) tends to x^a / Γ(a + 1) for small x.
    var logPowerLawScale: Double { log(a) + a * log(a) - a - log(peak) }

    /// P(a, x) Γ(a) / (x^a e^-x) = Σ x^k / (a (a + 1) ... (a + k)). Source: DLMF 8.7.1 (Abramowitz & Stegun 6.5.29).
    private func lowerSeries(_ x: Double) -> Double {
        var term = 1 / a
        var sum = term
        var k = 1.0
        while true {
            term *= x / (a + k)
            let next = sum + term
            if next == sum { return sum }
            sum = next
            k += 1
        }
    }

    /// Q(a, x) Γ(a) / (x^a e^-x). Source: continued fraction DLMF 8.9.2 (Abramowitz & Stegun 6.5.31), even part.
    private func upperFraction(_ x: Double) -> Double {
        var lentz = Lentz(firstDenominator: x + 1 - a)
        var k = 1.0
        while true {
            lentz.append(numerator: k * (a - k), denominator: x + 1 - a + 2 * k)
            if lentz.hasConverged { return 1 / lentz.value }
            k += 1
        }
    }
}
