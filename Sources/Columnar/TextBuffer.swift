/// Texts side by side: text `i` is the bytes from `offsets[i]` to `offsets[i + 1]`. UTF-8.
public struct TextBuffer: Sendable {
    let offsets: Buffer<Int32>
    let bytes: Buffer<UInt8>

    init(offsets: Buffer<Int32>, bytes: Buffer<UInt8>) {
        self.offsets = offsets
        self.bytes = bytes
    }

    /// A copy of these texts.
    public init(_ texts: some Sequence<String>) {
        var builder = TextBuilder()
        for text in texts { builder.append(text) }
        self = builder.finish()
    }

    /// Number of texts.
    public var count: Int { max(0, offsets.count - 1) }

    /// The text at `index`.
    public subscript(_ index: Int) -> String {
        String(copying: bytes.span.extracting(range(index)))
    }

    /// The bytes of the text at `index` in place.
    public func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        try body(bytes.span.extracting(range(index)))
    }

    func range(_ index: Int) -> Range<Int> {
        Int(offsets[index])..<Int(offsets[index + 1])
    }
}

/// Collects texts for a ``TextBuffer``.
public struct TextBuilder: Sendable {
    private var offsets: [Int32] = [0]
    private var bytes: [UInt8] = []

    /// Nothing yet.
    public init() {}

    /// Number of texts so far.
    public var count: Int { offsets.count - 1 }

    /// Adds a text.
    public mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        offsets.append(Int32(bytes.count))
    }

    /// Adds a text given as UTF-8 bytes.
    public mutating func append(utf8 text: Span<UInt8>) {
        bytes.reserveCapacity(bytes.count + text.count)
        for index in text.indices { bytes.append(text[index]) }
        offsets.append(Int32(bytes.count))
    }

    /// The bytes collected so far; beyond 2^31 - 1 a buffer of 32-bit offsets cannot hold more.
    public var byteCount: Int { bytes.count }

    /// The texts.
    public consuming func finish() -> TextBuffer {
        TextBuffer(offsets: Buffer(offsets), bytes: Buffer(bytes))
    }
}

extension String {
    /// The text of UTF-8 bytes; invalid ones are repaired.
    public init(copying bytes: Span<UInt8>) {
        if let utf8 = try? UTF8Span(validating: bytes) {
            self.init(copying: utf8)
        } else {
            self.init(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }
}
