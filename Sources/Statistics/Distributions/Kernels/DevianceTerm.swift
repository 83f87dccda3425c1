#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// x log(x / mean) + mean - x for x > 0, mean ≥ 0: half a Poisson deviance, never negative, 0 where x = mean.
///
/// Written as it stands the formula cancels where x is near the mean, which is where the probability mass lies;
/// there the series in (x - mean) / (x + mean) is used. Infinite where the mean is 0.
///
/// The difference x - mean is the caller's to give: it decides the accuracy, and the caller may know it better
/// than the rounded mean tells.
///
/// Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000), function `bd0`. The series is
/// used further out than there (0.3 instead of 0.1), which keeps far tails of large samples to full accuracy.
func devianceTerm(_ x: Double, mean: Double, difference: Double) -> Double {
    guard abs(difference) < 0.3 * (x + mean) else {
        return x * (log(x) - log(mean)) - difference
    }
    let ratio = difference / (x + mean)
    let square = ratio * ratio
    var sum = difference * ratio
    var power = 2 * x * ratio
    var odd = 1.0
    while true {
        power *= square
        odd += 2
        let next = sum + power / odd
        if next == sum { return sum }
        sum = next
    }
}
