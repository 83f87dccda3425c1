/// Random numbers that are the same on every run and every machine (G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable
/// Pseudorandom Number Generators", 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator that begins at a seed.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SplitMix64 {
    /// A number from 0 up to but not 1, one of 2^53.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A whole number from 0 up to but not `count`, which is above 0. The standard library's own method may change with
    /// its version, so it is not used where results must repeat.
    public mutating func below(_ count: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// True with this probability.
    public mutating func chance(_ probability: Double) -> Bool {
        uniform() < probability
    }

    /// A number from the standard normal distribution, by inversion.
    public mutating func normal() -> Double {
        Normal.standard.quantile((Double(next() >> 12) + 0.5) * 0x1p-52) ?? 0
    }

    /// The elements in a random order (Fisher and Yates).
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for last in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(last, below(last + 1)) }
        return result
    }

    /// Which of `count` places are among the `chosen` ones, at random.
    public mutating func choice(of chosen: Int, from count: Int) -> [Bool] {
        shuffled((0..<count).map { $0 < chosen })
    }
}
