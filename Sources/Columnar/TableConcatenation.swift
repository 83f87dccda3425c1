extension Table {
    /// The rows of several tables one after the other, as a copy. They have the same columns of the same types; the notes
    /// are the first table's.
    ///
    /// - Throws: ``ColumnarError`` with `.invalidTable` when columns differ, or when there is no table.
    public init(concatenating tables: [Table]) throws(ColumnarError) {
        guard let first = tables.first else { throw ColumnarError(.invalidTable, "There is no table.") }
        var columns: [Column] = []
        for (index, column) in first.columns.enumerated() {
            var parts: [Column] = []
            for table in tables {
                guard table.columns.count == first.columns.count, table.columns[index].name == column.name,
                    table.columns[index].type == column.type
                else {
                    throw ColumnarError(.invalidTable, "The tables do not have the same column `\(column.name)`.")
                }
                parts.append(table.columns[index])
            }
            columns.append(Column(concatenating: parts, like: column))
        }
        try self.init(columns: columns, rowCount: tables.reduce(0) { $0 + $1.rowCount }, notes: first.notes)
    }
}

extension Column {
    /// Columns of one type one after the other.
    fileprivate init(concatenating parts: [Column], like first: Column) {
        let isComplete = parts.allSatisfy { $0.validity == nil }
        let validity = isComplete ? nil : Bitmap(parts.flatMap { part in (0..<part.count).map(part.isValid) })
        self.init(
            name: first.name, values: ColumnValues(concatenating: parts.map(\.values), like: first), validity: validity)
    }
}

extension ColumnValues {
    fileprivate init(concatenating parts: [ColumnValues], like first: Column) {
        switch first.values {
        case .null: self = .null(count: parts.reduce(0) { $0 + $1.count })
        case .integers:
            self = .integers(
                IntegerBuffer(
                    concatenating: parts.compactMap { part in
                        if case .integers(let buffer) = part { return buffer }
                        return nil
                    }))
        case .float32:
            self = .float32(
                Buffer(concatenating: parts.map { if case .float32(let buffer) = $0 { buffer } else { nil } }))
        case .float64:
            self = .float64(
                Buffer(concatenating: parts.map { if case .float64(let buffer) = $0 { buffer } else { nil } }))
        case .bool:
            let bits = parts.map { if case .bool(let bits) = $0 { bits } else { Bitmap([]) } }
            self = .bool(Bitmap(bits.flatMap { bits in (0..<bits.count).map { bits[$0] } }))
        case .date:
            self = .date(Buffer(concatenating: parts.map { if case .date(let buffer) = $0 { buffer } else { nil } }))
        case .dateMilliseconds:
            self = .dateMilliseconds(
                Buffer(concatenating: parts.map { if case .dateMilliseconds(let buffer) = $0 { buffer } else { nil } }))
        case .timestamp(_, let unit, let zone):
            self = .timestamp(
                Buffer(concatenating: parts.map { if case .timestamp(let buffer, _, _) = $0 { buffer } else { nil } }),
                unit, zone: zone)
        case .text(let texts):
            let all = parts.compactMap { if case .text(let texts) = $0 { texts } else { nil } }
            self = .text(TextBuffer(joining: all, isLarge: texts.isLarge))
        case .dictionary: self = Self.dictionary(parts)
        }
    }

    /// One dictionary for all: the one that they share, or their labels in the order in which they first appear.
    private static func dictionary(_ parts: [ColumnValues]) -> ColumnValues {
        let all = parts.compactMap { part in
            if case .dictionary(let codes, let labels) = part { (codes: codes, labels: labels) } else { nil }
        }
        if let labels = all.first?.labels, all.allSatisfy({ $0.labels.isIdentical(to: labels) }),
            Set(all.map(\.codes.kind)).count == 1
        {
            return .dictionary(codes: IntegerBuffer(concatenating: all.map(\.codes)), labels: labels)
        }
        var union = DictionaryUnion()
        let codes = all.flatMap { union.codes($0.codes, $0.labels) }
        let labels = union.texts(isLarge: all.contains(where: \.labels.isLarge))
        return .dictionary(codes: IntegerBuffer(codes: codes, labelCount: labels.count), labels: labels)
    }
}

extension Buffer {
    fileprivate init(concatenating parts: [Buffer<Element>?]) {
        self.init(parts.flatMap { $0?.array ?? [] })
    }
}

extension IntegerBuffer {
    /// Numbers of one kind one after the other.
    fileprivate init(concatenating parts: [IntegerBuffer]) {
        switch parts.first {
        case .int8, nil:
            self = .int8(Buffer(concatenating: parts.map { if case .int8(let buffer) = $0 { buffer } else { nil } }))
        case .int16:
            self = .int16(Buffer(concatenating: parts.map { if case .int16(let buffer) = $0 { buffer } else { nil } }))
        case .int32:
            self = .int32(Buffer(concatenating: parts.map { if case .int32(let buffer) = $0 { buffer } else { nil } }))
        case .int64:
            self = .int64(Buffer(concatenating: parts.map { if case .int64(let buffer) = $0 { buffer } else { nil } }))
        case .uint8:
            self = .uint8(Buffer(concatenating: parts.map { if case .uint8(let buffer) = $0 { buffer } else { nil } }))
        case .uint16:
            self = .uint16(
                Buffer(concatenating: parts.map { if case .uint16(let buffer) = $0 { buffer } else { nil } }))
        case .uint32:
            self = .uint32(
                Buffer(concatenating: parts.map { if case .uint32(let buffer) = $0 { buffer } else { nil } }))
        case .uint64:
            self = .uint64(
                Buffer(concatenating: parts.map { if case .uint64(let buffer) = $0 { buffer } else { nil } }))
        }
    }
}

/// Brings dictionaries together, keeping every label's number once it has one.
struct DictionaryUnion {
    private(set) var labels: [String] = []
    private var numbers: [Label: Int32] = [:]

    /// A label, equal to those of the same bytes only: `é` in one and in two characters are two labels.
    private struct Label: Hashable {
        var text: String

        static func == (left: Label, right: Label) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

        func hash(into hasher: inout Hasher) {
            for byte in text.utf8 { hasher.combine(byte) }
        }
    }

    func texts(isLarge: Bool) -> TextBuffer { TextBuffer(labels, isLarge: isLarge) }

    private mutating func code(of text: String) -> Int32 {
        let label = Label(text: text)
        if let known = numbers[label] { return known }
        let code = Int32(labels.count)
        numbers[label] = code
        labels.append(text)
        return code
    }

    /// The codes of a part in the union's numbers. Codes without a label stand in missing rows and become 0.
    mutating func codes(_ codes: IntegerBuffer, _ labels: TextBuffer) -> [Int32] {
        let numbers = (0..<labels.count).map { code(of: labels[$0]) }
        return codes.codes(nil).map { code in numbers.indices.contains(Int(code)) ? numbers[Int(code)] : 0 }
    }
}
