#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The regularised incomplete beta function I_x(a, b) and its complement, for a, b > 0.
///
/// Relative accuracy better than 1e-12 in both tails for a and b from 0.01 to 10^8.
struct IncompleteBeta {
    let a: Double
    let b: Double
    /// x^a y^b / B(a, b) at its largest, where x = a / (a + b).
    private let peak: Double

    init(a: Double, b: Double) {
        self.a = a
        self.b = b
        let correction = stirlingError(a + b) - stirlingError(a) - stirlingError(b)
        peak = (a / (a + b) * b / (2 * Double.pi)).squareRoot() * exp(correction)
    }

    /// Both tails at x. The caller gives y = 1 - x as well, because only the caller can compute the smaller of
    /// the two without rounding away its digits.
    func tails(x: Double, y: Double) -> Tails {
        let n = a + b
        // How far x lies below the mean: a - n x = n y - b. The smaller of x and y carries the digits, the larger
        // may be a rounded 1 - x.
        let below = x <= y ? a.addingProduct(-n, x) : (-b).addingProduct(n, y)
        let deviance =
            devianceTerm(a, mean: n * x, difference: below) + devianceTerm(b, mean: n * y, difference: -below)
        let density = peak * exp(-deviance)
        // The fraction converges fast below the mean only: beyond it the other tail is computed.
        if x * (n + 2) < a + 1 {
            let lower = min(density * Self.continuedFraction(a, b, x, y, below: below), 1)
            return Tails(lower: lower, upper: 1 - lower, density: density)
        }
        let upper = min(density * Self.continuedFraction(b, a, y, x, below: -below), 1)
        return Tails(lower: 1 - upper, upper: upper, density: density)
    }

    /// log(a B(a, b)), with which I_x(a, b) tends to x^a / (a B(a, b)) for small x.
    var logPowerLawScale: Double {
        log(a) + a * log(a / (a + b)) + b * log(b / (a + b)) - log(peak)
    }

    /// I_x(a, b) B(a, b) / (x^a y^b), where `below` = a - (a + b) x.
    ///
    /// Source: A. R. DiDonato & A. H. Morris, "Algorithm 708: Significant digit computation of the incomplete beta
    /// function ratios", ACM TOMS 18 (1992), function `bfrac`: the even part of DLMF 8.17.22, arranged so that
    /// nothing cancels when a is large and x near 1.
    private static func continuedFraction(
        _ a: Double, _ b: Double, _ x: Double, _ y: Double, below: Double
    ) -> Double {
        var lentz = Lentz(firstDenominator: a / (a + 1) * (below + 1))
        var k = 1.0
        repeat {
            let step = a + 2 * k - 1
            let pairing = k * (b - k) * x / step
            let numerator = (a + k - 1) * ((a + b + k - 1) * x / step) * pairing
            let denominator = k + pairing + (a + k) / (step + 2) * (below + 1 + k * (1 + y))
            lentz.append(numerator: numerator, denominator: denominator)
            k += 1
        } while !lentz.hasConverged
        return 1 / lentz.value
    }
}
