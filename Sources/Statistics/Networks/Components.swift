/// The parts a graph falls into: every node belongs to one.
public struct Components: Equatable, Sendable {
    /// By node, the number of its part, from 0.
    public let membership: [Int]
    /// By part, how many nodes it has.
    public let sizes: [Int]

    init(membership: [Int], count: Int) {
        self.membership = membership
        var sizes = [Int](repeating: 0, count: count)
        for part in membership { sizes[part] += 1 }
        self.sizes = sizes
    }

    /// How many parts there are.
    public var count: Int { sizes.count }

    /// The sizes, largest first.
    public var sizesDescending: [Int] { sizes.sorted(by: >) }
}

extension Graph {
    /// Whether every node can be reached from every other, whatever the ties' directions. Nothing is not connected.
    public var isConnected: Bool { weakComponents.count == 1 }

    /// The parts that are connected whatever the ties' directions, numbered by their lowest node.
    public var weakComponents: Components {
        var membership = [Int](repeating: -1, count: nodeCount)
        var count = 0
        var open: [Int] = []
        for root in nodes where membership[root] < 0 {
            membership[root] = count
            open.append(root)
            while let node = open.popLast() {
                for rows in [sent, received] {
                    for place in rows.row(node) where membership[Int(rows.neighbours[place])] < 0 {
                        membership[Int(rows.neighbours[place])] = count
                        open.append(Int(rows.neighbours[place]))
                    }
                }
            }
            count += 1
        }
        return Components(membership: membership, count: count)
    }

    /// The parts within which every node reaches every other along the ties. A tie between two parts runs from the
    /// higher number to the lower.
    ///
    /// Source: R. E. Tarjan, SIAM Journal on Computing 1 (1972), with a stack of its own instead of recursion.
    public var strongComponents: Components {
        var search = StrongComponentSearch(sent)
        for node in nodes { search.visit(node) }
        return Components(membership: search.component, count: search.count)
    }
}

private struct StrongComponentSearch {
    let rows: CompressedRows
    /// By node, the number of its component once it is known, -1 before.
    var component: [Int]
    var count = 0
    /// By node, when it was found, 0 before.
    private var found: [Int]
    /// By node, the earliest found node of its component that is known to be reachable.
    private var earliest: [Int]
    private var clock = 0
    /// The nodes found whose component is not known yet.
    private var pending: [Int] = []
    /// The path of the search: a node, and how far its row is walked.
    private var path: [(node: Int, place: Int)] = []

    init(_ rows: CompressedRows) {
        self.rows = rows
        let nodeCount = rows.starts.count - 1
        component = [Int](repeating: -1, count: nodeCount)
        found = [Int](repeating: 0, count: nodeCount)
        earliest = found
    }

    mutating func visit(_ root: Int) {
        guard found[root] == 0 else { return }
        enter(root)
        while let (node, place) = path.last {
            guard place < rows.row(node).upperBound else {
                leave(node)
                continue
            }
            path[path.count - 1].place += 1
            let neighbour = Int(rows.neighbours[place])
            if found[neighbour] == 0 {
                enter(neighbour)
            } else if component[neighbour] < 0 {
                earliest[node] = min(earliest[node], found[neighbour])
            }
        }
    }

    private mutating func enter(_ node: Int) {
        clock += 1
        found[node] = clock
        earliest[node] = clock
        pending.append(node)
        path.append((node, rows.row(node).lowerBound))
    }

    private mutating func leave(_ node: Int) {
        path.removeLast()
        if let parent = path.last?.node { earliest[parent] = min(earliest[parent], earliest[node]) }
        guard earliest[node] == found[node] else { return }
        while let member = pending.popLast() {
            component[member] = count
            if member == node { break }
        }
        count += 1
    }
}
