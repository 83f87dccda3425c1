/// Texts that stand in a script between quotes.
enum LiteralText {
    /// Whether a script says this text, from quote to quote.
    static func isWritten(_ text: String, in source: [UInt8]) -> Bool {
        guard !text.isEmpty else { return true }
        return [UInt8(ascii: "\""), UInt8(ascii: "'")].contains { quote in
            source.contains([quote] + text.utf8 + [quote])
        }
    }
}
