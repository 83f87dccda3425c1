/// Turns pieces of an untrusted source into text that is safe to print in a message.
enum Snippet {
    /// The longest piece of source that a message quotes, in characters.
    static let maximumLength = 48

    /// The bytes as one short line. Invalid UTF-8 becomes U+FFFD; control characters and the invisible characters
    /// that reorder or hide text become `\u{...}`; what is too long ends in "...".
    static func printable(_ bytes: some Collection<UInt8>) -> String {
        // Four bytes a character at most: what lies behind them cannot be shown and need not be decoded.
        let text = String(decoding: bytes.prefix(4 * maximumLength + 4), as: UTF8.self)
        var result = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            guard index < maximumLength else { return result + "..." }
            if isInvisible(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The name as one short line, likewise.
    static func printable(_ name: String) -> String {
        printable(name.utf8)
    }

    /// The bytes if they fit a message as they are: short, on one line, nothing invisible. Else nil.
    static func verbatim(_ bytes: some Collection<UInt8>) -> String? {
        guard bytes.count <= maximumLength else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.unicodeScalars.contains(where: isInvisible) ? nil : text
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
