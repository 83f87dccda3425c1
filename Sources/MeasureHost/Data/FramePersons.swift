import MeasureModel

/// The persons behind the rows of a frame, in the order of its groups: neighbours in a group are neighbours in memory.
final class FramePersons {
    private let rule: PersonRule
    /// Empty where every row is a person.
    private let codes: [Int32]
    /// How many people a row counts; empty where rows are not counts.
    private let counts: ArraySlice<Double>
    private let counter: PersonCounter
    /// Persons in all rows of a group of the frame, where they were asked for.
    private var ofGroups: [Int?]

    init(_ frame: Frame) throws(DataError) {
        let dataset = frame.dataset
        rule = dataset.description.persons
        counter = try dataset.counter()
        let all = try dataset.personCodes().codes
        codes = rule == .row ? [] : frame.inOrder(all)
        counts = if case .counts(let name, _) = rule { try frame.column(name)?.numbers ?? [] } else { [] }
        ofGroups = [Int?](repeating: nil, count: frame.groups.count)
    }

    /// Whether a row stands for one person, so that as many rows as persons are all different ones.
    var areSingle: Bool { if case .counts = rule { false } else { true } }

    /// Persons in all rows of a group of the frame.
    func count(group: Int, _ rows: GroupView.Rows) -> Int {
        if let known = ofGroups[group] { return known }
        let persons = count(rows) { _ in true }
        ofGroups[group] = persons
        return persons
    }

    /// Persons behind the rows for whose places `isCounted` holds.
    @inline(__always)
    func count(_ rows: GroupView.Rows, where isCounted: (Int) -> Bool) -> Int {
        switch rows {
        case .range(let range): return count(range.count, isCounted) { range.lowerBound + $0 }
        case .list(let list): return count(list.count, isCounted) { Int(list[$0]) }
        }
    }

    @inline(__always)
    private func count(_ places: Int, _ isCounted: (Int) -> Bool, _ frameRow: (Int) -> Int) -> Int {
        switch rule {
        case .row:
            var total = 0
            for place in 0..<places where isCounted(place) { total += 1 }
            return total
        case .column:
            return counter.withMarks { marks in
                marks.distinct { note in
                    for place in 0..<places where isCounted(place) { note(codes[frameRow(place)]) }
                }
            }
        case .counts:
            let first = counts.startIndex
            return counter.withMarks { marks in
                marks.sumOfLargest { note in
                    for place in 0..<places where isCounted(place) {
                        let row = frameRow(place)
                        note(codes[row], counts[first + row])
                    }
                }
            }
        }
    }
}
