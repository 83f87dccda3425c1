#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// One evaluation for `Tail.solve`: the tails and the slope of the log density, d log(density) / dz.
struct TailEvaluation {
    let tails: Tails
    let logSlope: Double
}

extension Tail {
    /// The coordinate z at which this tail equals `probability`, which lies in (0, 0.5].
    ///
    /// Halley's iteration on the logarithm of the tail. In the coordinates used here (see `Tails.density`) the
    /// logarithm of either tail is concave, so the iteration cannot be trapped, and far out it is a straight line,
    /// so tiny probabilities cost no extra steps. A bracket guards the first steps. Three or four are usual.
    ///
    /// - Parameters:
    ///   - center: a point where neither tail underflows.
    ///   - evaluate: the distribution at z.
    func solve(
        for probability: Double, from start: Double, center: Double, evaluate: (Double) -> TailEvaluation
    ) -> Double {
        var z = start
        var bracket = (low: -Double.infinity, high: Double.infinity)
        for _ in 0..<Self.mostSteps {
            let point = z.clamped(to: Self.straightBeyond)
            guard let step = halleyStep(for: probability, at: evaluate(point)) else {
                z = (point + center) / 2
                continue
            }
            let next = point + step.length
            let isStraight = !Self.straightBeyond.contains(next) && !Self.straightBeyond.contains(z)
            if step.isLast || isStraight { return next }
            if step.length > 0 { bracket.low = point } else { bracket.high = point }
            z = bracket.low < next && next < bracket.high ? next : (bracket.low + bracket.high) / 2
        }
        return z
    }

    /// How far to go from an evaluated point; nil where it lies so far out that the tail has underflown.
    private func halleyStep(for probability: Double, at point: TailEvaluation) -> (length: Double, isLast: Bool)? {
        let tail = self == .lower ? point.tails.lower : point.tails.upper
        guard tail > 0, point.tails.density.isNormal else { return nil }
        let excess = log(tail / probability)
        let width = self == .lower ? tail / point.tails.density : -tail / point.tails.density
        let curvature = max(1 - 0.5 * excess * (width * point.logSlope - 1), 0.5)
        // The error shrinks with its cube: from here one step reaches the last digit.
        return (-excess * width / curvature, abs(excess) < 1e-6)
    }

    private static let mostSteps = 200

    /// Outside, exp(z) would leave the range of Double, and the logarithm of a tail is a straight line.
    private static let straightBeyond = -700.0...700.0
}
