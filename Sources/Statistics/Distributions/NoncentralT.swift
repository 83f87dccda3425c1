#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Student's t about a mean that is not 0: (Z + δ) / √(χ² / df).
public struct NoncentralT: Hashable, Sendable {
    /// The degrees of freedom; they need not be whole.
    public let degreesOfFreedom: Double
    /// The noncentrality δ.
    public let noncentrality: Double

    /// A noncentral t distribution, or nil unless the degrees of freedom lie in 1...10^8 and δ within ±10^6.
    public init?(degreesOfFreedom: Double, noncentrality: Double) {
        guard 1...1e8 ~= degreesOfFreedom, -1e6...1e6 ~= noncentrality else { return nil }
        self.degreesOfFreedom = degreesOfFreedom
        self.noncentrality = noncentrality
    }

    /// P(X ≤ x) to an absolute 1e-12; nil for NaN and for |x| above 10^6.
    public func cdf(_ x: Double) -> Double? { integrate(x) { erfc((noncentrality - $0) / 2.0.squareRoot()) / 2 } }

    /// P(X > x) to an absolute 1e-12; nil for NaN and for |x| above 10^6.
    public func upperTail(_ x: Double) -> Double? {
        integrate(x) { erfc(($0 - noncentrality) / 2.0.squareRoot()) / 2 }
    }

    /// The mean of `f(x s)` over the distribution of s = √(χ² / df).
    ///
    /// With s = eᵘ the density falls off exponentially at both ends, where the trapezoid rule is exact to the last
    /// digits (L. N. Trefethen & J. A. C. Weideman, SIAM Review 56, 2014), given a step well below the widths of the
    /// density, 1 / √(2 df), and of `f`, 1 / |x|.
    private func integrate(_ x: Double, _ f: (Double) -> Double) -> Double? {
        guard -1e6...1e6 ~= x else { return nil }
        let df = degreesOfFreedom
        let step = 1 / (4 * (2 * df + x * x + 1).squareRoot())
        let density = (df / Double.pi).squareRoot() * exp(-stirlingError(df / 2))
        func term(_ index: Int) -> (weight: Double, value: Double) {
            let u = Double(index) * step
            let weight = exp(df * (u - expm1(2 * u) / 2))
            return (weight, weight * f(x * exp(u)))
        }
        var sum = term(0).value
        for direction in [1, -1] {
            var index = direction
            while true {
                let (weight, value) = term(index)
                sum += value
                if weight < 1e-18 { break }
                index += direction
            }
        }
        return min(sum * step * density, 1)
    }

    /// The δ with P(X > t) = q; nil unless 0 < q < 1, t within ±10^5 and the degrees of freedom in 1...10^8.
    public static func noncentrality(leaving q: Double, above t: Double, degreesOfFreedom: Double) -> Double? {
        guard 0 < q, q < 1, -1e5...1e5 ~= t else { return nil }
        func excess(_ delta: Double) -> Double? {
            NoncentralT(degreesOfFreedom: degreesOfFreedom, noncentrality: delta)?.upperTail(t).map { $0 - q }
        }
        // Near t - z, and wider for a t that is itself uncertain.
        let guess = t - Normal.standardUpperQuantile(q) * (1 + t * t / (2 * degreesOfFreedom)).squareRoot()
        var width = 1.0
        var (low, high) = (guess - width, guess + width)
        while let below = excess(low), below > 0 { (width, low) = (2 * width, low - 2 * width) }
        width = 1
        while let above = excess(high), above < 0 { (width, high) = (2 * width, high + 2 * width) }
        return root(in: low...high, excess)
    }

    /// The zero of an increasing function by the method of false position in the Illinois form, which halves the value
    /// of an end that stays (M. Dowell & P. Jarratt, BIT 11, 1971).
    private static func root(in range: ClosedRange<Double>, _ f: (Double) -> Double?) -> Double? {
        guard var below = f(range.lowerBound), var above = f(range.upperBound) else { return nil }
        var (low, high) = (range.lowerBound, range.upperBound)
        var lastMoved = 0
        for _ in 0..<200 where high - low > 1e-12 * max(1, abs(low)) && above > below {
            let middle = low - below * (high - low) / (above - below)
            guard let value = f(middle) else { return nil }
            if value == 0 { return middle }
            if value < 0 {
                (low, below) = (middle, value)
                if lastMoved == -1 { above /= 2 }
                lastMoved = -1
            } else {
                (high, above) = (middle, value)
                if lastMoved == 1 { below /= 2 }
                lastMoved = 1
            }
            if abs(value) < 1e-14 { return middle }
        }
        return (low + high) / 2
    }
}
