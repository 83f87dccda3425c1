import LuaSandbox

/// Which site, team or other part of a group each row belongs to: the different values of a column, numbered in their
/// order. Only values that occur are numbered, so that a small group of a large dataset stays small.
struct SiteCodes {
    let column: ColumnView
    /// A number per row; -1 where the row has no site.
    let codes: [Int32]
    /// How many sites there are.
    let count: Int
    private let values: Values

    private enum Values {
        case numbers([Double])
        case labels([Int32], Labels)
    }

    init(_ column: ColumnView) {
        self.column = column
        switch column.data.values {
        case .labels(let labelCodes, let labels):
            let present = Self.present(labelCodes, of: labels.texts.count)
            codes = labelCodes.map { $0 < 0 ? -1 : present.numbers[Int($0)] }
            count = present.labels.count
            values = .labels(present.labels, labels)
        case .numbers(let numbers):
            let present = Set(numbers.filter { !$0.isNaN }).sorted()
            let index = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($0.element, Int32($0.offset)) })
            codes = numbers.map { index[$0] ?? -1 }
            count = present.count
            values = .numbers(present)
        }
    }

    private static func present(_ codes: ArraySlice<Int32>, of count: Int) -> (labels: [Int32], numbers: [Int32]) {
        var numbers = [Int32](repeating: -1, count: count)
        for code in codes where code >= 0 { numbers[Int(code)] = 0 }
        var labels: [Int32] = []
        for label in numbers.indices where numbers[label] == 0 {
            numbers[label] = Int32(labels.count)
            labels.append(Int32(label))
        }
        return (labels, numbers)
    }

    /// A site as text.
    func name(_ site: Int) -> String {
        switch values {
        case .numbers(let numbers): Dataset.text(of: numbers[site], column.data.kind)
        case .labels(let present, let labels): labels.texts[Int(present[site])]
        }
    }

    /// The rows of each site, one site after the other: those of site s are `order[starts[s]..<starts[s + 1]]`.
    func rowsBySite() -> (order: [Int], starts: [Int]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for code in codes where code >= 0 { starts[Int(code) + 1] += 1 }
        for site in 0..<count { starts[site + 1] += starts[site] }
        var next = starts
        var order = [Int](repeating: 0, count: starts[count])
        for (row, code) in codes.enumerated() where code >= 0 {
            order[next[Int(code)]] = row
            next[Int(code)] += 1
        }
        return (order, starts)
    }
}

extension Evaluation {
    /// The column that says which site a row belongs to, given as a column or its name.
    func sites(
        _ arguments: borrowing LuaArguments, at index: Int, of group: GroupView, _ verb: String
    ) throws(LuaHostError) -> SiteCodes {
        let column = try column(arguments, at: index, of: group, verb)
        bill(rows: column.data.count)
        return SiteCodes(column)
    }
}
