import Columnar
import Foundation
import MeasureModel

/// The keys of rows that other loads have, to catch the same row in two loads.
struct KnownKeys {
    /// For each key the load that has it. A key is the network and the values of the dataset's key columns as text.
    private(set) var loads: [[String]: String] = [:]
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
        for row in 0..<table.rowCount {
            loads[[network] + columns.map { $0?.text(row) ?? "" }] = load
        }
    }
}
