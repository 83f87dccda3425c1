import LuaSandbox
import MeasureModel
import Statistics

/// A regression as a script asks for it: columns by the names it gave them.
///
/// Statistics knows the terms by numbers: a name could carry anything into the reason why there is no estimate.
struct RegressionPlan {
    /// A column of the regression, or several for the categories of one.
    struct Term {
        /// What statistics calls it.
        var id: String
        /// What the script calls it.
        var name: String
        var values: [Double]
        /// The texts of the categories by code; nil for numbers.
        var labels: [String]?
        /// The columns of numbers that it is made of: those with two values tell which rows it compares.
        var sides: [[Double]]
    }

    /// What a column stands for.
    enum Kind {
        case numbers
        case categories
    }

    private let verb: String
    private(set) var group: GroupView
    private let rows: GroupView
    let outcome: [Double]
    private(set) var terms: [Term] = []
    var cluster: [Double]?
    var absorbed: [Double]?

    init(_ host: Evaluation, outcome: ColumnView, _ verb: String) throws(LuaHostError) {
        self.verb = verb
        rows = outcome.group
        group = outcome.group
        self.outcome = Array(try host.numbers(outcome, verb))
    }

    // MARK: Terms

    mutating func add(_ name: String, _ column: ColumnView, _ kind: Kind) {
        group = group.resting(on: column.group)
        var labels: [String]?
        if kind == .categories || column.data.kind == .label { labels = Self.texts(column) }
        let values = Self.codes(column)
        add(name, values, labels)
    }

    private mutating func add(_ name: String, _ values: [Double], _ labels: [String]?) {
        terms.append(
            Term(
                id: "term \(terms.count + 1)", name: name, values: values, labels: labels,
                sides: labels == nil ? [values] : []))
    }

    /// Adds what a script lists: names of columns, columns with a name of their own, and products such as `a:b`.
    mutating func add(_ host: Evaluation, _ table: LuaTable, factors: [String]) throws(LuaHostError) {
        var products: [String] = []
        for entry in table.entries {
            switch (entry.key, entry.value) {
            case (.integer, .string(let name))
            where name.contains(":") && !host.setting.visible.columnNames(of: rows.frame.dataset).contains(name):
                products.append(name)
            case (.integer, .string(let name)):
                try add(host, name, try host.column(named: name, of: rows), factors)
            case (let key, .object(let reference)):
                guard case .column(let column) = host.object(reference) else { throw unclear }
                try host.requireSameRows(column.group, rows, verb)
                let named: String? = if case .string(let name) = key { name } else { column.name }
                guard let named else {
                    throw .message("\(verb): a column that was computed needs a name: { treated = g.x:is(1) }")
                }
                try add(host, named, column, factors)
            default: throw unclear
            }
        }
        for product in products { try add(host, product: product) }
    }

    private var unclear: LuaHostError {
        .message("\(verb): terms are names of columns, or columns with names: { \"age\", treated = g.x:is(1) }")
    }

    private mutating func add(
        _ host: Evaluation, _ name: String, _ column: ColumnView, _ factors: [String]
    ) throws(LuaHostError) {
        guard !terms.contains(where: { $0.name == name }) else { throw .message("\(verb): `\(name)` is named twice") }
        if case .labels = column.data.values { try host.refusePersons(column, verb) }
        host.bill(rows: column.data.count)
        add(name, column, factors.contains(name) ? .categories : .numbers)
    }

    /// Adds the product of terms or columns: `treated:post`.
    mutating func add(_ host: Evaluation, product name: String) throws(LuaHostError) {
        var values = [Double](repeating: 1, count: outcome.count)
        var sides: [[Double]] = []
        for part in name.split(separator: ":").map(String.init) {
            let term: Term
            if let known = terms.first(where: { $0.name == part }) {
                term = known
            } else {
                var plan = self
                try plan.add(host, part, try host.column(named: part, of: rows), [])
                guard let last = plan.terms.last else { throw unclear }
                (term, group) = (last, plan.group)
            }
            guard term.labels == nil else {
                throw .message("\(verb): `\(part)` holds categories, which have no product")
            }
            for row in values.indices { values[row] *= term.values[row] }
            sides += term.sides
        }
        add(name, values, nil)
        terms[terms.count - 1].sides = sides
    }

    // MARK: Fitting

    /// A number for each value: of texts their place in order.
    static func codes(_ column: ColumnView) -> [Double] {
        switch column.data.values {
        case .labels(let codes, _): codes.map { $0 < 0 ? .nan : Double($0) }
        case .numbers(let numbers): Array(numbers)
        }
    }

    private static func texts(_ column: ColumnView) -> [String] {
        if case .labels(_, let labels) = column.data.values { labels.texts } else { [] }
    }

    /// Takes the rows' clusters or groups from a column.
    mutating func codes(resting column: ColumnView) -> [Double] {
        group = group.resting(on: column.group)
        return Self.codes(column)
    }

