import MeasureModel

/// Counts the distinct persons behind rows: what a script says about it is never asked.
final class PersonCounter {
    private let rule: PersonRule
    /// Keeps this counter, so that this does not keep it.
    private unowned let dataset: Dataset
    private let codes: [Int32]
    private var marks: PersonMarks

    init(_ dataset: Dataset) throws(DataError) {
        self.dataset = dataset
        rule = dataset.description.persons
        let persons = try dataset.personCodes()
        codes = persons.codes
        marks = PersonMarks(persons: rule == .row ? 0 : persons.count)
        if case .counts(let name, _) = rule, try dataset.kind(of: name) == nil {
            throw DataError.noPersonColumn(column: name, dataset: dataset.description.name)
        }
    }

    /// Persons behind rows given by their numbers in the dataset.
    func count(datasetRows rows: some Sequence<Int32>) -> Int {
        switch rule {
        case .row: return rows.reduce(0) { total, _ in total + 1 }
        case .column: return marks.distinct { note in for row in rows { note(codes[Int(row)]) } }
        case .counts(let name, _):
            guard let counts = (try? dataset.column(name))?.numbers else { return 0 }
            return marks.sumOfLargest { note in for row in rows { note(codes[Int(row)], counts[Int(row)]) } }
        }
    }

    /// Lends the marks of this dataset's persons.
    func withMarks<Result>(_ body: (inout PersonMarks) -> Result) -> Result {
        body(&marks)
    }

    /// Whether some person is behind rows of both lists.
    func overlap(_ left: some Sequence<Int32>, _ right: some Sequence<Int32>) -> Bool {
        guard case .column = rule else { return false }
        return marks.meet(left.lazy.map { self.codes[Int($0)] }, right.lazy.map { self.codes[Int($0)] })
    }
}

/// A mark for each person of a dataset, which says in which round of counting the person was met last.
struct PersonMarks {
    private var seen: [Int32]
    private var largest: [Double] = []
    private var round: Int32 = 0

    init(persons: Int) {
        seen = [Int32](repeating: 0, count: persons)
    }

    private mutating func nextRound() -> Int32 {
        if round == .max {
            round = 0
            for index in seen.indices { seen[index] = 0 }
        }
        round += 1
        return round
    }

    /// How many different persons `visit` names; negative numbers are nobody.
    @inline(__always)
    mutating func distinct(_ visit: (_ note: (Int32) -> Void) -> Void) -> Int {
        let mark = nextRound()
        var total = 0
        var seen = [Int32]()
        swap(&seen, &self.seen)
        visit { person in
            guard person >= 0, seen[Int(person)] != mark else { return }
            seen[Int(person)] = mark
            total += 1
        }
        swap(&seen, &self.seen)
        return total
    }

    /// For each site that `visit` names the largest of its counts, summed: 30 pupils in 36 weeks are 30.
    @inline(__always)
    mutating func sumOfLargest(_ visit: (_ note: (Int32, Double) -> Void) -> Void) -> Int {
        let mark = nextRound()
        if largest.isEmpty { largest = [Double](repeating: 0, count: seen.count) }
        var sites: [Int32] = []
        var (seen, largest) = ([Int32](), [Double]())
        swap(&seen, &self.seen)
        swap(&largest, &self.largest)
        visit { site, count in
            guard site >= 0, count > 0 else { return }
            if seen[Int(site)] != mark {
                seen[Int(site)] = mark
                largest[Int(site)] = count
                sites.append(site)
            } else if count > largest[Int(site)] {
                largest[Int(site)] = count
            }
        }
        let total = sites.reduce(0.0) { $0 + largest[Int($1)] }
        swap(&seen, &self.seen)
        swap(&largest, &self.largest)
        return total < 9e15 ? Int(total) : .max
    }

    /// Whether somebody is named by both.
    mutating func meet(_ left: some Sequence<Int32>, _ right: some Sequence<Int32>) -> Bool {
        let mark = nextRound()
        for person in left where person >= 0 { seen[Int(person)] = mark }
        return right.contains { $0 >= 0 && seen[Int($0)] == mark }
    }
}
