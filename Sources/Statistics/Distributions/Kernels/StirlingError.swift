#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What Stirling's formula lacks: log Γ(x) = (x - 1/2) log x - x + log(2π)/2 + `stirlingError(x)`, for x > 0.
///
/// The incomplete beta and gamma functions are scaled with these small corrections instead of with `lgamma`,
/// whose large values would cancel: at x = 10^8 a difference of log-gammas keeps only seven or eight digits.
///
/// Source: Binet's function, Abramowitz & Stegun 6.1.40 and 6.1.41; the use of it, C. Loader, "Fast and accurate
/// computation of binomial probabilities" (2000).
func stirlingError(_ x: Double) -> Double {
    var x = x
    var steps = 0.0
    // Below 10 the asymptotic series is too coarse; Γ(x + 1) = x Γ(x) moves x up, each step adding a positive term.
    while x < 10 {
        steps += (x + 0.5) * log1p(1 / x) - 1
        x += 1
    }
    return steps + stirlingSeries(x)
}

/// The asymptotic series Σ B(2k) / (2k (2k - 1) x^(2k - 1)) by Horner's rule; at x = 10 the first term left out
/// is below 1e-17.
private func stirlingSeries(_ x: Double) -> Double {
    let y = 1 / (x * x)
    var series = -3617.0 / 122_400
    for coefficient in [1.0 / 156, -691.0 / 360_360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12] {
        series = series * y + coefficient
    }
    return series / x
}
