/// One bit a row, least significant bit first, as Arrow has it.
public struct Bitmap: Sendable {
    let bits: Buffer<UInt8>
    /// Number of rows.
    public let count: Int

    init(bits: Buffer<UInt8>, count: Int) {
        self.bits = bits
        self.count = count
    }

    /// A bitmap of truths.
    public init(_ values: [Bool]) {
        var bytes = [UInt8](repeating: 0, count: (values.count + 7) / 8)
        for (index, value) in values.enumerated() where value { bytes[index >> 3] |= 1 << UInt8(index & 7) }
        self.init(bits: Buffer(bytes), count: values.count)
    }

    /// A bitmap of the rows whose byte is 0; the others' is 1.
    public init(zerosOf bytes: [UInt8]) {
        let span = bytes.span
        var bits = [UInt8](repeating: 0, count: (bytes.count + 7) / 8)
        for index in bits.indices {
            // Moves the lowest bits of eight bytes, the first the lowest, into the highest byte of the product.
            let ones = span.word(at: index * 8) & 0x0101_0101_0101_0101
            bits[index] = ~UInt8(truncatingIfNeeded: (ones &* 0x0102_0408_1020_4080) >> 56)
        }
        let rest = UInt8(bytes.count & 7)
        if rest > 0 { bits[bits.count - 1] &= (1 << rest) - 1 }
        self.init(bits: Buffer(bits), count: bytes.count)
    }

    /// The bits of some rows, in their order.
    public func picked(_ rows: [Int32]) -> Bitmap {
        let bytes = bits.span
        var picked = [UInt8](repeating: 0, count: (rows.count + 7) / 8)
        for index in rows.indices {
            let row = Int(rows[index])
            picked[index >> 3] |= (bytes[row >> 3] >> UInt8(row & 7) & 1) << UInt8(index & 7)
        }
        return Bitmap(bits: Buffer(picked), count: rows.count)
    }

    /// Whether the bit of a row is set.
    public subscript(_ row: Int) -> Bool {
        bits[row >> 3] & (1 << UInt8(row & 7)) != 0
    }

    /// How many bits are set.
    public var setCount: Int {
        let bytes = bits.span
        var total = 0
        for index in 0..<count / 8 { total += bytes[index].nonzeroBitCount }
        for row in count / 8 * 8..<count where self[row] { total += 1 }
        return total
    }
}
