/// A value with a byte form, for messages between the parent and its workers and for what the store keeps of them.
///
/// The form is our own and small on purpose: a worker is not trusted, so what it sends is read by these few lines,
/// every length checked against the bytes that are there.
public protocol WireCodable: SendableMetatype {
    /// Reads a value.
    init(from reader: inout WireReader) throws(WireError)
    /// Writes the value.
    func write(to writer: inout WireWriter)
}

/// Bytes that are no message of ours.
public struct WireError: Error, Equatable, Sendable {
    /// What was expected.
    public var expected: String
}

/// Collects bytes.
public struct WireWriter {
    /// What was written.
    public private(set) var bytes: [UInt8] = []

    /// Nothing yet.
    public init() {}

    /// Writes an unsigned number in as few bytes as it needs (LEB128).
    public mutating func put(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Writes any values one after the other.
    public mutating func put<each Value: WireCodable>(_ values: repeat each Value) {
        repeat (each values).write(to: &self)
    }

    mutating func put(byte: UInt8) {
        bytes.append(byte)
    }

    mutating func putRaw(_ raw: some Sequence<UInt8>) {
        bytes.append(contentsOf: raw)
    }
}

/// Reads bytes front to back.
public struct WireReader {
    private let bytes: [UInt8]
    private var position = 0

    /// A reader of these bytes.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Bytes not read yet.
    public var remaining: Int { bytes.count - position }

    /// Reads a number written by ``WireWriter/put(_:)``.
    public mutating func number() throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            guard position < bytes.count else { throw WireError(expected: "a number") }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw WireError(expected: "a number of at most 64 bits")
    }

    /// Reads a value of a type.
    public mutating func take<Value: WireCodable>(_ type: Value.Type = Value.self) throws(WireError) -> Value {
        try Value(from: &self)
    }

    /// Reads a length and checks that so many elements of at least one byte can follow.
    public mutating func length() throws(WireError) -> Int {
        let length = try number()
        guard length <= UInt64(remaining) else { throw WireError(expected: "\(length) more elements") }
        return Int(length)
    }

    mutating func raw(_ count: Int) throws(WireError) -> ArraySlice<UInt8> {
        guard count <= remaining else { throw WireError(expected: "\(count) more bytes") }
        defer { position += count }
        return bytes[position..<position + count]
    }
}

/// A value that is its fields one after the other: how it is written is said once, in ``wireForm``.
public protocol WireRecord: WireCodable {
    /// Its fields in order, and what makes it of them.
    static var wireForm: WireForm<Self> { get }
}

extension WireRecord {
    /// Reads the fields in order.
    public init(from reader: inout WireReader) throws(WireError) {
        self = try Self.wireForm.read(&reader)
    }

    /// Writes the fields in order.
    public func write(to writer: inout WireWriter) {
        Self.wireForm.write(self, &writer)
    }
}

/// The byte form of a record.
public struct WireForm<Record>: Sendable {
    let read: @Sendable (inout WireReader) throws(WireError) -> Record
    let write: @Sendable (Record, inout WireWriter) -> Void

    /// `make` takes the fields in the order in which they are listed.
    public init<each Field: WireCodable>(
        _ make: @escaping @Sendable (repeat each Field) -> Record,
        _ fields: repeat any KeyPath<Record, each Field> & Sendable
    ) {
        read = { (reader) throws(WireError) in make(repeat try (each Field)(from: &reader)) }
        write = { record, writer in repeat record[keyPath: each fields].write(to: &writer) }
    }
}

/// How messages go over a pipe.
public enum WireFrame {
    /// A 32-bit length, then so many bytes.
    public static func of(_ message: [UInt8]) -> [UInt8] {
        let count = UInt32(message.count)
        return [
            UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: count >> 8),
            UInt8(truncatingIfNeeded: count >> 16), UInt8(truncatingIfNeeded: count >> 24),
        ] + message
    }
}

extension WireCodable {
    /// The value as bytes.
    public var wireBytes: [UInt8] {
        var writer = WireWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// The value as it goes over a pipe.
    public var frameBytes: [UInt8] { WireFrame.of(wireBytes) }

    /// Reads a value that takes up all the bytes.
    public init(wireBytes: [UInt8]) throws(WireError) {
        var reader = WireReader(wireBytes)
        try self.init(from: &reader)
        guard reader.remaining == 0 else { throw WireError(expected: "the end of the message") }
    }
}

extension Int: WireCodable {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        let folded = try reader.number()
        self = Int(truncatingIfNeeded: folded >> 1) ^ -Int(truncatingIfNeeded: folded & 1)
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        writer.put(UInt64(bitPattern: Int64((self << 1) ^ (self >> (Int.bitWidth - 1)))))
    }
}

extension UInt64: WireCodable {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        self = try reader.number()
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        writer.put(self)
    }
}

extension Bool: WireCodable {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        self = try reader.number() != 0
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        writer.put(UInt64(self ? 1 : 0))
    }
}

extension Double: WireCodable {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        let raw = try reader.raw(8)
        var bits: UInt64 = 0
        for index in 0..<8 { bits |= UInt64(raw[raw.startIndex + index]) << (8 * UInt64(index)) }
        self = Double(bitPattern: bits)
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        for index in 0..<8 { writer.put(byte: UInt8(truncatingIfNeeded: bitPattern >> (8 * UInt64(index)))) }
    }
}

extension String: WireCodable {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        self.init(decoding: try reader.raw(try reader.length()), as: UTF8.self)
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        writer.put(UInt64(utf8.count))
        writer.putRaw(utf8)
    }
}

extension Optional: WireCodable where Wrapped: WireCodable {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        self = try reader.take(Bool.self) ? try reader.take(Wrapped.self) : nil
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        writer.put(self != nil)
        self?.write(to: &writer)
    }
}

extension Array: WireCodable where Element: WireCodable {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        let count = try reader.length()
        self.init()
        for _ in 0..<count { append(try reader.take(Element.self)) }
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        writer.put(UInt64(count))
        for element in self { element.write(to: &writer) }
    }
}

/// Enumerations travel as their raw texts.
extension WireCodable where Self: RawRepresentable<String> {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        let text = try reader.take(String.self)
        guard let value = Self(rawValue: text) else { throw WireError(expected: "a value of \(Self.self)") }
        self = value
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        rawValue.write(to: &writer)
    }
}
