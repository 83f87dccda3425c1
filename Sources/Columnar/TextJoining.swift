extension TextBuffer {
    /// Texts one after the other, as a copy; with offsets of 64 bits when they are asked for or needed.
    init(joining parts: [TextBuffer], isLarge: Bool) {
        var offsets: [Int64] = [0]
        var bytes: [UInt8] = []
        offsets.reserveCapacity(parts.reduce(1) { $0 + $1.count })
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.usedRange.count })
        for part in parts {
            let used = part.usedRange
            let shift = Int64(bytes.count - used.lowerBound)
            bytes += part.bytes.bytes(from: used.lowerBound, limit: used.count)
            part.appendEnds(shiftedBy: shift, to: &offsets)
        }
        if isLarge || bytes.count > Int(Int32.max) {
            self.init(offsets: Buffer(offsets), bytes: Buffer(bytes))
        } else {
            self.init(offsets: Buffer(offsets.map { Int32($0) }), bytes: Buffer(bytes))
        }
    }

    /// The bytes that texts are made of.
    private var usedRange: Range<Int> {
        count > 0 ? range(0).lowerBound..<range(count - 1).upperBound : 0..<0
    }

    private func appendEnds(shiftedBy shift: Int64, to target: inout [Int64]) {
        switch offsets {
        case .small(let offsets): append(offsets)
        case .large(let offsets): append(offsets)
        }
        func append(_ offsets: Buffer<some FixedWidthInteger>) {
            let span = offsets.span
            for index in 0..<count { target.append(Int64(span[index + 1]) + shift) }
        }
    }

    /// Whether both are the same texts at the same place in memory: then they need not be compared.
    func isIdentical(to other: TextBuffer) -> Bool {
        switch (offsets, other.offsets) {
        case (.small(let mine), .small(let others)): mine.isIdentical(to: others) && bytes.isIdentical(to: other.bytes)
        case (.large(let mine), .large(let others)): mine.isIdentical(to: others) && bytes.isIdentical(to: other.bytes)
        default: false
        }
    }
}
