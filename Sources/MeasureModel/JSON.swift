/// JSON with its keys in the order in which they were put: the feed's bytes are a contract, so we write them ourselves.
/// Reading is left to Foundation.
public enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// Finite; others become null.
    case number(Double)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])
    /// A text that is JSON already, written as it is.
    case verbatim(String)

    /// A string, or null.
    public static func optional(_ text: String?) -> JSON {
        text.map(JSON.string) ?? .null
    }

    /// A number, or null.
    public static func optional(_ number: Double?) -> JSON {
        number.map(JSON.number) ?? .null
    }

    /// A whole number, or null.
    public static func optional(_ number: Int?) -> JSON {
        number.map(JSON.integer) ?? .null
    }

    /// Equal when they are written alike.
    public static func == (left: JSON, right: JSON) -> Bool {
        left.text() == right.text()
    }

    /// The document on one line.
    public func text() -> String {
        var text = ""
        write(to: &text, indent: nil, level: 0)
        return text
    }

    /// The document over several lines, indented by two spaces.
    public func prettyText() -> String {
        var text = ""
        write(to: &text, indent: 2, level: 0)
        return text + "\n"
    }

    private func write(to text: inout String, indent: Int?, level: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += Self.text(of: value)
        case .string(let value): Self.writeQuoted(value, to: &text)
        case .verbatim(let json): text += json
        case .array(let values):
            Self.writeList("[", "]", values.count, to: &text, indent, level) { index, text in
                values[index].write(to: &text, indent: indent, level: level + 1)
            }
        case .object(let fields):
            Self.writeList("{", "}", fields.count, to: &text, indent, level) { index, text in
                Self.writeQuoted(fields[index].0, to: &text)
                text += indent == nil ? ":" : ": "
                fields[index].1.write(to: &text, indent: indent, level: level + 1)
            }
        }
    }

    private static func writeList(
        _ open: String, _ close: String, _ count: Int, to text: inout String, _ indent: Int?, _ level: Int,
        _ element: (Int, inout String) -> Void
    ) {
        text += open
        for index in 0..<count {
            if index > 0 { text += "," }
            newLine(&text, indent, level + 1)
            element(index, &text)
        }
        if count > 0 { newLine(&text, indent, level) }
        text += close
    }

    private static func newLine(_ text: inout String, _ indent: Int?, _ level: Int) {
        guard let indent else { return }
        text += "\n" + String(repeating: " ", count: indent * level)
    }

    /// The shortest text that reads back as the same number; whole numbers without a decimal point.
    public static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        return "\(number)"
    }

    private static func writeQuoted(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f || scalar == "\u{2028}" || scalar == "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
