import Columnar
import LuaSandbox
import MeasureModel
import Statistics

/// Makes a graph of a group's rows: who its nodes are, and between which of them each row is a tie.
struct GraphIntake {
    let host: Evaluation
    let ties: GroupView
    private let from: EndNames
    private let to: EndNames
    private let weights: ArraySlice<Double>
    private let isDirected: Bool
    /// Whether the ends of ties are persons.
    private let namesPersons: Bool

    init(_ host: Evaluation, _ ties: GroupView, _ options: LuaTable) throws(LuaHostError) {
        guard ties.count < 1 << 30 else { throw .message("graph: so many ties are too many") }
        let from = try Self.end(host, ties, options, "from")
        let to = try Self.end(host, ties, options, "to")
        let weights = try host.column(options, "weight", of: ties, "graph")
        self.ties = [from, to, weights].reduce(ties) { rested, column in
            column.map { rested.resting(on: $0.group) } ?? rested
        }
        self.weights = if let weights { try host.numbers(weights, "graph") } else { [] }
        isDirected = try GraphVerbs.flag(options, "directed", "graph", standard: true)
        self.host = host
        namesPersons = host.namesPersons(from) || host.namesPersons(to)
        try host.requireRoom(bytes: GraphView.byteCount(rows: ties.count, nodes: 0))
        host.bill(rows: 4 * ties.count)
        self.from = EndNames(from)
        self.to = EndNames(to)
    }

    private static func end(
        _ host: Evaluation, _ ties: GroupView, _ options: LuaTable, _ name: String
    ) throws(LuaHostError) -> ColumnView {
        if let given = try host.column(options, name, of: ties, "graph") { return given }
        return try host.column(named: name, of: ties)
    }

    /// The graph with the given rows as its nodes, or with the ends of ties.
    func graph(nodes given: GroupView?, id: ColumnView?) throws(LuaHostError) -> GraphView {
        let (nodes, numbers) =
            if let given, let id { named(given, id) } else { try ends() }
        let found = TieEnds(from: from.nodes(numbers), to: to.nodes(numbers))
        let weights = Array(weights)
        let graph = Graph(
            nodeCount: nodes.count, from: found.from.span, to: found.to.span, weights: weights.span,
            isDirected: isDirected)
        let ends = tiesOnly(found)
        let rested = nodes.resting(on: ties, persons: try host.personsIfAny(ties, where: ends.isTie))
        return GraphView(
            graph: graph, nodes: id.map { rested.telling(of: $0.group) } ?? rested, ties: ties, ends: ends,
            countsPersons: id.map(host.namesPersons) ?? namesPersons)
    }

    /// The rows of a group as nodes, the first of each id; rows without one are none.
    private func named(_ given: GroupView, _ id: ColumnView) -> (GroupView, [String: Int32]) {
        host.bill(rows: given.count)
        let names = EndNames(id)
        var numbers: [String: Int32] = [:]
        var places: [Int32] = []
        for (place, code) in names.codes.enumerated() where code >= 0 {
            let text = names.texts[Int(code)]
            guard numbers[text] == nil else { continue }
            numbers[text] = Int32(places.count)
            places.append(Int32(place))
        }
        return (places.count == given.count ? given : given.subset(places), numbers)
    }

