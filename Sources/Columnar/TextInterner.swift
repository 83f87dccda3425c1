/// Gives texts numbers in the order in which they first appear.
public struct TextInterner: Sendable {
    private var bytes: [UInt8] = []
    /// Where texts begin; the last is where the next will.
    private var starts: [Int] = [0]
    /// At the place that the hash of a text gives, or behind it: the hash above, and below the number of the text plus
    /// one; 0 where there is none.
    private var slots = [UInt64](repeating: 0, count: 64)

    /// No texts yet.
    public init() {}

    /// Number of different texts.
    public var count: Int { starts.count - 1 }

    /// The number of a text, a new one if it is new.
    public mutating func code(of text: Span<UInt8>) -> Int32 {
        let hash = Self.hash(text)
        let (slot, known) = find(text, hash)
        if let known { return known }
        let code = count
        bytes.append(copying: text)
        starts.append(bytes.count)
        slots[slot] = UInt64(hash) << 32 | UInt64(code + 1)
        if count * 2 > slots.count { grow() }
        return Int32(truncatingIfNeeded: code)
    }

    /// The number of a text that was seen; nil for others.
    public func knownCode(of text: Span<UInt8>) -> Int32? {
        find(text, Self.hash(text)).code
    }

    /// The place of a text's number, or the free one where it would be.
    private func find(_ text: Span<UInt8>, _ hash: UInt32) -> (slot: Int, code: Int32?) {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let code = Int(slots[slot] & 0xffff_ffff) - 1
            if slots[slot] >> 32 == hash, isEqual(code, text) { return (slot, Int32(truncatingIfNeeded: code)) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return (slot, nil)
    }

    /// The number of a text, a new one if it is new.
    public mutating func code(of text: String) -> Int32 {
        code(of: text.utf8.span)
    }

    /// The text of a number.
    public subscript(_ code: Int) -> String {
        withText(code) { String(copying: $0) }
    }

    /// The bytes of the text of a number, in place.
    public func withText<Result>(_ code: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        try body(bytes.span.extracting(starts[code]..<starts[code + 1]))
    }

    /// Numbers of texts in the order of the texts' bytes.
    public func sorted(_ codes: [Int]) -> [Int] {
        // Most texts differ in their first eight bytes.
        let keyed = codes.map { code in (key: withText(code) { $0.word(at: 0).byteSwapped }, code: code) }
        return keyed.sorted { left, right in
            if left.key != right.key { return left.key < right.key }
            let (one, other) = (starts[left.code]..<starts[left.code + 1], starts[right.code]..<starts[right.code + 1])
            return bytes[one].lexicographicallyPrecedes(bytes[other])
        }.map(\.code)
    }

    private func isEqual(_ code: Int, _ text: Span<UInt8>) -> Bool {
        let start = starts[code]
        guard starts[code + 1] - start == text.count else { return false }
        let known = bytes.span.extracting(start..<start + text.count)
        var at = 0
        while at < text.count {
            guard known.word(at: at) == text.word(at: at) else { return false }
            at += 8
        }
        return true
    }

    private mutating func grow() {
        let known = slots
        slots = [UInt64](repeating: 0, count: known.count * 4)
        for entry in known where entry != 0 {
            var slot = Int(entry >> 32) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = entry
        }
    }

    /// A hash of eight bytes at a time, multiplied and folded (as in wyhash); texts are not chosen by an enemy who gains
    /// from collisions: those would make an import slow, nothing else.
    private static func hash(_ text: Span<UInt8>) -> UInt32 {
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(truncatingIfNeeded: text.count)
        var at = 0
        while at < text.count {
            let product = (state ^ text.word(at: at)).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
            state = product.high ^ product.low
            at += 8
        }
        return UInt32(truncatingIfNeeded: state ^ (state >> 32))
    }
}
