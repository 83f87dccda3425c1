/// A set of small numbers, one bit each.
struct BitSet: Equatable, Sendable {
    private var words: [UInt64]

    /// An empty set of numbers below `count`.
    init(count: Int) {
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    mutating func insert(_ number: Int) { words[number / 64] |= 1 << UInt64(number % 64) }

    mutating func formUnion(_ other: BitSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// Whether all numbers shared with another set belong to a third.
    func sharesOnly(_ third: BitSet, with other: BitSet) -> Bool {
        words.indices.allSatisfy { words[$0] & other.words[$0] & ~third.words[$0] == 0 }
    }

    /// The smallest number shared with another set, nil of nothing.
    func firstShared(with other: BitSet) -> Int? {
        words.indices.first { words[$0] & other.words[$0] != 0 }
            .map { $0 * 64 + (words[$0] & other.words[$0]).trailingZeroBitCount }
    }

    /// The largest number shared with another set, nil of nothing.
    func lastShared(with other: BitSet) -> Int? {
        words.indices.last { words[$0] & other.words[$0] != 0 }
            .map { $0 * 64 + 63 - (words[$0] & other.words[$0]).leadingZeroBitCount }
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
