/// Where a function of one number is smallest.
enum ScalarMinimum {
    /// The place of the minimum of a function with a single one in the interval, to a relative 1e-8 or so: a minimum is
    /// flat, and closer places have equal values.
    ///
    /// Source: R. P. Brent, "Algorithms for Minimization without Derivatives" (1973), chapter 5: golden sections, and
    /// parabolas through the three best places where these make headway.
    static func find(in interval: ClosedRange<Double>, _ function: (Double) -> Double) -> Double {
        let golden = (3 - 5.0.squareRoot()) / 2
        var (low, high) = (interval.lowerBound, interval.upperBound)
        var best = low + golden * (high - low)
        var bestValue = function(best)
        var (second, third) = (best, best)
        var (secondValue, thirdValue) = (bestValue, bestValue)
        var (step, stepBefore) = (0.0, 0.0)
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            let tolerance = 1e-9 * abs(best) + 1e-12
            if abs(best - middle) <= 2 * tolerance - (high - low) / 2 { break }
            let parabolic = parabolicStep((best, bestValue), (second, secondValue), (third, thirdValue))
            if let parabolic, abs(parabolic) < abs(stepBefore) / 2, (low..<high).contains(best + parabolic) {
                (stepBefore, step) = (step, parabolic)
            } else {
                stepBefore = best < middle ? high - best : low - best
                step = golden * stepBefore
            }
            let place = best + (abs(step) >= tolerance ? step : step < 0 ? -tolerance : tolerance)
            let value = function(place)
            if value <= bestValue {
                if place < best { high = best } else { low = best }
                (third, thirdValue, second, secondValue) = (second, secondValue, best, bestValue)
                (best, bestValue) = (place, value)
            } else {
                if place < best { low = place } else { high = place }
                if value <= secondValue || second == best {
                    (third, thirdValue, second, secondValue) = (second, secondValue, place, value)
                } else if value <= thirdValue || third == best || third == second {
                    (third, thirdValue) = (place, value)
                }
            }
        }
        return best
    }

    /// From the best of three points to the bottom of the parabola through them; nil where it has none.
    private static func parabolicStep(
        _ best: (Double, Double), _ second: (Double, Double), _ third: (Double, Double)
    ) -> Double? {
        let r = (best.0 - second.0) * (best.1 - third.1)
        let q = (best.0 - third.0) * (best.1 - second.1)
        let numerator = (best.0 - third.0) * q - (best.0 - second.0) * r
        let denominator = 2 * (q - r)
        return denominator == 0 ? nil : (-numerator / denominator).finite
    }
}
