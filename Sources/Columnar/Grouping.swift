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
        // One counting sort over all combinations where they are few for the rows, else one for each key.
        if let cells = Self.cellCount(keys), cells <= max(1 << 12, rowCount / 2) {
            (order, keyless, groups) = Self.counted(rowCount, keys, cells)
        } else {
            (order, keyless, groups) = Self.sorted(rowCount, keys)
        }
    }

    /// How many combinations of codes there can be; nil beyond 2^30.
    private static func cellCount(_ keys: [GroupingKey]) -> Int? {
        var cells = 1
        for key in keys {
            cells *= max(1, key.cardinality)
            guard cells <= 1 << 30 else { return nil }
        }
        return cells
    }

    private typealias Parts = (order: [Int32], keyless: [Int32], groups: [Group])

    private static func counted(_ rowCount: Int, _ keys: [GroupingKey], _ cells: Int) -> Parts {
        let cellOfRow = combined(rowCount, keys)
        var ends = [Int32](repeating: 0, count: cells + 1)
        var missing = 0
        for row in cellOfRow.indices {
            let cell = Int(cellOfRow[row])
            if cell >= 0 { ends[cell] += 1 } else { missing += 1 }
        }
        var groups: [Group] = []
        var start: Int32 = 0
        for cell in 0..<cells where ends[cell] > 0 {
            let end = start + ends[cell]
            groups.append(Group(codes: codes(of: cell, keys), rows: Int(start)..<Int(end)))
            ends[cell] = start  // and moves on to the end as rows are put
            start = end
        }
        var order = [Int32](repeating: 0, count: rowCount - missing)
        var keyless: [Int32] = []
        keyless.reserveCapacity(missing)
        for row in cellOfRow.indices {
            let cell = Int(cellOfRow[row])
            if cell >= 0 {
                order[Int(ends[cell])] = Int32(truncatingIfNeeded: row)
                ends[cell] += 1
            } else {
                keyless.append(Int32(truncatingIfNeeded: row))
            }
        }
        return (order, keyless, groups)
    }

    /// The number of the combination of each row, -1 where it lacks a key.
    private static func combined(_ rowCount: Int, _ keys: [GroupingKey]) -> [Int32] {
        guard let first = keys.first else { return [Int32](repeating: 0, count: rowCount) }
        var cells = first.codes
        for key in keys.dropFirst() {
            let cardinality = Int32(max(1, key.cardinality))
            let codes = key.codes
            for row in cells.indices {
                let (cell, code) = (cells[row], codes[row])
                cells[row] = (cell | code) < 0 ? -1 : cell &* cardinality &+ code
            }
        }
        return cells
    }

    private static func codes(of cell: Int, _ keys: [GroupingKey]) -> [Int32] {
        var rest = cell
        var codes = [Int32](repeating: 0, count: keys.count)
        for index in keys.indices.reversed() {
            let cardinality = max(1, keys[index].cardinality)
            codes[index] = Int32(rest % cardinality)
            rest /= cardinality
        }
        return codes
    }

    private static func sorted(_ rowCount: Int, _ keys: [GroupingKey]) -> Parts {
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
        return (order, keyless, Self.split(order, keys))
    }

    /// For each of `rowCount` rows its place in ``order``, -1 where it lacks a key.
    public func places(rowCount: Int) -> [Int32] {
        var places = [Int32](repeating: -1, count: rowCount)
        for place in order.indices { places[Int(order[place])] = Int32(truncatingIfNeeded: place) }
        return places
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
