/// Rows sorted into groups by a code.
struct Groups: Sendable {
    /// The group of each row, counted from 0 in the order of first appearance.
    let indices: [Int]
    /// How many rows each group has.
    let sizes: [Int]

    init(_ codes: [Double]) {
        var known: [Double: Int] = [:]
        var sizes: [Int] = []
        indices = codes.map { code in
            let group = known[code] ?? sizes.count
            if group == sizes.count {
                known[code] = group
                sizes.append(0)
            }
            sizes[group] += 1
            return group
        }
        self.sizes = sizes
    }

    /// How many groups there are.
    var count: Int { sizes.count }

    /// The sum of a column within each group.
    func sums(_ values: [Double]) -> [Double] {
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
        for (row, group) in indices.enumerated() { sums[group].add(values[row]) }
        return sums.map(\.value)
    }

    /// A column less the mean of each row's group.
    func centered(_ values: [Double]) -> [Double] {
        let means = zip(sums(values), sizes).map { $0 / Double($1) }
        return zip(values, indices).map { $0 - means[$1] }
    }

    /// Whether each group lies in one group of `others`.
    func isNested(in others: Groups) -> Bool {
        var outer = [Int?](repeating: nil, count: count)
        for (row, group) in indices.enumerated() {
            let here = others.indices[row]
            guard (outer[group] ?? here) == here else { return false }
            outer[group] = here
        }
        return true
    }
}
