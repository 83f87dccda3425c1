import Columnar
import Foundation
import MeasureModel

/// The keys of rows that other loads have, to catch the same row in two loads.
struct KnownKeys {
    private var keys = TextInterner()
    /// For each key the place of its load in ``names``.
    private var loads: [Int] = []
    private var names: [String] = []
    private let dataset: DatasetConfig

    init(_ dataset: DatasetConfig) {
        self.dataset = dataset
    }

    /// Adds the rows of loads.
    mutating func add(_ loads: [LoadRecord], _ folder: LoadFolder) throws {
        guard !dataset.keys.isEmpty else { return }
        try LoadCheck(folder).require(loads)
        for load in loads {
            for file in load.files {
                let path = folder.file(dataset: dataset.name, hash: file.hash).path
                add(try ArrowFileReader.read(MappedFile(path: path)), network: file.network, load: load.name)
            }
        }
    }

    /// Adds the rows of a table.
    mutating func add(_ table: Table, network: String, load: String) {
        guard !dataset.keys.isEmpty else { return }
        let columns = dataset.keys.map { name in
            // Whatever told the period, a label or the command line, the host's column has its first day.
            name == dataset.periodColumn ? table[HostColumns.period] ?? table[name] : table[name]
        }
        if names.last != load { names.append(load) }
        for row in 0..<table.rowCount {
            let code = Int(keys.code(of: Self.key(network, columns.map { $0?.text(row) })))
            if code == loads.count { loads.append(0) }
            loads[code] = names.count - 1
        }
    }

    /// The load that has a row with this key.
    func load(_ key: String) -> String? {
        keys.knownCode(of: key.utf8.span).map { names[loads[Int($0)]] }
    }

    /// The key of a row: its network and its values in the dataset's key columns. No cell holds NUL.
    static func key(_ network: String, _ values: [String?]) -> String {
        ([network] + values.map { $0 ?? "" }).joined(separator: "\0")
    }
}
