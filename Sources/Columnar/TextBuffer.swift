/// Texts side by side: text `i` is the bytes from offset `i` to offset `i + 1`. UTF-8.
public struct TextBuffer: Sendable {
    /// Where texts begin and end, one more than there are texts.
    enum Offsets: Sendable {
        case small(Buffer<Int32>)
        /// For more than 2 GiB of text, and for files that say so.
        case large(Buffer<Int64>)
    }

    let offsets: Offsets
    let bytes: Buffer<UInt8>
    /// Number of texts.
    public let count: Int

    init(offsets: Buffer<Int32>, bytes: Buffer<UInt8>) {
        self.offsets = .small(offsets)
        self.bytes = bytes
        count = max(0, offsets.count - 1)
    }

    init(offsets: Buffer<Int64>, bytes: Buffer<UInt8>) {
        self.offsets = .large(offsets)
        self.bytes = bytes
        count = max(0, offsets.count - 1)
    }

    /// A copy of these texts.
    public init(_ texts: some Sequence<String>, isLarge: Bool = false) {
        var builder = TextBuilder()
        for text in texts { builder.append(text) }
        self = builder.finish(isLarge: isLarge)
    }

    /// Whether its offsets have 64 bits.
    public var isLarge: Bool {
        if case .large = offsets { true } else { false }
    }

    /// The text at `index`.
    public subscript(_ index: Int) -> String {
        String(copying: bytes.span.extracting(range(index)))
    }

    /// The bytes of the text at `index` in place.
    public func withBytes<Result>(of index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        try body(bytes.span.extracting(range(index)))
    }

    func range(_ index: Int) -> Range<Int> {
        switch offsets {
        case .small(let offsets): Int(offsets[index])..<Int(offsets[index + 1])
        case .large(let offsets): Int(offsets[index])..<Int(offsets[index + 1])
        }
    }

    var erasedOffsets: any ByteBuffer {
        switch offsets {
        case .small(let offsets): offsets
        case .large(let offsets): offsets
        }
    }
}

/// Collects texts for a ``TextBuffer``.
public struct TextBuilder: Sendable {
    private var offsets: [Int64] = [0]
    private var bytes: [UInt8] = []

    /// Nothing yet.
    public init() {}

    /// Number of texts so far.
    public var count: Int { offsets.count - 1 }

    /// Adds a text.
    public mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        offsets.append(Int64(bytes.count))
    }

    /// Adds a text given as UTF-8 bytes.
    public mutating func append(utf8 text: Span<UInt8>) {
        bytes.append(copying: text)
        offsets.append(Int64(bytes.count))
    }

    /// The bytes collected so far.
    public var byteCount: Int { bytes.count }

    /// The texts; with offsets of 64 bits when they are asked for or needed.
    public consuming func finish(isLarge: Bool = false) -> TextBuffer {
        if isLarge || bytes.count > Int(Int32.max) { return TextBuffer(offsets: Buffer(offsets), bytes: Buffer(bytes)) }
        return TextBuffer(offsets: Buffer(offsets.map { Int32($0) }), bytes: Buffer(bytes))
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
