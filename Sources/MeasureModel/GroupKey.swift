/// The values of the dimensions that make up a group, coarsest dimension first: network, district, school, team,
/// role, then the workspace's own by name.
public struct GroupKey: Hashable, Sendable {
    /// Dimensions and values in order.
    public var parts: [Part]

    /// One dimension's value.
    public struct Part: Hashable, Sendable {
        /// The dimension.
        public var dimension: String
        /// The value in this group.
        public var value: String

        /// One dimension's value.
        public init(_ dimension: String, _ value: String) {
            self.dimension = dimension
            self.value = value
        }
    }

    /// A key; empty for everything together.
    public init(_ parts: [Part] = []) {
        self.parts = parts
    }

    /// The value of a dimension, nil when the key does not have it.
    public subscript(_ dimension: String) -> String? {
        parts.first { $0.dimension == dimension }?.value
    }

    /// The dimensions that the feed's CSV names in fixed columns, coarsest first.
    public static let standardDimensions = ["network", "district", "school", "team", "role"]

    /// Puts dimensions in the order of keys.
    public static func ordered(_ dimensions: some Sequence<String>) -> [String] {
        let dimensions = Array(dimensions)
        guard dimensions.count > 1 else { return dimensions }
        func rank(_ dimension: String) -> Int {
            standardDimensions.firstIndex(of: dimension) ?? standardDimensions.count
        }
        return dimensions.sorted { left, right in
            rank(left) != rank(right)
                ? rank(left) < rank(right) : left.utf8.lexicographicallyPrecedes(right.utf8)
        }
    }
}

extension GroupKey: Comparable {
    /// Values by bytes, one dimension after the other.
    public static func < (left: GroupKey, right: GroupKey) -> Bool {
        for (a, b) in zip(left.parts, right.parts) where a != b {
            if a.dimension != b.dimension { return a.dimension.utf8.lexicographicallyPrecedes(b.dimension.utf8) }
            return a.value.utf8.lexicographicallyPrecedes(b.value.utf8)
        }
        return left.parts.count < right.parts.count
    }
}
