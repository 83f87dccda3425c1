import LuaSandbox
import Statistics

/// The numbers of a column that a verb is called on, and what the verb says where they are too few or too large.
struct Sample {
    let column: ColumnView
    /// With NaN for missing.
    let numbers: ArraySlice<Double>
    /// How many there are.
    let count: Int

    init(_ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String) throws(LuaHostError) {
        let column = try host.column(arguments, verb)
        self.init(column, try host.numbers(column, verb))
    }

    /// The numbers of a column, or some of them in another order.
    init(_ column: ColumnView, _ numbers: ArraySlice<Double>) {
        self.column = column
        self.numbers = numbers
        count = Descriptives.count(numbers.span)
    }

    /// Whether the row at a place has a value.
    func isThere(_ place: Int) -> Bool { !column.data.isMissing(place) }

    /// Throws unless there are so many values.
    func require(_ least: Int, _ what: String) throws(Undefined) {
        guard count > 0 else { throw Undefined("there is no valid value") }
        let words = ["no", "one", "two", "three", "four"]
        guard count >= least else { throw Undefined("\(what) needs at least \(words[least]) values") }
    }

    /// Throws where all values are equal.
    func requireDifferent(_ what: String) throws(Undefined) {
        guard let range = Descriptives.range(numbers.span), range.lowerBound == range.upperBound else { return }
        throw Undefined("\(what) needs values that differ")
    }

    /// The number, or why there is none: no values, or such as cannot be computed with.
    func known(_ number: Double?, _ what: String) throws(Undefined) -> Double {
        try require(1, what)
        guard let number else {
            throw Undefined("\(what) leaves the range of numbers: the values are infinite or too large")
        }
        return number
    }
}

extension Evaluation {
    /// Gives what was computed from the values that are there.
    func give(
        from sample: Sample, _ compute: () throws(Undefined) -> Computed
    ) throws(LuaHostError) -> LuaValue {
        try give(from: sample.column.group, where: sample.isThere, compute)
    }

    /// Bills the sorting of so many rows.
    func billSort(of rows: Int) {
        bill(rows: rows * (Int.bitWidth - rows.leadingZeroBitCount))
    }

    /// A whole number from an option.
    func wholeNumber(
        _ options: LuaTable, _ name: String, _ verb: String, _ range: ClosedRange<Int>, standard: Int
    ) throws(LuaHostError) -> Int {
        guard let given = options[name] else { return standard }
        guard let number = given.asNumber.flatMap(Int.init(exactly:)), range.contains(number) else {
            throw .message(
                "\(verb): `\(name)` is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Yes or no from an option.
    func truth(
        _ options: LuaTable, _ name: String, _ verb: String, standard: Bool
    ) throws(LuaHostError) -> Bool {
        switch options[name] {
        case nil: return standard
        case .boolean(let truth): return truth
        default: throw .message("\(verb): `\(name)` is true or false")
        }
    }
}
