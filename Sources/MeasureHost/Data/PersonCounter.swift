import MeasureModel

/// Counts the distinct persons behind rows: what a script says about it is never asked.
final class PersonCounter {
    private let rule: PersonRule
    private let codes: [Int32]
    private let counts: [Double]
    private var seen: [Int32]
    private var largest: [Double]
    private var round: Int32 = 0

    init(_ dataset: Dataset) throws(DataError) {
        rule = dataset.description.persons
        let persons = try dataset.personCodes()
        codes = persons.codes
        seen = [Int32](repeating: 0, count: rule == .row ? 0 : persons.count)
        if case .counts(let name, _) = rule {
            guard let column = try dataset.column(name) else {
                throw DataError.noPersonColumn(column: name, dataset: dataset.description.name)
            }
            counts = Array(column.numbers)
            largest = [Double](repeating: 0, count: persons.count)
        } else {
            counts = []
            largest = []
        }
    }

    /// Persons behind rows given by their numbers in the dataset.
    func count(datasetRows rows: some Sequence<Int32>) -> Int {
        switch rule {
        case .row: return rows.reduce(0) { total, _ in total + 1 }
        case .column: return countDistinct(rows)
        case .counts: return sumOfLargest(rows)
        }
    }

    private func nextRound() -> Int32 {
        if round == .max {
            round = 0
            for index in seen.indices { seen[index] = 0 }
        }
        round += 1
        return round
    }

    private func countDistinct(_ rows: some Sequence<Int32>) -> Int {
        let mark = nextRound()
        var total = 0
        for row in rows {
            let person = Int(codes[Int(row)])
            guard person >= 0, seen[person] != mark else { continue }
            seen[person] = mark
            total += 1
        }
        return total
    }

    /// For each site the largest of its counts, summed: 30 pupils in 36 weeks are 30.
    private func sumOfLargest(_ rows: some Sequence<Int32>) -> Int {
        let mark = nextRound()
        var sites: [Int] = []
        for row in rows {
            let site = Int(codes[Int(row)])
            let count = counts[Int(row)]
            guard site >= 0, count > 0 else { continue }
            if seen[site] != mark {
                seen[site] = mark
                largest[site] = count
                sites.append(site)
            } else if count > largest[site] {
                largest[site] = count
            }
        }
        let total = sites.reduce(0.0) { $0 + largest[$1] }
        return total < 9e15 ? Int(total) : .max
    }

    /// Whether some person is behind rows of both lists.
    func overlap(_ left: some Sequence<Int32>, _ right: some Sequence<Int32>) -> Bool {
        guard case .column = rule else { return false }
        let mark = nextRound()
        for row in left where codes[Int(row)] >= 0 { seen[Int(codes[Int(row)])] = mark }
        return right.contains { codes[Int($0)] >= 0 && seen[Int(codes[Int($0)])] == mark }
    }
}
