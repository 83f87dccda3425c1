/// What a column of any type takes of a record batch, so that a column that is left out can be passed over.
struct ArrowShape {
    private(set) var nodes = 0
    private(set) var buffers = 0
    /// Unions, which have a buffer more before version 5.
    private(set) var unions = 0
    /// Columns of views; the batch says how many buffers each of them has besides.
    private(set) var views = 0

    private static let deepestNesting = 64

    /// The shape of a field with all its children.
    init(_ field: FlatBufferReader.Table) throws(ColumnarError) {
        try add(field, depth: 0)
    }

    private mutating func add(_ field: FlatBufferReader.Table, depth: Int) throws(ColumnarError) {
        guard depth < Self.deepestNesting else {
            throw ColumnarError(
                .unsupported,
                "A column is nested more than \(Self.deepestNesting) deep; flatten it before you write it.")
        }
        nodes += 1
        guard try field.table(4) == nil else {
            // The codes of a dictionary; its children are the dictionary's.
            buffers += 2
            return
        }
        let code = try field.integer(2, as: UInt8.self)
        switch code {
        case 1, 22: break  // null, run end encoded
        case 13, 16: buffers += 1  // struct, fixed size list
        case 14:
            unions += 1
            buffers += try field.table(3)?.integer(0, as: Int16.self) == 1 ? 2 : 1  // dense: offsets besides
        case 4, 5, 19, 20, 25, 26: buffers += 3  // with offsets: binary, utf8; with offsets and sizes: list views
        case 23, 24:
            views += 1
            buffers += 2
        case 2...26: buffers += 2
        default: throw ColumnarError(.unsupported, "A column has an unknown Arrow type (\(code)), which is not read.")
        }
        for child in try field.tables(5) { try add(child, depth: depth + 1) }
    }
}
