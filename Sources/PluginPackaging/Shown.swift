/// Texts of other people's files, fit for a message.
enum Shown {
    private static let maximumLength = 80

    /// A text between backquotes, short, with nothing in it that is not seen.
    static func quoted(_ text: some StringProtocol) -> String {
        let head = text.unicodeScalars.prefix(maximumLength)
        let shown = head.map { isPlain($0) ? String($0) : "\\u{\(String($0.value, radix: 16))}" }.joined()
        return "`\(shown)\(head.endIndex == text.unicodeScalars.endIndex ? "" : "…")`"
    }

    /// Bytes that should be text, between backquotes.
    static func quoted(_ bytes: some Sequence<UInt8>) -> String {
        quoted(String(decoding: Array(bytes), as: UTF8.self))
    }

    /// Whether a text can stand in one line of a terminal without doing anything there.
    static func isOneLine(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isPlain) }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x7f { return scalar.value >= 0x20 }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
        default: return true
        }
    }

    /// `4,194,304`.
    static func count(_ number: Int) -> String {
        var text = String(number)
        var at = text.count - 3
        while at > 0 {
            text.insert(",", at: text.index(text.startIndex, offsetBy: at))
            at -= 3
        }
        return text
    }
}
