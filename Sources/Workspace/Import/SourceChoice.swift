import TabularIO

/// Which source of the codebook a file comes from.
struct SourceChoice {
    let source: CodebookSource?
    /// The file, read as files of that source are written.
    let file: DelimitedFile
    /// What is worth knowing about the choice.
    private(set) var notes: [String] = []

    /// The named source, or the only one whose columns, with those of the network, are all in the file.
    init(_ codebook: Codebook, _ file: SourceFile, _ name: String?, network: String?) throws(WorkspaceError) {
        if let name {
            guard let named = codebook.sources.first(where: { $0.name == name }) else {
                let known = codebook.sources.map(\.name)
                throw WorkspaceError(
                    .unknownName, "The codebook has no source `\(name)`\(Workspace.endProposing(name, known))")
            }
            source = named
            self.file = try file.delimited(named)
            return
        }
        let fitting = codebook.sources.compactMap { source -> (source: CodebookSource, file: DelimitedFile)? in
            let needed = Self.columns(source, network)
            guard !needed.isEmpty, let file = try? file.delimited(source) else { return nil }
            return Set(file.header).isSuperset(of: needed) ? (source, file) : nil
        }
        guard fitting.count <= 1 else {
            let names = fitting.map(\.source.name).joined(separator: ", ")
            throw WorkspaceError(
                .badInput, "\(file.name) could come from several sources of the codebook (\(names)); say --source.",
                file: file.path)
        }
        source = fitting.first?.source
        if let first = fitting.first { self.file = first.file } else { self.file = try file.delimited(nil) }
        if fitting.isEmpty { notes = Self.misfits(codebook.sources, Set(self.file.header), network) }
        notes += self.file.notes
    }

    /// The cells of the file, long answers made wide.
    func cells(of file: SourceFile) throws(WorkspaceError) -> CellTable {
        let cells: CellTable
        do {
            cells = try self.file.cells()
        } catch {
            throw file.failure(error)
        }
        guard let pivot = source?.pivot else { return cells }
        guard let wide = pivot.wide(cells) else {
            let wanting = pivot.columns.first { !cells.header.contains($0) } ?? pivot.item
            throw WorkspaceError(
                .badInput, "\(file.name) has no column `\(wanting)`, which the codebook's `pivot` needs.",
                file: file.path, line: 1)
        }
        return wide
    }

    /// The columns by which files of a source are known.
    private static func columns(_ source: CodebookSource, _ network: String?) -> [String] {
        let own = (network ?? source.network).flatMap { source.networks[$0]?.columns.keys.map(\.self) } ?? []
        return source.pivot?.columns ?? source.maps.columns.keys + own
    }

    /// Says which columns are wanting where a file comes near a source and is read without one.
    private static func misfits(_ sources: [CodebookSource], _ header: Set<String>, _ network: String?) -> [String] {
        sources.compactMap { source in
            let needed = columns(source, network)
            let wanting = needed.filter { !header.contains($0) }.sorted()
            guard !needed.isEmpty, wanting.count < needed.count else { return nil }
            let names = wanting.map { "`\($0)`" }.joined(separator: ", ")
            return "The codebook's source `\(source.name)` was not used: the file has no \(names)."
        }
    }
}
