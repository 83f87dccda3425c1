/// Reads the encoding of RFC 4251, in which OpenSSH writes keys and signatures: numbers of four bytes, most significant
/// first, and strings with their length before them. Whatever would reach past the end is nil.
struct SSHReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { rest.isEmpty }

    /// The next bytes as they are.
    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// The next number.
    mutating func number() -> UInt32? {
        bytes(4)?.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The next string.
    mutating func string() -> [UInt8]? {
        number().flatMap { bytes(Int($0)) }
    }

    /// The next string as text; nil too where it is not UTF-8.
    mutating func text() -> String? {
        string().flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Everything that is left.
    mutating func remainder() -> [UInt8] {
        defer { rest = [] }
        return Array(rest)
    }
}

/// Writes what ``SSHReader`` reads.
struct SSHWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    mutating func append(number: UInt32) {
        bytes += [UInt8(number >> 24), UInt8(number >> 16 & 0xff), UInt8(number >> 8 & 0xff), UInt8(number & 0xff)]
    }

    mutating func append(string: [UInt8]) {
        append(number: UInt32(string.count))
        bytes += string
    }

    mutating func append(string: String) {
        append(string: Array(string.utf8))
    }
}
