import Columnar
import TabularIO

/// The network that each row of a file belongs to.
struct RowNetworks {
    /// The networks that rows may belong to, in the order of their loads.
    let ids: [String]
    /// For each row the place of its network in ``ids``, or -1; nil where all rows are of the first.
    private(set) var places: [Int]?
    /// The rows of no network, in order.
    private(set) var strangers: [ReadColumn.Problem] = []

    /// Rows that are all of one network.
    init(all network: String) {
        ids = [network]
    }

    /// Rows whose network a column of the file names, in these words.
    init(_ ids: [String], named column: CellColumn, values: [String: String]) {
        self.ids = ids
        let named = RowNetworks.labels(column, values)
        let known = (0..<named.texts.count).map { ids.firstIndex(of: named.texts[$0]) ?? -1 }
        let places = named.codes.map { $0 < 0 ? -1 : known[Int($0)] }
        for row in places.indices where places[row] < 0 {
            let code = named.codes[row]
            let reason =
                code < 0 ? "the row names no network" : "`\(named.texts[Int(code)])` is no network of plumbline.yaml"
            strangers.append(.init(row: row, reason: reason))
        }
        self.places = places
    }

    private static func labels(_ column: CellColumn, _ values: [String: String]) -> CellLabels {
        let feed = ColumnFeed(cells: column, meanings: CellMeanings(values: values, missing: [:]))
        return ColumnReader.labels([feed], rowCount: column.count)
    }

    /// Whether each row is of one of these networks; nil when all are.
    func filter(_ networks: Set<Int>) -> [Bool]? {
        guard let places else { return nil }
        let rows = places.map { networks.contains($0) }
        return rows.allSatisfy(\.self) ? nil : rows
    }

    /// The networks that have rows, by their places.
    var present: [Int] {
        guard let places else { return [0] }
        return Set(places).filter { $0 >= 0 }.sorted()
    }

    /// The network of a row; nil when it has none.
    func network(_ row: Int) -> String? {
        let place = places?[row] ?? 0
        return place < 0 ? nil : ids[place]
    }
}
