import LuaSandbox
import MeasureModel

/// What exists of the data for a script: all of it, or what its plugin declares and nothing else.
///
/// Whatever a script can reach, and whatever messages name, is asked for here. What the host itself needs to put rows
/// into periods, to count persons and response rates, and to hide what is too small, is not.
struct VisibleData {
    private struct Reads {
        var columns: Set<String>?
        var rows: Bool
    }

    /// By dataset; nil where all of it exists.
    private let reads: [String: Reads]?

    init(_ plugin: MeasurePlugin?) {
        reads = plugin.map { plugin in
            Dictionary(
                plugin.reads.map { ($0.dataset, Reads(columns: $0.columns.map(Set.init), rows: $0.rows)) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// Whether anything is hidden.
    var isConfined: Bool { reads != nil }

    /// Whether a dataset exists.
    func has(dataset name: String) -> Bool { reads.map { $0[name] != nil } ?? true }

    /// Whether a column exists, as far as the plugin is asked. A dataset that the script had made is its own.
    func has(_ column: String, in dataset: Dataset) -> Bool {
        guard let reads, !dataset.isMade else { return true }
        guard let own = reads[dataset.description.name] else { return false }
        return own.columns?.contains(column) ?? true
    }

    /// Whether single rows may be looked at.
    func hasRows(of dataset: String) -> Bool { reads.map { $0[dataset]?.rows ?? false } ?? true }

    /// The columns of a dataset that exist.
    func columnNames(of dataset: Dataset) -> [String] {
        isConfined ? dataset.columnNames.filter { has($0, in: dataset) } : dataset.columnNames
    }

    /// What the codebook says of an item that exists.
    func item(_ name: String, of dataset: Dataset) -> ItemDescription? {
        has(name, in: dataset) ? dataset.description.items.first { $0.name == name } : nil
    }

    /// What the codebook says of a scale that exists: one all of whose items do.
    func scales(of dataset: Dataset) -> [ScaleDescription] {
        let scales = dataset.description.scales
        guard isConfined else { return scales }
        return scales.filter { scale in scale.items.allSatisfy { has($0, in: dataset) } }
    }
}

extension Evaluation {
    /// Whether a column is there for the script.
    func exists(_ column: String, in dataset: Dataset) -> Bool {
        dataset.hasColumn(column) && setting.visible.has(column, in: dataset)
    }

    /// What is said of a column that is not there, or not for this script: it cannot tell one from the other.
    func noColumn(_ name: String, in dataset: Dataset, _ verb: String = "") -> LuaHostError {
        let near = NameSuggestion.near(name, among: setting.visible.columnNames(of: dataset))
        return .message("\(verb)no column `\(name)` in \(dataset.description.name)\(near)")
    }
}
