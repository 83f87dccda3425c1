/// Reads FlatBuffers with every offset checked: the bytes may be anything.
struct FlatBufferReader {
    let bytes: [UInt8]
    private let budget: Budget

    /// How much may be read in all. Offsets may lead to one place again and again, so that a few bytes could otherwise
    /// stand for more tables and texts than any memory holds.
    private final class Budget {
        var left: Int

        init(_ left: Int) { self.left = left }
    }

    /// Metadata as it stands in a file.
    init(bytes: [UInt8]) {
        self.bytes = bytes
        budget = Budget(16 * bytes.count)
    }

    private func spend(_ count: Int) throws(ColumnarError) {
        budget.left -= count
        guard budget.left >= 0 else { throw .malformed("its metadata lead to the same places again and again") }
    }

    /// A table inside the buffer.
    struct Table {
        fileprivate let reader: FlatBufferReader
        fileprivate let start: Int
        private let vtable: Int
        private let vtableSize: Int

        fileprivate init(_ reader: FlatBufferReader, at start: Int) throws(ColumnarError) {
            self.reader = reader
            self.start = start
            try reader.spend(8)
            vtable = start - Int(try reader.integer(at: start, as: Int32.self))
            vtableSize = Int(try reader.integer(at: vtable, as: UInt16.self))
            guard vtableSize >= 4 else { throw .malformed("a table has no fields table") }
        }

        private func position(of slot: Int) throws(ColumnarError) -> Int? {
            let entry = 4 + 2 * slot
            guard entry + 2 <= vtableSize else { return nil }
            let offset = Int(try reader.integer(at: vtable + entry, as: UInt16.self))
            return offset == 0 ? nil : start + offset
        }

        func integer<Integer: FixedWidthInteger>(
            _ slot: Int, as type: Integer.Type, default absent: Integer = 0
        ) throws(ColumnarError) -> Integer {
            guard let position = try position(of: slot) else { return absent }
            return try reader.integer(at: position, as: type)
        }

        func bool(_ slot: Int) throws(ColumnarError) -> Bool {
            try integer(slot, as: UInt8.self) != 0
        }

        func table(_ slot: Int) throws(ColumnarError) -> Table? {
            guard let position = try position(of: slot) else { return nil }
            return try Table(reader, at: try reader.target(of: position))
        }

        func string(_ slot: Int) throws(ColumnarError) -> String? {
            guard let position = try position(of: slot) else { return nil }
            let start = try reader.target(of: position)
            let count = Int(try reader.integer(at: start, as: UInt32.self))
            guard count <= reader.bytes.count - start - 4 else { throw .malformed("a text runs past the metadata") }
            try reader.spend(count)
            return String(decoding: reader.bytes[start + 4..<start + 4 + count], as: UTF8.self)
        }

        func tables(_ slot: Int) throws(ColumnarError) -> [Table] {
            guard let (start, count) = try vector(slot, elementSize: 4) else { return [] }
            var tables: [Table] = []
            for index in 0..<count {
                tables.append(try Table(reader, at: try reader.target(of: start + 4 * index)))
            }
            return tables
        }

        /// Where the elements of a vector stand and how many there are; nil when the slot is absent.
        func vector(_ slot: Int, elementSize: Int) throws(ColumnarError) -> (start: Int, count: Int)? {
            guard let position = try position(of: slot) else { return nil }
            let start = try reader.target(of: position)
            let count = Int(try reader.integer(at: start, as: UInt32.self))
            guard count <= (reader.bytes.count - start - 4) / elementSize else {
                throw .malformed("a list runs past the metadata")
            }
            try reader.spend(count * elementSize)
            return (start + 4, count)
        }

        func int64(at position: Int) throws(ColumnarError) -> Int64 {
            try reader.integer(at: position, as: Int64.self)
        }

        func int32(at position: Int) throws(ColumnarError) -> Int32 {
            try reader.integer(at: position, as: Int32.self)
        }
    }

    func root() throws(ColumnarError) -> Table {
        try Table(self, at: Int(try integer(at: 0, as: UInt32.self)))
    }

    private func target(of position: Int) throws(ColumnarError) -> Int {
        position + Int(try integer(at: position, as: UInt32.self))
    }

    private func integer<Integer: FixedWidthInteger>(
        at position: Int, as type: Integer.Type
    ) throws(ColumnarError) -> Integer {
        let size = Integer.bitWidth / 8
        guard position >= 0, position <= bytes.count - size else {
            throw .malformed("an offset points outside the metadata")
        }
        var value: Integer = 0
        for index in 0..<size { value |= Integer(truncatingIfNeeded: bytes[position + index]) << (8 * index) }
        return value
    }
}
