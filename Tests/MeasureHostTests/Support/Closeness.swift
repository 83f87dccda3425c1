/// Whether two numbers are the same but for rounding.
func isClose(_ left: Double?, _ right: Double?, within tolerance: Double = 1e-12) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return abs(left - right) <= tolerance * max(1, abs(right))
}

/// Wilson's score interval at 95 % (E. B. Wilson 1927), computed here once more.
func wilson(_ successes: Double, _ trials: Double) -> (low: Double, high: Double) {
    let z = 1.959963984540054
    let share = successes / trials
    let middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    let spread = (share * (1 - share) / trials + z * z / (4 * trials * trials)).squareRoot()
    let half = z / (1 + z * z / trials) * spread
    return (middle - half, middle + half)
}
