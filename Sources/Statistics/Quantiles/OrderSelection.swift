/// Finds order statistics without sorting the whole column.
///
/// Small columns are copied and sorted. Large ones are narrowed down as in a radix sort by 16 bits at a time: count the
/// values per leading digit, keep only those that share the digit of a wanted rank, go on with their next 16 bits. That
/// is at most four rounds whatever the data, with no pivot to choose and no bad case.
enum OrderSelection {
    /// The values at the given ranks among the values present.
    ///
    /// - Parameter ranks: counted from 0, each below the number of values present; in any order, repeated or not.
    static func values(atRanks ranks: [Int], of column: Span<Double>) -> [Double] {
        if column.count <= sortingLimit {
            let sorted = sorted(column)
            return ranks.map { sorted[$0] }
        }
        let ascending = ranks.indices.sorted { ranks[$0] < ranks[$1] }
        var found: [Double] = []
        select(ascending.map { ranks[$0] }[...], firstRank: 0, from: column, shift: 48, into: &found)
        var values = found
        for (position, index) in ascending.enumerated() { values[index] = found[position] }
        return values
    }

    /// The values present, ascending.
    static func sorted(_ column: Span<Double>) -> [Double] {
        var sorted = present(in: column, capacity: column.count) { _ in true }
        sorted.sort()
        return sorted
    }

    /// Up to this size sorting is faster than counting 65,536 digits.
    private static let sortingLimit = 1 << 14

    /// Appends the values at ascending `ranks` to `found`.
    ///
    /// - Parameters:
    ///   - firstRank: the rank of the smallest value handed over.
    ///   - shift: the lowest bit of the digit to look at; all bits above the digit are equal. Below 0 all bits are.
    private static func select(
        _ ranks: ArraySlice<Int>, firstRank: Int, from column: Span<Double>, shift: Int, into found: inout [Double]
    ) {
        if shift < 0 {
            for _ in ranks { found.append(column[0]) }
        } else if column.count <= sortingLimit {
            let sorted = sorted(column)
            for rank in ranks { found.append(sorted[rank - firstRank]) }
        } else {
            narrow(ranks, firstRank: firstRank, from: column, shift: shift, into: &found)
        }
    }

    private static func narrow(
        _ ranks: ArraySlice<Int>, firstRank: Int, from column: Span<Double>, shift: Int, into found: inout [Double]
    ) {
        let counts = digitCounts(of: column, shift: shift)
        var remaining = ranks
        var start = firstRank
        for digit in counts.indices where !remaining.isEmpty {
            let end = start + counts[digit]
            let here = remaining.prefix { $0 < end }
            if !here.isEmpty {
                let members = present(in: column, capacity: counts[digit]) { self.digit(of: $0, shift: shift) == digit }
                select(here, firstRank: start, from: members.span, shift: shift - digitWidth, into: &found)
                remaining = remaining.dropFirst(here.count)
            }
            start = end
        }
    }

    private static func digitCounts(of column: Span<Double>, shift: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: 1 << digitWidth)
        for index in column.indices where !column[index].isNaN {
            counts[digit(of: column[index], shift: shift)] += 1
        }
        return counts
    }

    private static func present(
        in column: Span<Double>, capacity: Int, where isWanted: (Double) -> Bool
    ) -> [Double] {
        Array(capacity: capacity) { output in
            for index in column.indices {
                let value = column[index]
                if !value.isNaN, isWanted(value) { output.append(value) }
            }
        }
    }

    private static let digitWidth = 16

    /// One digit of a representation that sorts like the number itself: the bit pattern with the sign bit set for
    /// positive numbers, and with all bits flipped for negative ones.
    @inline(__always)
    private static func digit(of value: Double, shift: Int) -> Int {
        let bits = value.bitPattern
        let ordered = value.sign == .minus ? ~bits : bits | 1 << 63
        return Int(truncatingIfNeeded: (ordered >> UInt64(shift)) & 0xFFFF)
    }
}
