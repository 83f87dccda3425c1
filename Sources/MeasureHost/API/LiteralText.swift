/// Texts that stand in a script between quotes.
enum LiteralText {
    /// Whether a script says this text, from quote to quote.
    static func isWritten(_ text: String, in source: [UInt8]) -> Bool {
        guard !text.isEmpty else { return true }
        return [UInt8(ascii: "\""), UInt8(ascii: "'")].contains { quote in
            source.contains([quote] + text.utf8 + [quote])
        }
    }

    /// Whether a script says this text from quote to quote, or as a word by itself, as in `{ iep = ... }`.
    static func isNamed(_ text: String, in source: [UInt8]) -> Bool {
        if isWritten(text, in: source) { return true }
        let word = Array(text.utf8)
        guard word.allSatisfy(isLetter) else { return false }
        return source.ranges(of: word).contains { range in
            !(range.lowerBound > 0 && isLetter(source[range.lowerBound - 1]))
                && !(range.upperBound < source.count && isLetter(source[range.upperBound]))
        }
    }

    /// Whether a text is put together of labels and of texts that a script says, as in `school .. " n"`. Single letters and
    /// digits do not count: anything could be spelt with them.
    static func isComposed(_ text: String, of labels: Set<String>, in source: [UInt8]) -> Bool {
        let bytes = Array(text.utf8)
        func isPiece(_ range: Range<Int>) -> Bool {
            let piece = String(decoding: bytes[range], as: UTF8.self)
            if labels.contains(piece) { return true }
            return !(range.count == 1 && isLetter(bytes[range.lowerBound])) && isWritten(piece, in: source)
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
