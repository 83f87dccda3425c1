#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The constants that make standard deviations and ranges of small normal samples into unbiased estimates of σ.
///
/// Exact values, not those of the printed tables, which are rounded to three or four digits.
public enum BiasConstants {
    /// d2 of two values, 2/√π: the mean of the range of two standard normal values.
    public static let d2OfPairs = 2 / Double.pi.squareRoot()

    /// d3 of two values, √(2 - 4/π): the standard deviation of that range.
    public static let d3OfPairs = (2 - 4 / Double.pi).squareRoot()

    /// c4: the mean of the standard deviation of `size` standard normal values; nil unless the size is 2...10^9.
    ///
    /// √(2 / (n - 1)) Γ(n/2) / Γ((n - 1)/2).
    public static func c4(_ size: Double) -> Double? {
        2...1e9 ~= size ? gammaHalfStep((size - 1) / 2) : nil
    }

    /// The standard error of the standard deviation relative to its mean, √(1 - c4²) / c4; nil unless the size is
    /// 2...10^9.
    static func relativeError(_ size: Double) -> Double? {
        c4(size).map { (1 - $0 * $0).squareRoot() / $0 }
    }

    /// d2: the mean of the range of `size` standard normal values, ∫ 1 - (1 - Φ)ⁿ - Φⁿ; nil unless the size is
    /// 2...1000.
    ///
    /// The integrand vanishes with all its derivatives at both ends, so that the trapezoid rule is exact to the last
    /// digits (L. N. Trefethen & J. A. C. Weideman, SIAM Review 56, 2014).
    public static func d2(_ size: Int) -> Double? {
        guard sizes.contains(size) else { return nil }
        let n = Double(size)
        return trapezoid(normalRange, step: 0.1) { x in
            1 - pow(normal(-x), n) - pow(normal(x), n)
        }
    }

    /// d3: the standard deviation of the range of `size` standard normal values; nil unless the size is 2...1000.
    ///
    /// The mean square of the range is ∫ 2 w P(W > w) dw, here with w = eᵘ, so that the trapezoid rule serves again.
    public static func d3(_ size: Int) -> Double? {
        guard let mean = d2(size) else { return nil }
        let meanSquare = trapezoid(-20...3, step: 0.1) { u in
            let w = exp(u)
            return 2 * w * w * rangeTail(beyond: w, Double(size))
        }
        return (meanSquare - mean * mean).squareRoot()
    }

    /// P(W > w) = 1 - n ∫ φ(x) (Φ(x + w) - Φ(x))ⁿ⁻¹ dx.
    private static func rangeTail(beyond w: Double, _ n: Double) -> Double {
        let within = trapezoid(normalRange, step: 0.125) { x in
            exp(-x * x / 2) * pow(max(normal(x + w) - normal(x), 0), n - 1)
        }
        return max(1 - n * within / (2 * Double.pi).squareRoot(), 0)
    }

    private static func trapezoid(_ range: ClosedRange<Double>, step: Double, _ f: (Double) -> Double) -> Double {
        var sum = 0.0
        for index in 0...Int((range.upperBound - range.lowerBound) / step) {
            sum += f(range.lowerBound + Double(index) * step)
        }
        return sum * step
    }

    private static func normal(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

    private static let sizes = 2...1000
    /// Beyond it a normal density is below 1e-17.
    private static let normalRange = -9.0...9.0
}

/// Γ(a + 1/2) / (Γ(a) √a) for a > 0: 1 less about 1 / (8 a).
func gammaHalfStep(_ a: Double) -> Double {
    exp(a * log1p(1 / (2 * a)) - 0.5 + stirlingError(a + 0.5) - stirlingError(a))
}
