/// The patterns of Western Electric and Nelson in points measured in σ from the centre line.
///
/// All comparisons are strict: a point on a limit is not beyond it, and a point on the centre line lies on neither side
/// and ends a run. A missing point (NaN) ends every run too; among the last three or five it counts as not beyond.
/// Every position is reported at which a pattern is complete, overlapping ones too.
public enum PatternRules {
    /// The positions, counted from 0, at which the pattern of `rule` is complete; nil for rules that are no such
    /// pattern.
    ///
    /// - Parameter z: (point - centre) / σ of each point, in time order.
    public static func positions(of rule: ChartRule, in z: Span<Double>) -> [Int]? {
        switch rule {
        case .beyondLimits: z.indices.filter { abs(z[$0]) > 3 }
        case .twoOfThree: atLeast(2, of: 3, beyond: 2, z)
        case .fourOfFive: atLeast(4, of: 5, beyond: 1, z)
        case .eightOnOneSide: sameSide(8, z)
        case .nineOnOneSide: sameSide(9, z)
        case .sixInTrend: steps(5, z) { $0 == $1 }
        case .fourteenAlternating: steps(13, z) { $0 == -$1 }
        case .fifteenWithin: stretches(of: 15, z) { abs(z[$0]) < 1 }
        case .eightOutside: stretches(of: 8, z) { abs(z[$0]) > 1 }.filter { isOnBothSides(z, $0 - 7...$0) }
        case .longestRun, .crossings, .shift, .trend, .numberOfRuns: nil
        }
    }

    private static func atLeast(_ least: Int, of width: Int, beyond limit: Double, _ z: Span<Double>) -> [Int] {
        z.indices.filter { index in
            let side = sign(z[index])
            guard side * z[index] > limit else { return false }
            return (max(index - width + 1, 0)...index).count { side * z[$0] > limit } >= least
        }
    }

    private static func sameSide(_ length: Int, _ z: Span<Double>) -> [Int] {
        var (run, side) = (0, 0.0)
        return z.indices.filter { index in
            let here = sign(z[index])
            run = here == 0 ? 0 : here == side ? run + 1 : 1
            side = here
            return run >= length
        }
    }

    /// Where so many steps in a row follow on one another as `follows` demands of their signs. A tie ends them.
    private static func steps(
        _ length: Int, _ z: Span<Double>, follows: (Double, Double) -> Bool
    ) -> [Int] {
        var (run, direction) = (0, 0.0)
        return z.indices.dropFirst().filter { index in
            let here = sign(z[index] - z[index - 1])
            run = here == 0 ? 0 : run > 0 && follows(here, direction) ? run + 1 : 1
            direction = here
            return run >= length
        }
    }

    private static func stretches(of length: Int, _ z: Span<Double>, where belongs: (Int) -> Bool) -> [Int] {
        var run = 0
        return z.indices.filter { index in
            run = belongs(index) ? run + 1 : 0
            return run >= length
        }
    }

    private static func isOnBothSides(_ z: Span<Double>, _ range: ClosedRange<Int>) -> Bool {
        range.contains { z[$0] > 0 } && range.contains { z[$0] < 0 }
    }

    /// 1 above 0, -1 below, 0 otherwise, also of a missing value.
    private static func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }
}
