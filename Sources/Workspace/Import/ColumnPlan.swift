import MeasureModel
import TabularIO

/// How the columns of a file become ours: for each network which one feeds which of ours, through which maps.
struct ColumnPlan {
    /// One of our columns for rows of one network.
    struct Feed: Equatable {
        /// The column's place in the file.
        var place: Int
        /// Values of the file and ours.
        var values: [String: String]
        /// The kind of missing that codes stand for.
        var missing: [String: String]
    }

    /// Our columns in the order of the file.
    private(set) var columns: [String] = []
    /// For each network, for each of our columns, where it comes from; nil where rows of that network lack it.
    private(set) var feeds: [String: [Feed?]] = [:]
    /// Where the network's name stands, when a column says it.
    private(set) var networkPlace: Int?
    private(set) var networkValues: [String: String] = [:]

    private let header: [String]
    private let headerNames: Set<String>
    private let dropped: Set<String>
    private let codebook: Codebook
    private let source: CodebookSource?
    private let file: String

    /// Plans for a file with this header. `networks` are the networks whose rows it may hold; where no column tells
    /// them apart, all rows are of `fixedNetwork`, and only its maps must fit.
    init(
        header: [String], codebook: Codebook, source: CodebookSource?, networks: [String], fixedNetwork: String? = nil,
        file: String
    ) throws(WorkspaceError) {
        self.header = header
        headerNames = Set(header)
        dropped = Set(source?.dropped ?? [])
        self.codebook = codebook
        self.source = source
        self.file = file
        let general = maps(for: nil)
        networkPlace = header.firstIndex { (general.columns[$0] ?? $0) == "network" && !isDropped($0) }
        networkValues = general.values["network"] ?? [:]
        for name in source?.dropped ?? [] where !headerNames.contains(name) {
            throw failure("the codebook drops the column `\(name)`, which the file does not have")
        }
        let planned = networkPlace == nil ? fixedNetwork.map { [$0] } ?? networks : networks
        var named: [(network: String, names: [String: Int])] = []
        for network in planned { named.append((network, try ourNames(for: network, isOnly: planned.count == 1))) }
        var seen: Set<String> = []
        for (_, names) in named {
            for (name, _) in names.sorted(by: { $0.value < $1.value }) where seen.insert(name).inserted {
                columns.append(name)
            }
        }
        for (network, names) in named {
            let maps = maps(for: network)
            feeds[network] = columns.map { feed($0, names[$0], maps) }
        }
    }

    private func failure(_ message: String) -> WorkspaceError {
        WorkspaceError(.badInput, "\(file): \(message).", file: file, line: 1)
    }

    private func isDropped(_ name: String) -> Bool {
        dropped.contains(name)
    }

    /// The maps that apply to rows of a network, the most particular winning.
    private func maps(for network: String?) -> CodebookMaps {
        var merged = source?.maps ?? CodebookMaps()
        let particular = network.map { [codebook.networks[$0], source?.networks[$0]] } ?? []
        for maps in particular.compactMap(\.self) {
            merged.columns.merge(maps.columns) { $1 }
            merged.values.merge(maps.values) { $0.merging($1) { $1 } }
        }
        return merged
    }

    private func ourNames(for network: String, isOnly: Bool) throws(WorkspaceError) -> [String: Int] {
        let maps = maps(for: network)
        // The source's columns must all be there. Those of single networks need not: the file may lack their rows.
        var promised = source.map { Array($0.maps.columns.keys) } ?? []
        if isOnly { promised += source?.networks[network].map { Array($0.columns.keys) } ?? [] }
        for name in promised.sorted() where !headerNames.contains(name) {
            throw failure("the codebook maps the column `\(name)`, which the file does not have")
        }
        var names: [String: Int] = [:]
        for (place, theirs) in header.enumerated() where !isDropped(theirs) {
            let ours = maps.columns[theirs] ?? theirs
            if let other = names[ours] {
                throw failure("the columns `\(header[other])` and `\(theirs)` both become `\(ours)`")
            }
            guard !ours.hasSuffix(HostColumns.missingSuffix), ours != HostColumns.period else {
                throw failure("a column cannot be called `\(ours)`: the name is kept for the host")
            }
            names[ours] = place
        }
        return names
    }

    private func feed(_ column: String, _ place: Int?, _ maps: CodebookMaps) -> Feed? {
        guard let place else { return nil }
        var feed = Feed(place: place, values: maps.values[column] ?? [:], missing: codebook.missing.kinds)
        if let known = codebook.columns[column] {
            feed.values = known.values.merging(feed.values) { $1 }
            feed.missing.merge(known.missing.kinds) { $1 }
        }
        return feed
    }
}
