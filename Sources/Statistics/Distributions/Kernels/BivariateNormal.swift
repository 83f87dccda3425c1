#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Two standard normal variables with a correlation strictly between -1 and 1.
struct BivariateNormal {
    /// The correlation.
    let correlation: Double

    /// The density at (h, k); 0 where either is infinite.
    func density(_ h: Double, _ k: Double) -> Double {
        guard h.isFinite, k.isFinite else { return 0 }
        let rest = (1 - correlation) * (1 + correlation)
        let square = h * h - 2 * correlation * h * k + k * k
        return exp(-square / (2 * rest)) / (2 * Double.pi * rest.squareRoot())
    }

    /// P(X ≤ h, Y ≤ k), to about 1e-14.
    ///
    /// The derivative by the correlation is the density, so the probability is that of independence plus the integral
    /// of the density up to the correlation, over its arc sine (R. L. Plackett, Biometrika 41, 1954; A. Genz, Statistics
    /// and Computing 14, 2004). Towards a perfect correlation the integrand bends ever more sharply; there the panels
    /// halve.
    func cdf(_ h: Double, _ k: Double) -> Double {
        if h == -.infinity || k == -.infinity { return 0 }
        let (below, left) = (Self.cdf(h), Self.cdf(k))
        if h == .infinity { return left }
        if k == .infinity { return below }
        let end = abs(asin(correlation))
        let sign = correlation < 0 ? -1.0 : 1.0
        let product = sign * h * k
        let squares = (h * h + k * k) / 2
        var integral = 0.0
        var from = 0.0
        while from < end {
            let to = min(from + (Double.pi / 2 - from) / 2, end)
            integral += GaussLegendre.integral(from: from, to: to) { angle in
                let cosine = cos(angle)
                return exp((product * sin(angle) - squares) / (cosine * cosine))
            }
            from = to
        }
        return (below * left + sign * integral / (2 * Double.pi)).clamped(to: 0...min(below, left))
    }

    private static func cdf(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
}
