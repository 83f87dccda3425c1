import MeasureModel

extension Snapshot {
    /// The columns of all its loads, in the order in which they first come, without the host's own. A load that lacks one
    /// adds its rows as missing.
    public var columns: [LoadColumn] {
        var order: [String] = []
        var merged: [String: LoadColumn] = [:]
        let files = loads.flatMap(\.files)
        for column in files.flatMap(\.columns)
        where !column.name.hasSuffix(HostColumns.missingSuffix) && column.name != HostColumns.period {
            if merged[column.name] == nil {
                order.append(column.name)
                merged[column.name] = column
                merged[column.name]?.missing = 0
            }
        }
        for file in files {
            let missing = Dictionary(file.columns.map { ($0.name, $0.missing) }) { first, _ in first }
            for name in order { merged[name]?.missing += missing[name] ?? file.rowCount }
        }
        return order.compactMap { merged[$0] }
    }
}
