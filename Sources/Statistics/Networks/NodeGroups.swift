/// Which group each node of a graph belongs to: a school, a role, a team.
public struct NodeGroups: Equatable, Sendable {
    /// By node, the number of its group, from 0; -1 where it is unknown. What a tie to such a node says about groups
    /// is unknown as well, and it is left out.
    public let codes: [Int32]
    /// How many groups there are, empty ones included.
    public let count: Int
    /// By group, how many nodes it has.
    public let sizes: [Int]

    /// The groups of nodes.
    ///
    /// - Precondition: no code of `count` or above.
    public init(codes: Span<Int32>, count: Int) {
        var sizes = [Int](repeating: 0, count: count)
        self.codes = Array(capacity: codes.count) { output in
            for node in codes.indices { output.append(max(codes[node], -1)) }
        }
        for code in self.codes where code >= 0 {
            precondition(Int(code) < count, "group \(code) of \(count)")
            sizes[Int(code)] += 1
        }
        self.count = count
        self.sizes = sizes
    }

    /// The group of a node, nil where it is unknown.
    subscript(_ node: Int) -> Int? { codes[node] < 0 ? nil : Int(codes[node]) }

    func check(_ graph: Graph) {
        precondition(codes.count == graph.nodeCount, "\(graph.nodeCount) nodes but \(codes.count) groups")
    }
}
