/// Tables made ready for writing: one schema, and dictionaries that only ever grow from batch to batch, because a file
/// cannot replace them.
struct ArrowBatches {
    /// A dictionary, or what it gains.
    struct Dictionary {
        var id: Int64
        var labels: TextBuffer
        var isDelta: Bool
    }

    /// One table, with what must be written before it.
    struct Batch {
        var dictionaries: [Dictionary] = []
        var columns: [Column]
        var rowCount: Int
    }

    private(set) var schema = FlatTable([])
    private(set) var batches: [Batch]

    init(_ tables: [Table]) throws(ColumnarError) {
        guard let first = tables.first else { throw ColumnarError(.invalidTable, "There is no table to write.") }
        for table in tables where table.columns.map(\.name) != first.columns.map(\.name) {
            throw ColumnarError(.invalidTable, "The tables do not have the same columns.")
        }
        batches = tables.map { Batch(columns: $0.columns, rowCount: $0.rowCount) }
        var fields: [ArrowField] = []
        for index in first.columns.indices {
            let parts = tables.map { $0.columns[index] }
            guard Set(parts.map(\.type)).count == 1 else {
                throw ColumnarError(
                    .invalidTable, "The column `\(first.columns[index].name)` does not have one type in all tables.")
            }
            fields.append(takeDictionary(of: index, parts))
        }
        let notes = first.notes.sorted { $0.key < $1.key }.map {
            FlatTable([(0, .string($0.key)), (1, .string($0.value))])
        }
        schema = FlatTable([
            (0, .int16(0)), (1, .tables(fields.map(\.flatTable))), (2, notes.isEmpty ? nil : .tables(notes)),
        ])
    }

    /// The field of a column; a dictionary's labels and codes are spread over the batches.
    private mutating func takeDictionary(of index: Int, _ parts: [Column]) -> ArrowField {
        guard case .dictionary(let codes, let labels) = parts[0].values else {
            return ArrowField(name: parts[0].name, type: parts[0].type)
        }
        let type: ColumnType = labels.isLarge ? .largeText : .text
        let id = Int64(index)
        guard parts.count > 1 else {
            batches[0].dictionaries.append(Dictionary(id: id, labels: labels, isDelta: false))
            return ArrowField(name: parts[0].name, type: type, dictionary: (id, codes.kind))
        }
        var union = DictionaryUnion()
        var known = 0
        let renumbered = parts.enumerated().map { place, part -> [Int32] in
            guard case .dictionary(let codes, let labels) = part.values else { return [] }
            let renumbered = union.codes(codes, labels)
            if union.labels.count > known || place == 0 {
                let gained = TextBuffer(union.labels[known...], isLarge: type == .largeText)
                batches[place].dictionaries.append(Dictionary(id: id, labels: gained, isDelta: place > 0))
                known = union.labels.count
            }
            return renumbered
        }
        for (place, codes) in renumbered.enumerated() {
            let buffer = IntegerBuffer(codes: codes, labelCount: known)
            batches[place].columns[index].values = .dictionary(codes: buffer, labels: labels)
        }
        let kind = IntegerKind.smallest(for: 0, Int64(max(0, known - 1)))
        return ArrowField(name: parts[0].name, type: type, dictionary: (id, kind))
    }
}
