/// One dictionary for columns that come with their own: the labels sorted by bytes, the rows one after the other.
public struct DictionaryMerge: Sendable {
    /// The different labels in order of their bytes.
    public private(set) var labels: [String]
    /// For each row the number of its label, -1 where missing.
    public private(set) var codes: [Int32]

    /// Merges parts in their order. Labels that no row uses are left out.
    public init(_ parts: [(labels: [String], codes: [Int32])]) {
        var used: Set<String> = []
        for part in parts {
            var seen = [Bool](repeating: false, count: part.labels.count)
            for code in part.codes where code >= 0 { seen[Int(code)] = true }
            for (label, isSeen) in zip(part.labels, seen) where isSeen { used.insert(label) }
        }
        labels = used.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let numbers = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($0.element, Int32($0.offset)) })
        codes = []
        codes.reserveCapacity(parts.reduce(0) { $0 + $1.codes.count })
        for part in parts {
            let renumbered = part.labels.map { numbers[$0] ?? -1 }
            for code in part.codes { codes.append(code < 0 ? -1 : renumbered[Int(code)]) }
        }
    }
}