    /// The ends of ties as nodes, in the order of their ids, whatever the order of the rows.
    private func ends() throws(LuaHostError) -> (GroupView, [String: Int32]) {
        var numbers: [String: Int32] = [:]
        let id: Column
        let count: Int
        if let fromNumbers = from.numbers, let toNumbers = to.numbers, !namesPersons {
            let all = Set(fromNumbers + toNumbers).sorted()
            for (node, number) in all.enumerated() { numbers[from.text(of: number)] = Int32(node) }
            (id, count) = (Column(name: "id", values: .float64(Buffer(all))), all.count)
        } else {
            let all = Set(from.texts + to.texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            for (node, text) in all.enumerated() { numbers[text] = Int32(node) }
            (id, count) = (Column(name: "id", values: .text(TextBuffer(all))), all.count)
        }
        let (persons, columns) = try persons(of: numbers, count: count)
        return (try group([id] + columns, persons, count: count), numbers)
    }

    private func group(_ columns: [Column], _ persons: PersonRule, count: Int) throws(LuaHostError) -> GroupView {
        let description = ties.frame.dataset.description
        let made = DatasetDescription(
            name: description.name, dataClass: description.dataClass, persons: persons,
            personColumns: namesPersons ? ["id"] : [], dimensions: description.dimensions)
        let table: Table
        do {
            table = try Table(columns: columns, rowCount: count)
        } catch {
            throw .message("graph: its nodes cannot be listed")
        }
        let dataset = Dataset(
            made, parts: [Dataset.Part(table: table, network: ties.key["network"])], madeOf: ties.sources)
        dataset.announcements = ties.frame.dataset.announcements
        let frame = Frame(made: dataset, like: ties.frame)
        try host.bill(frame.bill, bytes: GraphView.byteCount(rows: 0, nodes: count))
        return GroupView(
            frame: frame, rows: .range(0..<count), key: ties.key, period: ties.period, readable: ["id"])
    }

    /// Who is behind a node that was found in ties: itself where it is a person or every row is one; else one of the
    /// persons behind its ties, so that several nodes known from one person count once.
    private func persons(
        of numbers: [String: Int32], count: Int
    ) throws(LuaHostError) -> (PersonRule, [Column]) {
        if namesPersons || ties.frame.dataset.description.persons == .row { return (.row, []) }
        let dataset = ties.frame.dataset
        let codes = try host.data { () throws(DataError) in try dataset.personCodes().codes }
        let rows = ties.datasetRows { _ in true }
        var person = [Double](repeating: .infinity, count: count)
        for end in [from, to] {
            for (row, node) in end.nodes(numbers).enumerated() where node >= 0 && codes[Int(rows[row])] >= 0 {
                person[Int(node)] = min(person[Int(node)], Double(codes[Int(rows[row])]))
            }
        }
        let known = person.map(\.isFinite)
        return (.column("person"), [Column(name: "person", values: .float64(Buffer(person)), validity: Bitmap(known))])
    }

    /// The ends of the rows that became ties, by the rules of `Graph`.
    private func tiesOnly(_ found: TieEnds) -> TieEnds {
        var ends = found
        for row in ends.from.indices {
            let weight = weights.isEmpty ? 1 : weights[weights.startIndex + row]
            guard found.isTie(row), found.from[row] != found.to[row], weight > 0, weight.isFinite else {
                (ends.from[row], ends.to[row]) = (-1, -1)
                continue
            }
        }
        return ends
    }
}

/// The different values of a column that names nodes.
private struct EndNames {
    /// By row the number of its value, -1 where there is none.
    let codes: [Int32]
    /// By number, the value as text: ids may be numbers in one dataset and texts in another.
    let texts: [String]
    /// By number, the value where all are numbers.
    let numbers: [Double]?
    private let kind: ColumnKind

    init(_ column: ColumnView) {
        kind = column.data.kind
        switch column.data.values {
        case .labels(let all, let labels):
            let (codes, values) = Self.numbered(all) { $0 >= 0 }
            self.codes = codes
            texts = values.map { labels.texts[Int($0)] }
            numbers = nil
        case .numbers(let all):
            let (codes, values) = Self.numbered(all, where: \.isFinite)
            self.codes = codes
            texts = values.map { [kind] in Dataset.text(of: $0, kind) }
            numbers = kind == .number || kind == .empty ? values : nil
        }
    }

    private static func numbered<Value: Hashable>(
        _ all: ArraySlice<Value>, where isThere: (Value) -> Bool
    ) -> (codes: [Int32], values: [Value]) {
        var numbers: [Value: Int32] = [:]
        var values: [Value] = []
        let codes = all.map { value -> Int32 in
            guard isThere(value) else { return -1 }
            if let known = numbers[value] { return known }
            let number = Int32(values.count)
            numbers[value] = number
            values.append(value)
            return number
        }
        return (codes, values)
    }

    func text(of number: Double) -> String { Dataset.text(of: number, kind) }

    /// By row the node of that name, -1 where there is none.
    func nodes(_ numbers: [String: Int32]) -> [Int32] {
        let nodes = texts.map { numbers[$0] ?? -1 }
        return codes.map { $0 < 0 ? -1 : nodes[Int($0)] }
    }
}
