/// Gives texts numbers in the order in which they first appear, by their bytes, without a string for each.
///
/// It knows ASCII only: there, texts are the same when their bytes are. Beyond it one text may be written in several
/// ways (`é` as one letter or as two signs), which takes a `String` to tell.
public struct TextNumbering: Sendable {
    /// How many different texts there are.
    public private(set) var count = 0
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]
    private var hashes: [UInt64] = []
    /// Numbers of texts by the low bits of their hashes, -1 where free; at most half full.
    private var slots = [Int32](repeating: -1, count: 1024)

    /// Texts that have numbers but no places yet.
    private var pending: TextBuffer?

    /// No texts yet.
    public init() {}

    /// The number of each row of a column of texts, -1 where missing; nil when one of them is not ASCII or the column
    /// holds something else.
    public mutating func numbers(of column: Column) -> [Int32]? {
        switch column.values {
        case .dictionary(let codes, let labels):
            let codes = codes.codes(column.validity)
            if count == 0, labels.isStrictlyAscendingASCII {
                // The only part so far, and each label is another text: their codes are numbers.
                take(labels)
                return codes
            }
            // Labels that no row uses get no number.
            var isUsed = [Bool](repeating: false, count: labels.count)
            for code in codes where code >= 0 { isUsed[Int(code)] = true }
            var numbers = [Int32](repeating: -1, count: labels.count)
            for label in isUsed.indices where isUsed[label] {
                guard let number = number(of: labels, label) else { return nil }
                numbers[label] = number
            }
            return codes.map { $0 < 0 ? -1 : numbers[Int($0)] }
        case .text(let texts):
            var numbers = [Int32](repeating: -1, count: column.count)
            for row in numbers.indices where column.isValid(row) {
                guard let number = number(of: texts, row) else { return nil }
                numbers[row] = number
            }
            return numbers
        default: return nil
        }
    }

    /// Takes in different texts, numbered as they stand. Their places in the table are found when more come.
    private mutating func take(_ labels: TextBuffer) {
        count = labels.count
        pending = labels
    }

    private mutating func settle() {
        guard let labels = pending else { return }
        pending = nil
        count = 0
        for label in 0..<labels.count { _ = number(of: labels, label) }
    }

    private mutating func number(of texts: TextBuffer, _ index: Int) -> Int32? {
        texts.withBytes(of: index) { text in number(of: text) }
    }

    private mutating func number(of text: Span<UInt8>) -> Int32? {
        settle()
        guard let hash = Self.hash(text) else { return nil }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let known = Int(slots[slot])
            if hashes[known] == hash, isSame(known, text) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(count)
        slots[slot] = number
        count += 1
        hashes.append(hash)
        for index in text.indices { bytes.append(text[index]) }
        ends.append(bytes.count)
        if count * 2 > slots.count { grow() }
        return number
    }

    private func isSame(_ known: Int, _ text: Span<UInt8>) -> Bool {
        let start = ends[known]
        guard ends[known + 1] - start == text.count else { return false }
        for index in text.indices where bytes[start + index] != text[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }

    /// FNV-1a with a final mix (that of SplitMix64); nil when a byte is not ASCII.
    private static func hash(_ text: Span<UInt8>) -> UInt64? {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var all: UInt8 = 0
        for index in text.indices {
            all |= text[index]
            hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01b3
        }
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        return all < 0x80 ? hash ^ (hash >> 31) : nil
    }
}

extension TextBuffer {
    /// Whether the texts come in the order of their bytes, none twice, and are all ASCII.
    fileprivate var isStrictlyAscendingASCII: Bool {
        let all = bytes.span
        for index in all.indices where all[index] >= 0x80 { return false }
        for index in 1..<max(1, count) where !precedes(index - 1, index) { return false }
        return true
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let all = bytes.span
        let (a, b) = (range(left), range(right))
        for offset in 0..<min(a.count, b.count) {
            let (x, y) = (all[a.lowerBound + offset], all[b.lowerBound + offset])
            if x != y { return x < y }
        }
        return a.count < b.count
    }
}
