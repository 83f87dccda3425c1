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
        String(decoding: bytes(), as: UTF8.self)
    }

    /// The document on one line, as UTF-8.
    public func bytes() -> [UInt8] {
        var writer = JSONWriter(indent: nil)
        writer.write(self, level: 0)
        return writer.bytes
    }

    /// The document over several lines, indented by two spaces.
    public func prettyText() -> String {
        var writer = JSONWriter(indent: 2)
        writer.write(self, level: 0)
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }

    /// The shortest text that reads back as the same number; whole numbers without a decimal point.
    public static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        return "\(number)"
    }
}

/// Writes documents as UTF-8.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let indent: Int?

    init(indent: Int?) {
        self.indent = indent
    }

    /// Room for a document of so many bytes.
    mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(count)
    }

    mutating func write(_ json: JSON, level: Int) {
        switch json {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .integer(let value): put(String(value))
        case .number(let value): put(JSON.text(of: value))
        case .string(let value): writeQuoted(value)
        case .verbatim(let json): put(json)
        case .array(let values):
            writeList("[", "]", values.count, level) { $0.write(values[$1], level: level + 1) }
        case .object(let fields):
            writeList("{", "}", fields.count, level) { writer, index in
                writer.writeQuoted(fields[index].0)
                writer.put(writer.indent == nil ? ":" : ": ")
                writer.write(fields[index].1, level: level + 1)
            }
        }
    }

    mutating func put(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func writeList(
        _ open: String, _ close: String, _ count: Int, _ level: Int, _ element: (inout JSONWriter, Int) -> Void
    ) {
        put(open)
        for index in 0..<count {
            if index > 0 { put(",") }
            newLine(level + 1)
            element(&self, index)
        }
        if count > 0 { newLine(level) }
        put(close)
    }

    private mutating func newLine(_ level: Int) {
        guard let indent else { return }
        put("\n" + String(repeating: " ", count: indent * level))
    }

    mutating func writeQuoted(_ value: String) {
        put("\"")
        if value.utf8.allSatisfy(Self.isPlain) {
            put(value)
        } else {
            for scalar in value.unicodeScalars { writeEscaped(scalar) }
        }
        put("\"")
    }

    /// Whether a byte stands for itself: printable ASCII without quote and backslash.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func write(_ unit: UInt16) {
        let digits = String(unit, radix: 16)
        put("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    }

    private mutating func writeEscaped(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": put("\\\"")
        case "\\": put("\\\\")
        case "\n": put("\\n")
        case "\r": put("\\r")
        case "\t": put("\\t")
        // Readers get the same text, and a terminal or an editor that shows the document is not led astray.
        case _ where VisibleText.isHidden(scalar):
            for unit in UTF16.encode(scalar).map(Array.init) ?? [] { write(unit) }
        default: bytes.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
        }
    }
}
