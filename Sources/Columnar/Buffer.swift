/// Immutable elements side by side in memory: an array's, or a part of a mapped file.
@safe public struct Buffer<Element: BitwiseCopyable & Sendable>: Sendable {
    private enum Storage {
        case array([Element])
        case mapping(MappedFile, byteOffset: Int)
    }

    private let storage: Storage
    /// Number of elements.
    public let count: Int

    /// The elements of an array, shared with it.
    public init(_ elements: [Element]) {
        storage = .array(elements)
        count = elements.count
    }

    /// A part of a mapped file; the caller has checked that it lies inside and is aligned.
    init(mapping: MappedFile, byteOffset: Int, count: Int) {
        precondition(byteOffset >= 0 && count >= 0)
        precondition(count <= (mapping.count - byteOffset) / MemoryLayout<Element>.stride)
        precondition((mapping.address + UInt(byteOffset)) % UInt(MemoryLayout<Element>.alignment) == 0 || count == 0)
        storage = .mapping(mapping, byteOffset: byteOffset)
        self.count = count
    }

    /// The elements in place.
    public var span: Span<Element> {
        @_lifetime(borrow self)
        get {
            switch storage {
            case .array(let elements):
                return unsafe _overrideLifetime(elements.span, borrowing: self)
            case .mapping(let mapping, let byteOffset):
                // Inside the mapping by the check in `init`; `self` keeps the mapping alive.
                let start = unsafe UnsafePointer<Element>(bitPattern: mapping.address + UInt(byteOffset))
                guard let start = unsafe start else { return Span() }
                let span = unsafe Span(_unsafeStart: start, count: count)
                return unsafe _overrideLifetime(span, borrowing: self)
            }
        }
    }

    /// The element at `index` from 0.
    public subscript(_ index: Int) -> Element {
        span[index]
    }

    /// A copy as an array.
    public var array: [Element] {
        switch storage {
        case .array(let elements): return elements
        case .mapping:
            let span = span
            return unsafe [Element](unsafeUninitializedCapacity: count) { target, filled in
                for index in 0..<count { unsafe target.initializeElement(at: index, to: span[index]) }
                filled = count
            }
        }
    }

    /// Up to `limit` bytes from byte `start` on, as they stand in memory (little-endian on every machine we build
    /// for).
    func bytes(from start: Int, limit: Int) -> [UInt8] {
        let span = span
        return unsafe span.withUnsafeBytes { all in
            unsafe Array(all[min(start, all.count)..<min(start + limit, all.count)])
        }
    }

    /// Whether both are the same elements at the same place in memory.
    func isIdentical(to other: Buffer) -> Bool {
        guard count == other.count else { return false }
        return unsafe span.withUnsafeBufferPointer { mine in
            unsafe other.span.withUnsafeBufferPointer { others in unsafe mine.baseAddress == others.baseAddress }
        }
    }

    /// Length in bytes.
    var byteCount: Int { count * MemoryLayout<Element>.stride }

    /// Where in the file its bytes are; nil when they are not mapped from it.
    func place(in file: MappedFile) -> Range<Int>? {
        guard case .mapping(let mapping, let byteOffset) = storage, mapping === file else { return nil }
        return byteOffset..<byteOffset + byteCount
    }
}

extension Buffer<UInt8> {
    /// `count` elements from byte `start` on: in place where they are mapped and aligned, else a copy.
    ///
    /// - Precondition: they lie inside.
    func elements<Other: BitwiseCopyable & Sendable>(of type: Other.Type, from start: Int, count: Int) -> Buffer<Other>
    {
        let stride = MemoryLayout<Other>.stride
        precondition(start >= 0 && count >= 0 && start <= self.count && count <= (self.count - start) / stride)
        if case .mapping(let mapping, let offset) = storage,
            (mapping.address + UInt(offset + start)) % UInt(MemoryLayout<Other>.alignment) == 0
        {
            return Buffer<Other>(mapping: mapping, byteOffset: offset + start, count: count)
        }
        let span = span
        return unsafe Buffer<Other>(
            [Other](unsafeUninitializedCapacity: count) { target, filled in
                unsafe span.withUnsafeBytes { all in
                    for index in 0..<count {
                        let element = unsafe all.loadUnaligned(fromByteOffset: start + index * stride, as: type)
                        unsafe target.initializeElement(at: index, to: element)
                    }
                }
                filled = count
            })
    }

    /// Whether these bytes stand at `start`.
    public func holds(_ bytes: [UInt8], at start: Int) -> Bool {
        start >= 0 && start <= count && self.bytes(from: start, limit: bytes.count) == bytes
    }

    /// The bytes from `start` on, `count` of them, in place.
    func part(from start: Int, count: Int) -> Buffer<UInt8> {
        elements(of: UInt8.self, from: start, count: count)
    }
}

/// A buffer of any element type, as bytes.
protocol ByteBuffer: Sendable {
    var byteCount: Int { get }
    /// Where in the file the bytes are; nil when they are not mapped from it.
    func place(in file: MappedFile) -> Range<Int>?
    /// Visits the bytes in order, in pieces of at most 1 MiB.
    func visitPieces(_ visit: ([UInt8]) throws -> Void) rethrows
}

extension Buffer: ByteBuffer {
    func visitPieces(_ visit: ([UInt8]) throws -> Void) rethrows {
        let piece = 1 << 20
        for start in stride(from: 0, to: byteCount, by: piece) { try visit(bytes(from: start, limit: piece)) }
    }
}

extension [UInt8] {
    /// Adds the bytes of a span.
    public mutating func append(copying bytes: Span<UInt8>) {
        // The span outlives the call, and its bytes are copied in it.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension Span<UInt8> {
    /// Up to eight bytes from `start` on as a number, the first the lowest; zeros stand for those that are not there.
    func word(at start: Int) -> UInt64 {
        let length = count - start
        if length >= 8 { return load(start, as: UInt64.self) }
        // Two overlapping loads agree where both have a byte.
        if length >= 4 {
            let end = UInt64(load(count - 4, as: UInt32.self))
            return UInt64(load(start, as: UInt32.self)) | end << UInt64(8 * (length - 4))
        }
        guard length > 0 else { return 0 }
        let (middle, last) = (length / 2, length - 1)
        return UInt64(self[start]) | UInt64(self[start + middle]) << UInt64(8 * middle)
            | UInt64(self[start + last]) << UInt64(8 * last)
    }

    /// A number of the bytes from `start` on, the first the lowest.
    private func load<Number: FixedWidthInteger & BitwiseCopyable>(_ start: Int, as _: Number.Type) -> Number {
        precondition(start >= 0 && start + MemoryLayout<Number>.size <= count)
        // The bytes were just shown to be there, and any bytes are a number.
        return unsafe Number(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: Number.self))
    }
}
