extension Graph {
    /// The length that the scores of ``eigenvectorCentrality(_:)`` are brought to.
    public enum EigenvectorScale: String, CaseIterable, Codable, Hashable, Sendable {
        /// The largest is 1.
        case largestOne = "max 1"
        /// The sum of their squares is 1.
        case unitLength = "unit length"
    }

    /// By node, its part in the eigenvector of the largest eigenvalue of the ties without direction: everybody is as
    /// central as the sum of their neighbours. Nil unless the graph is connected and has a tie, since parts have
    /// eigenvectors of their own; nil, too, where a hundred thousand steps do not settle it.
    ///
    /// By power iteration on A + I, whose eigenvectors are those of A, and whose largest eigenvalue has no
    /// counterpart of opposite sign, which A has in a graph of two sides.
    ///
    /// Source: P. Bonacich, Journal of Mathematical Sociology 2 (1972).
    public func eigenvectorCentrality(_ scale: EigenvectorScale = .largestOne) -> [Double]? {
        eigenvectorCentrality(scale, beforeEachStep: { () throws(Never) in })
    }

    /// The same, asking before each step whether to go on: throw to give up.
    public func eigenvectorCentrality<Stop: Error>(
        _ scale: EigenvectorScale = .largestOne, beforeEachStep ask: () throws(Stop) -> Void
    ) throws(Stop) -> [Double]? {
        guard nodeCount > 1, isConnected else { return nil }
        let rows = undirected.sent
        var scores = Self.unitLength(nodes.map { Double(rows.degree($0)) })
        var previousChange = Double.infinity
        for _ in 0..<Self.mostSteps {
            try ask()
            let next = Self.unitLength(
                nodes.map { node in
                    rows.row(node).reduce(scores[node]) { $0 + scores[Int(rows.neighbours[$1])] }
                })
            let change = zip(next, scores).reduce(0) { max($0, abs($1.0 - $1.1)) }
            scores = next
            // Errors shrink by a constant factor per step, so that those left sum up to a geometric series.
            let factor = previousChange.isFinite ? change / previousChange : 1
            let errorLeft = factor < 1 ? change * factor / (1 - factor) : .infinity
            if change < Self.roundingError || errorLeft < Self.wantedError {
                return scale == .unitLength ? scores : scores.scaled(by: 1 / (scores.max() ?? 1))
            }
            previousChange = change
        }
        return nil
    }

    private static let mostSteps = 100_000
    private static let wantedError = 1e-13
    private static let roundingError = 1e-15

    private static func unitLength(_ scores: [Double]) -> [Double] {
        scores.scaled(by: 1 / scores.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }
}

extension [Double] {
    fileprivate func scaled(by factor: Double) -> [Double] { map { $0 * factor } }
}
