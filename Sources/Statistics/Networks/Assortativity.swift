extension TieMixing {
    /// By how much more of the ties run within groups than would by chance, given each group's ties: Σ e_gg - Σ a_g b_g
    /// for the shares e of ties from group to group, a of ties sent and b of ties received. Nil without ties.
    ///
    /// Source: M. E. J. Newman & M. Girvan, Physical Review E 69 (2004); with directions, E. A. Leicht & M. E. J.
    /// Newman, Physical Review Letters 100 (2008).
    public var modularity: Double? { excess?.found }

    /// The same divided by what it could be at most, 1 - Σ a_g b_g; nil where that is 0 and without ties.
    ///
    /// Source: M. E. J. Newman, Physical Review E 67 (2003), equation 2.
    public var assortativity: Double? {
        excess.flatMap { $0.most > 0 ? ($0.found / $0.most).finite : nil }
    }

    private var excess: (found: Double, most: Double)? {
        guard total > 0 else { return nil }
        // Without directions a tie counts both ways, so that those within a group count twice.
        let ends = isDirected ? total : 2 * total
        let all = 0..<groups.count
        let (within, expected) = all.reduce((0.0, 0.0)) { sums, group in
            let double = isDirected ? 0 : self[group, group]
            let sent = all.reduce(double) { $0 + self[group, $1] } / ends
            let received = all.reduce(double) { $0 + self[$1, group] } / ends
            return (sums.0 + (self[group, group] + double) / ends, sums.1 + sent * received)
        }
        // With all ties in one group both are 0, but for rounding.
        return (within - expected, 1 - expected)
    }
}

extension Graph {
    /// The correlation of a number of the nodes across ties: of the sender's with the receiver's, or, without
    /// directions, of each end's with the other's. Ties with an end whose number is missing (NaN) are left out. Nil
    /// without ties, and where the numbers at either end are all equal.
    ///
    /// Source: M. E. J. Newman, Physical Review E 67 (2003), equation 21.
    ///
    /// - Precondition: one number per node.
    public func assortativity(of values: Span<Double>) -> Double? {
        precondition(values.count == nodeCount, "\(nodeCount) nodes but \(values.count) numbers")
        var (senders, receivers): ([Double], [Double]) = ([], [])
        for node in nodes where !values[node].isNaN {
            for place in sent.row(node) {
                let other = values[Int(sent.neighbours[place])]
                guard !other.isNaN else { continue }
                senders.append(values[node])
                receivers.append(other)
            }
        }
        return try? PairMoments(senders.span, receivers.span).correlation()
    }

    /// The same of the nodes' degrees, on the ties without direction: whether the well connected are tied to each
    /// other.
    ///
    /// Source: M. E. J. Newman, Physical Review Letters 89 (2002).
    public var degreeAssortativity: Double? {
        let graph = undirected
        let degrees = graph.degrees().map(Double.init)
        return graph.assortativity(of: degrees.span)
    }
}
