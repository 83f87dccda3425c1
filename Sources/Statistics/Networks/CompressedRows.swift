/// The ties of a graph by node: node i's neighbours lie in `neighbours[starts[i] ..< starts[i + 1]]`, ascending and
/// each once, with the weights of the ties beside them.
///
/// Neighbours are 32 bits wide: the walks over a graph are bound by memory, and half the width is twice the ties in a
/// cache line.
struct CompressedRows: Sendable, Equatable {
    let starts: [Int32]
    let neighbours: [Int32]
    let weights: [Double]

    @inline(__always)
    func row(_ node: Int) -> Range<Int> { Int(starts[node])..<Int(starts[node + 1]) }

    func degree(_ node: Int) -> Int { row(node).count }

    /// Whether a row holds a neighbour, by bisection.
    func contains(_ node: Int, _ neighbour: Int32) -> Bool {
        var (low, high) = (Int(starts[node]), Int(starts[node + 1]))
        while low < high {
            let middle = (low + high) / 2
            if neighbours[middle] < neighbour { low = middle + 1 } else { high = middle }
        }
        return low < Int(starts[node + 1]) && neighbours[low] == neighbour
    }

    /// How many neighbours one row of this shares with one row of another.
    func countShared(_ node: Int, with other: CompressedRows, _ otherNode: Int) -> Int {
        var (mine, theirs) = (row(node), other.row(otherNode))
        var shared = 0
        while let i = mine.first, let j = theirs.first {
            let (a, b) = (neighbours[i], other.neighbours[j])
            shared += a == b ? 1 : 0
            if a <= b { mine.removeFirst() }
            if b <= a { theirs.removeFirst() }
        }
        return shared
    }
}

extension CompressedRows {
    /// Rows from arcs in any order. Arcs that are there twice become one, whose weight is the sum in the order given.
    init(nodeCount: Int, arcs: [Arc]) {
        // Two stable counting sorts, by the far end and then by the near one, leave every row ascending.
        let sorted = arcs.sorted(into: nodeCount) { $0.to }.sorted(into: nodeCount) { $0.from }
        var starts = [Int32](repeating: 0, count: nodeCount + 1)
        var neighbours: [Int32] = []
        var weights: [Double] = []
        neighbours.reserveCapacity(sorted.count)
        weights.reserveCapacity(sorted.count)
        var previous: Arc?
        for arc in sorted {
            if let previous, previous.from == arc.from, previous.to == arc.to {
                weights[weights.count - 1] += arc.weight
            } else {
                neighbours.append(arc.to)
                weights.append(arc.weight)
                starts[Int(arc.from) + 1] += 1
            }
            previous = arc
        }
        for node in 0..<nodeCount { starts[node + 1] += starts[node] }
        self.init(starts: starts, neighbours: neighbours, weights: weights)
    }

    /// Every arc, row by row.
    var arcs: [Arc] {
        var arcs: [Arc] = []
        arcs.reserveCapacity(neighbours.count)
        for node in 0..<starts.count - 1 {
            for place in row(node) {
                arcs.append(Arc(from: Int32(node), to: neighbours[place], weight: weights[place]))
            }
        }
        return arcs
    }

    /// The same arcs by their far end.
    func transposed() -> CompressedRows {
        CompressedRows(nodeCount: starts.count - 1, arcs: arcs.map(\.reversed))
    }
}

/// One direction of a tie.
struct Arc: Sendable {
    var from: Int32
    var to: Int32
    var weight: Double

    var reversed: Arc { Arc(from: to, to: from, weight: weight) }
}

extension [Arc] {
    /// Every arc, followed by the one back.
    var bothWays: [Arc] {
        Array(capacity: 2 * count) { output in
            for arc in self {
                output.append(arc)
                output.append(arc.reversed)
            }
        }
    }
}

extension [Arc] {
    /// A stable counting sort by one end.
    fileprivate func sorted(into nodeCount: Int, by end: (Arc) -> Int32) -> [Arc] {
        var next = [Int](repeating: 0, count: nodeCount + 1)
        for arc in self { next[Int(end(arc)) + 1] += 1 }
        for node in 0..<nodeCount { next[node + 1] += next[node] }
        var sorted = self
        for arc in self {
            let node = Int(end(arc))
            sorted[next[node]] = arc
            next[node] += 1
        }
        return sorted
    }
}
