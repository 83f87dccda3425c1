/// One of the things rows are grouped by: a code for each row, -1 where the row has none.
///
/// Codes must be numbered in the order of their labels by bytes, so that groups come out in that order.
public struct GroupingKey: Sendable {
    /// A code for each row.
    public var codes: [Int32]
    /// Codes are smaller than this.
    public var cardinality: Int

    /// A key.
    public init(codes: [Int32], cardinality: Int) {
        self.codes = codes
        self.cardinality = cardinality
    }
}

/// Rows put together by their keys, so that each group is one contiguous range.
public struct Grouping: Sendable {
    /// The rows of one combination of keys.
    public struct Group: Equatable, Sendable {
        /// A code for each key.
        public var codes: [Int32]
        /// Where its rows stand in ``Grouping/order``.
        public var rows: Range<Int>
    }

    /// Row numbers, group after group in ascending order of their codes, the first key counting most; within a group
    /// in their original order.
    public let order: [Int32]
    /// The groups that have rows.
    public let groups: [Group]
    /// Rows that lack a key, in their original order.
    public let keyless: [Int32]

    /// Groups rows 0 to `rowCount` by `keys`. Without keys there is one group of all rows (none when there are none).
    public init(rowCount: Int, keys: [GroupingKey]) {
        var order: [Int32] = []
        var keyless: [Int32] = []
        order.reserveCapacity(rowCount)
        for row in 0..<rowCount {
            if keys.allSatisfy({ $0.codes[row] >= 0 }) {
                order.append(Int32(row))
            } else {
                keyless.append(Int32(row))
            }
        }
        // Stable counting sorts, least significant key first.
        for key in keys.reversed() where key.cardinality > 1 {
            order = Self.sorted(order, by: key)
        }
        groups = Self.split(order, keys)
        self.order = order
        self.keyless = keyless
    }

    /// Whether ``order`` is 0, 1, 2, ...: then gathering changes nothing.
    public var isIdentity: Bool {
        keyless.isEmpty && (groups.count <= 1 || order.indices.allSatisfy { order[$0] == Int32($0) })
    }

    private static func sorted(_ rows: [Int32], by key: GroupingKey) -> [Int32] {
        var starts = [Int](repeating: 0, count: key.cardinality + 1)
        for row in rows { starts[Int(key.codes[Int(row)]) + 1] += 1 }
        for code in 1..<starts.count { starts[code] += starts[code - 1] }
        var result = [Int32](repeating: 0, count: rows.count)
        for row in rows {
            let code = Int(key.codes[Int(row)])
            result[starts[code]] = row
            starts[code] += 1
        }
        return result
    }

    private static func split(_ order: [Int32], _ keys: [GroupingKey]) -> [Group] {
        var groups: [Group] = []
        var start = 0
        while start < order.count {
            let codes = keys.map { $0.codes[Int(order[start])] }
            var end = start + 1
            while end < order.count, keys.indices.allSatisfy({ keys[$0].codes[Int(order[end])] == codes[$0] }) {
                end += 1
            }
            groups.append(Group(codes: codes, rows: start..<end))
            start = end
        }
        return groups
    }
}

/// The values of `rows`, one after the other.
public func gather<Element: BitwiseCopyable>(_ values: [Element], _ rows: [Int32]) -> [Element] {
    rows.map { values[Int($0)] }
}
