/// Writing CSV by RFC 4180, with line feeds.
public enum CSVText {
    /// One record with its line feed.
    public static func line(_ cells: [String]) -> String {
        cells.map(quoted).joined(separator: ",") + "\n"
    }

    /// A cell, in quotes where it needs them.
    public static func quoted(_ cell: String) -> String {
        let needsQuotes = cell.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        guard needsQuotes else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// A text that a spreadsheet would run as a formula, made harmless with an apostrophe. Spreadsheets pass over blanks
    /// before it, and those for East Asia take the wide forms of its signs.
    public static func harmless(_ text: String) -> String {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
        guard let first, formulaSigns.contains(first) || ["\t", "\r"].contains(text.unicodeScalars.first) else {
            return text
        }
        return "'" + text
    }

    private static let formulaSigns: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}",
    ]
}
