/// For each row of a frame the row of another dataset that was looked up for it: many of ours may have found one of theirs,
/// and what they found tells of no more persons than theirs.
final class FoundRows {
    /// By row of the frame, -1 where none was found.
    let rows: [Int32]
    private let counter: PersonCounter

    init(_ rows: [Int32], _ counter: PersonCounter) {
        self.rows = rows
        self.counter = counter
    }

    /// The persons in the rows that were found for those of ours for whose places `isCounted` holds; nil where none were.
    func persons(_ ours: GroupView.Rows, where isCounted: (Int) -> Bool) -> Int? {
        var found: [Int32] = []
        switch ours {
        case .range(let range):
            for row in range where rows[row] >= 0 && isCounted(row - range.lowerBound) { found.append(rows[row]) }
        case .list(let list):
            for (place, row) in list.enumerated() where rows[Int(row)] >= 0 && isCounted(place) {
                found.append(rows[Int(row)])
            }
        }
        return found.isEmpty ? nil : counter.count(datasetRows: found)
    }
}
