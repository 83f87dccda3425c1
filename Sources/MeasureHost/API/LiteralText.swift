/// Texts and words that stand in a script or in its modules, found out once for all that is asked.
struct LiteralText {
    /// What lies between one quote and the next of its kind.
    private var quoted: Set<[UInt8]> = []
    /// Letters without a break, as in `{ iep = ... }`.
    private var words: Set<[UInt8]> = []

    init(_ sources: [[UInt8]]) {
        for source in sources {
            for quote in [UInt8(ascii: "\""), UInt8(ascii: "'")] {
                let pieces = source.split(separator: quote, omittingEmptySubsequences: false)
                quoted.formUnion(pieces.dropFirst().dropLast().map(Array.init))
            }
            words.formUnion(source.split { !Self.isLetter($0) }.map(Array.init))
        }
    }

    /// Whether a script says this text, from quote to quote.
    func isWritten(_ text: String) -> Bool { text.isEmpty || quoted.contains(Array(text.utf8)) }

    /// Whether a script says this text from quote to quote, or as a word by itself, as in `{ iep = ... }`.
    func isNamed(_ text: String) -> Bool { isWritten(text) || words.contains(Array(text.utf8)) }

    /// Whether a text is put together of labels and of texts that a script says, as in `school .. " n"`. Single letters and
    /// digits do not count: anything could be spelt with them.
    func isComposed(_ text: String, of labels: Set<String>) -> Bool {
        let bytes = Array(text.utf8)
        let labels = Set(labels.map { Array($0.utf8) })
        func isPiece(_ range: Range<Int>) -> Bool {
            let piece = Array(bytes[range])
            let isLetter = range.count == 1 && Self.isLetter(bytes[range.lowerBound])
            return labels.contains(piece) || (!isLetter && quoted.contains(piece))
        }
        // Which beginnings can be put together.
        var canEnd = [true] + [Bool](repeating: false, count: bytes.count)
        for end in 1..<max(1, canEnd.count) {
            canEnd[end] = (0..<end).contains { canEnd[$0] && isPiece($0..<end) }
        }
        return canEnd[bytes.count]
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
}
