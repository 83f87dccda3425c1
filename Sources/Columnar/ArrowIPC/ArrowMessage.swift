/// One encapsulated message: metadata that says what it is, and a body of buffers.
struct ArrowMessage {
    let type: UInt8
    /// Of the format, as its number in the metadata.
    let version: Int16
    let header: FlatBufferReader.Table
    /// The body in place.
    let body: Buffer<UInt8>
    /// Where the next message begins.
    let end: Int

    /// The length of the metadata and where it begins; nil at the end of a stream.
    private static func prefix(_ bytes: Buffer<UInt8>, at start: Int) throws(ColumnarError) -> (start: Int, count: Int)?
    {
        guard start <= bytes.count - 4 else {
            // A stream may just end; a few stray bytes are a message cut off.
            guard start == bytes.count else { throw .malformed("a message is cut off") }
            return nil
        }
        let first = word(bytes, at: start)
        // Before version 5 of the format the mark was not there.
        guard first == ArrowCode.continuation else { return try length(first, start + 4, bytes) }
        guard start <= bytes.count - 8 else { throw .malformed("a message is cut off") }
        return try length(word(bytes, at: start + 4), start + 8, bytes)
    }

    private static func word(_ bytes: Buffer<UInt8>, at start: Int) -> UInt32 {
        bytes.elements(of: UInt32.self, from: start, count: 1)[0]
    }

    private static func length(
        _ length: UInt32, _ start: Int, _ bytes: Buffer<UInt8>
    ) throws(ColumnarError) -> (start: Int, count: Int)? {
        if length == 0 { return nil }
        guard Int(length) <= bytes.count - start else { throw .malformed("a message lies outside the file") }
        return (start, Int(length))
    }

    /// Reads the message at a place; nil where a stream ends.
    init?(_ bytes: Buffer<UInt8>, at start: Int) throws(ColumnarError) {
        guard let metadata = try Self.prefix(bytes, at: start) else { return nil }
        let message = try FlatBufferReader(bytes: bytes.bytes(from: metadata.start, limit: metadata.count)).root()
        version = try message.integer(0, as: Int16.self)
        guard version == ArrowCode.version4 || version == ArrowCode.version5 else {
            guard (0..<ArrowCode.version4).contains(version) else {
                throw .malformed("a message has the unknown metadata version \(Int(version) + 1)")
            }
            throw ColumnarError(
                .unsupported, "The file has the metadata version \(version + 1); write it anew as version 4 or 5.")
        }
        type = try message.integer(1, as: UInt8.self)
        guard let header = try message.table(2) else { throw .malformed("a message has no header") }
        self.header = header
        let bodyStart = metadata.start + metadata.count
        let bodyLength = try message.integer(3, as: Int64.self)
        guard bodyLength >= 0, bodyLength <= Int64(bytes.count - bodyStart) else {
            throw .malformed("a message's body lies outside the file")
        }
        body = bytes.part(from: bodyStart, count: Int(bodyLength))
        end = bodyStart + Int(bodyLength)
    }
}
