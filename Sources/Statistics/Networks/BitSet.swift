/// A set of small numbers, one bit each.
struct BitSet: Equatable, Sendable {
    private var words: [UInt64]

    /// An empty set of numbers below `count`.
    init(count: Int) {
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    mutating func insert(_ number: Int) { words[number / 64] |= 1 << UInt64(number % 64) }

    func contains(_ number: Int) -> Bool { words[number / 64] & (1 << UInt64(number % 64)) != 0 }

    mutating func formUnion(_ other: BitSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    func intersection(_ other: BitSet) -> BitSet {
        var both = self
        for index in words.indices { both.words[index] &= other.words[index] }
        return both
    }

    func isSubset(of other: BitSet) -> Bool {
        words.indices.allSatisfy { words[$0] & ~other.words[$0] == 0 }
    }

    /// The smallest number, nil of nothing.
    var first: Int? {
        words.firstIndex { $0 != 0 }.map { $0 * 64 + words[$0].trailingZeroBitCount }
    }

    /// The largest number, nil of nothing.
    var last: Int? {
        words.lastIndex { $0 != 0 }.map { $0 * 64 + 63 - words[$0].leadingZeroBitCount }
    }

    /// Combines all numbers, ascending.
    func reduce<Result>(_ initial: Result, _ combine: (Result, Int) -> Result) -> Result {
        var result = initial
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                result = combine(result, index * 64 + word.trailingZeroBitCount)
                word &= word - 1
            }
        }
        return result
    }
}
