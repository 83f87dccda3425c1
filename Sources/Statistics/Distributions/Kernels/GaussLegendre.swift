#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Gauss and Legendre's quadrature with twenty nodes: exact for polynomials up to degree 39.
enum GaussLegendre {
    /// The nodes in -1...1 with their weights.
    private static let nodes: [(place: Double, weight: Double)] = {
        let count = 20
        return (1...count).map { index in
            var x = cos(Double.pi * (Double(index) - 0.25) / (Double(count) + 0.5))
            var slope = 1.0
            // Newton's method on the Legendre polynomial, from its asymptotic root.
            for _ in 0..<8 {
                let (value, derivative) = legendre(count, x)
                slope = derivative
                x -= value / derivative
            }
            return (x, 2 / ((1 - x * x) * slope * slope))
        }
    }()

    /// The integral of a smooth function between two limits.
    static func integral(from low: Double, to high: Double, _ function: (Double) -> Double) -> Double {
        let (center, half) = ((low + high) / 2, (high - low) / 2)
        return half * nodes.reduce(0) { $0 + $1.weight * function(center + half * $1.place) }
    }

    /// The Legendre polynomial and its derivative (Abramowitz & Stegun 22.7.10 and 22.8.5).
    private static func legendre(_ degree: Int, _ x: Double) -> (value: Double, derivative: Double) {
        var (value, before) = (x, 1.0)
        for n in 2...degree {
            let order = Double(n)
            (value, before) = (((2 * order - 1) * x * value - (order - 1) * before) / order, value)
        }
        return (value, Double(degree) * (x * value - before) / (x * x - 1))
    }
}
