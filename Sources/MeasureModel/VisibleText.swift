/// Texts from scripts and files made fit for a terminal, a page or a log: what cannot be seen, or changes how the rest is
/// seen, is written out.
public enum VisibleText {
    /// The whole text with everything hidden in it written as `\u{202e}`; line feeds and tabs too, unless they are kept.
    public static func of(_ text: String, keepingLines: Bool = false) -> String {
        guard !text.utf8.allSatisfy({ $0 &- 0x20 < 0x5f }) else { return text }
        return text.unicodeScalars.map { scalar in
            isHidden(scalar) && !(keepingLines && (scalar == "\n" || scalar == "\t")) ? escape(scalar) : String(scalar)
        }.joined()
    }

    /// The same, cut to `limit` bytes.
    static func of(_ text: some StringProtocol, limit: Int) -> String {
        var result = ""
        var cut = 0  // where the text ends if it has to make room for "…"
        for scalar in text.unicodeScalars {
            let piece = isHidden(scalar) ? escape(scalar) : String(scalar)
            guard result.utf8.count + piece.utf8.count <= limit else {
                return String(result.utf8.prefix(cut)).map { $0 + "…" } ?? "…"
            }
            result += piece
            if result.utf8.count + "…".utf8.count <= limit { cut = result.utf8.count }
        }
        return result
    }

    /// Whether a text can be the name of something that is published: nothing in it is unseen or has no meaning that all
    /// readers share, and blanks are single spaces between words. Otherwise two names could look like one.
    public static func isName(_ text: String) -> Bool {
        var isAfterSpace = true
        for scalar in text.unicodeScalars {
            if scalar == " " {
                if isAfterSpace { return false }
                isAfterSpace = true
                continue
            }
            isAfterSpace = false
            guard !isHidden(scalar), isShown(scalar) else { return false }
        }
        return !isAfterSpace
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x7f else { return true }
        guard !scalar.properties.isDefaultIgnorableCodePoint, scalar.value != 0x2800 else { return false }
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .unassigned, .privateUse: return false
        default: return true
        }
    }

    /// Whether a character is not seen, or turns or breaks what is around it: controls, marks of direction, joiners,
    /// tags, separators of lines, and letters that are blank.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x7f { return scalar.value < 0x20 }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
        default: return isBlankLetter(scalar)
        }
    }

    /// Fillers of Hangul, and selectors of variants that no font has.
    private static func isBlankLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x115f, 0x1160, 0x3164, 0xffa0, 0xe0100...0xe01ef: true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String { "\\u{\(String(scalar.value, radix: 16))}" }
}