    /// The columns of the fit.
    private var width: Int {
        terms.reduce(1) { $0 + ($1.labels == nil ? 1 : Set($1.values.filter { !$0.isNaN }).count) }
    }

    /// Bills the fit, and refuses one that would take minutes.
    func bill(_ host: Evaluation) throws(LuaHostError) {
        let (count, width) = (Double(outcome.count), Double(self.width))
        let groups = Double(cluster.map { Set($0.filter { !$0.isNaN }).count } ?? 0)
        let work = count * width * width * 2 + groups * width * width * (width + 1)
        guard work < 2e10, width <= 1_000 else {
            throw .message(
                "\(verb): so many columns over so many rows take too long; take groups out with `absorb`, or leave some out"
            )
        }
        try host.requireMemory(Int(count * width * 32 + groups * width * width * 16))
        host.bill(rows: Int(work / 8))
        try host.stopIfOver()
    }

    func fit() throws(Undefined) -> LinearModel {
        var design = RegressionDesign(response: outcome.span)
        for term in terms {
            if term.labels == nil {
                design.add(term.id, term.values.span)
            } else {
                design.addCategories(term.id, term.values.span)
            }
        }
        if let absorbed { design.absorb(absorbed.span) }
        if let cluster { design.cluster(by: cluster.span) }
        do throws(Undefined) {
            return try LinearModel(design)
        } catch {
            // The number of a category is data.
            guard let sign = error.reason.firstIndex(of: "=") else { throw error }
            let rest = error.reason[sign...].firstIndex(of: " ").map { error.reason[$0...] } ?? ""
            throw Undefined("a category of \(error.reason[..<sign])\(rest)")
        }
    }

    // MARK: One coefficient

    /// A coefficient that was asked for: what statistics calls it, and the rows it compares.
    struct Coefficient {
        var id: String
        var parts: [(Int) -> Bool]
    }

    /// The coefficient of a term, or of a category: `role=coach`.
    func coefficient(_ name: String) throws(LuaHostError) -> Coefficient {
        let isComplete = completeRows
        if let term = terms.first(where: { $0.name == name && $0.labels == nil }) {
            return Coefficient(id: term.id, parts: Self.parts(term.sides, isComplete))
        }
        if terms.contains(where: { $0.name == name }) {
            throw .message("\(verb): `\(name)` holds categories; say whose coefficient: { term = \"\(name)=...\" }")
        }
        guard let term = terms.first(where: { $0.labels != nil && name.hasPrefix("\($0.name)=") }) else {
            let known = terms.filter { $0.labels == nil }.map(\.name)
            throw .message("\(verb) has no term `\(name)`\(NameSuggestion.near(name, among: known))")
        }
        let label = String(name.dropFirst(term.name.count + 1))
        let place = term.labels.flatMap { $0.firstIndex(of: label) }
        let code = place.map(Double.init) ?? Double(label) ?? .nan
        let lowest = zip(term.values, isComplete).filter(\.1).map(\.0).min() ?? .nan
        let values = term.values
        return Coefficient(
            id: "\(term.id)=\(Int(exactly: code).map(String.init) ?? "\(code)")",
            parts: [code, lowest].map { code in { row in isComplete[row] && values[row] == code } })
    }

    /// The rows that count. Of a group that is taken out and has one row alone nothing is left.
    private var completeRows: [Bool] {
        var complete = outcome.indices.map { row in
            !outcome[row].isNaN && terms.allSatisfy { !$0.values[row].isNaN } && !(cluster?[row].isNaN ?? false)
                && !(absorbed?[row].isNaN ?? false)
        }
        guard let absorbed else { return complete }
        var sizes: [Double: Int] = [:]
        for row in complete.indices where complete[row] { sizes[absorbed[row], default: 0] += 1 }
        for row in complete.indices where complete[row] && sizes[absorbed[row]] == 1 { complete[row] = false }
        return complete
    }

    /// 0 and 1 for the two different values that a column has in rows that count; nil where it has more.
    private static func sides(_ values: [Double], _ isComplete: [Bool]) -> [Double]? {
        var low = Double.nan
        var high = Double.nan
        for (value, isComplete) in zip(values, isComplete) where isComplete && value != low && value != high {
            guard high.isNaN else { return nil }
            if low.isNaN { low = value } else { high = value }
        }
        let upper = high.isNaN ? low : max(low, high)
        return values.map { $0 == upper ? 1 : 0 }
    }

    /// Each way to be on one side or the other of up to four comparisons.
    private static func parts(_ sides: [[Double]], _ isComplete: [Bool]) -> [(Int) -> Bool] {
        let sides = sides.compactMap { Self.sides($0, isComplete) }.prefix(4)
        return (0..<(1 << sides.count)).map { pattern in
            { row in
                isComplete[row]
                    && sides.indices.allSatisfy { sides[$0][row] == Double((pattern >> $0) & 1) }
            }
        }
    }
}
