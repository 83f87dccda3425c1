/// A continued fraction b0 + a1 / (b1 + a2 / (b2 + ...)), taken one level at a time from the front.
///
/// Source: the modified Lentz method, I. J. Thompson & A. R. Barnett, "Coulomb and Bessel functions of complex
/// arguments and order", J. Comput. Phys. 64 (1986).
struct Lentz {
    private(set) var value: Double
    private var forward: Double
    private var backward = 0.0
    private var change = 0.0
    private var levels = 0

    /// Stands in for a denominator that vanishes, so that the next level can divide by it.
    private static let tiny = 1e-290

    init(firstDenominator: Double) {
        value = firstDenominator == 0 ? Self.tiny : firstDenominator
        forward = value
    }

    @inline(__always)
    mutating func append(numerator: Double, denominator: Double) {
        let rest = denominator + numerator * backward
        backward = 1 / (rest == 0 ? Self.tiny : rest)
        forward = denominator + numerator / forward
        if forward == 0 { forward = Self.tiny }
        change = forward * backward
        value *= change
        levels += 1
    }

    /// True once a level changes the value by no more than its rounding. The limit only makes sure that a loop ends:
    /// for the fractions of this room and their parameters some √(10^10) levels are the most.
    var hasConverged: Bool { abs(change - 1) <= Double.ulpOfOne || levels >= 1_000_000 }
}
