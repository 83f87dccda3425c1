/// Width and sign of whole numbers.
public enum IntegerKind: String, Hashable, Sendable, CaseIterable {
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64

    /// The kind of a Swift integer type.
    public init?(_ type: any FixedWidthInteger.Type) {
        self.init(bits: type.bitWidth, isSigned: type.isSigned)
    }

    init?(bits: Int, isSigned: Bool) {
        guard let kind = Self.allCases.first(where: { $0.bits == bits && $0.isSigned == isSigned }) else { return nil }
        self = kind
    }

    /// How many bits a number has.
    public var bits: Int {
        switch self {
        case .int8, .uint8: 8
        case .int16, .uint16: 16
        case .int32, .uint32: 32
        case .int64, .uint64: 64
        }
    }

    /// Whether numbers can be negative.
    public var isSigned: Bool {
        switch self {
        case .int8, .int16, .int32, .int64: true
        case .uint8, .uint16, .uint32, .uint64: false
        }
    }

    /// The smallest signed kind that holds the numbers from `low` to `high`.
    public static func smallest(for low: Int64, _ high: Int64) -> IntegerKind {
        if low >= Int8.min, high <= Int8.max { return .int8 }
        if low >= Int16.min, high <= Int16.max { return .int16 }
        return low >= Int32.min && high <= Int32.max ? .int32 : .int64
    }
}

/// Whole numbers of some width, side by side: a column's values, or the codes of a dictionary.
public enum IntegerBuffer: Sendable {
    case int8(Buffer<Int8>)
    case int16(Buffer<Int16>)
    case int32(Buffer<Int32>)
    case int64(Buffer<Int64>)
    case uint8(Buffer<UInt8>)
    case uint16(Buffer<UInt16>)
    case uint32(Buffer<UInt32>)
    case uint64(Buffer<UInt64>)

    /// The numbers in the given kind, which must hold them all.
    public init(_ numbers: [Int64], as kind: IntegerKind) {
        switch kind {
        case .int8: self = .int8(Buffer(numbers.map { Int8($0) }))
        case .int16: self = .int16(Buffer(numbers.map { Int16($0) }))
        case .int32: self = .int32(Buffer(numbers.map { Int32($0) }))
        case .int64: self = .int64(Buffer(numbers))
        case .uint8: self = .uint8(Buffer(numbers.map { UInt8($0) }))
        case .uint16: self = .uint16(Buffer(numbers.map { UInt16($0) }))
        case .uint32: self = .uint32(Buffer(numbers.map { UInt32($0) }))
        case .uint64: self = .uint64(Buffer(numbers.map { UInt64($0) }))
        }
    }

    /// The codes of a dictionary with so many labels, in as few bytes as they need.
    public init(codes: [Int32], labelCount: Int) {
        self.init(codes.map { Int64($0) }, as: .smallest(for: 0, Int64(max(0, labelCount - 1))))
    }

    /// The numbers of some rows, in as few bytes as they need.
    public func narrowed(_ rows: [Int32]) -> IntegerBuffer { accept(Narrowed(rows: rows)) }

    private struct Narrowed: Visitor {
        var rows: [Int32]

        func visit<Element: FixedWidthInteger>(_ numbers: Buffer<Element>) -> IntegerBuffer {
            let span = numbers.span
            let picked = rows.map { span[Int($0)] }
            let low = Int64(truncatingIfNeeded: picked.min() ?? 0)
            let high = Int64(truncatingIfNeeded: picked.max() ?? 0)
            return IntegerBuffer(picked.map { Int64(truncatingIfNeeded: $0) }, as: .smallest(for: low, high))
        }
    }

    /// Work on the numbers whatever their width.
    protocol Visitor {
        associatedtype Result
        func visit(_ numbers: Buffer<some FixedWidthInteger & BitwiseCopyable & Sendable>) -> Result
    }

    func accept<V: Visitor>(_ visitor: V) -> V.Result {
        switch self {
        case .int8(let numbers): visitor.visit(numbers)
        case .int16(let numbers): visitor.visit(numbers)
        case .int32(let numbers): visitor.visit(numbers)
        case .int64(let numbers): visitor.visit(numbers)
        case .uint8(let numbers): visitor.visit(numbers)
        case .uint16(let numbers): visitor.visit(numbers)
        case .uint32(let numbers): visitor.visit(numbers)
        case .uint64(let numbers): visitor.visit(numbers)
        }
    }

    /// Width and sign.
    public var kind: IntegerKind {
        switch self {
        case .int8: .int8
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .uint8: .uint8
        case .uint16: .uint16
        case .uint32: .uint32
        case .uint64: .uint64
        }
    }

    /// How many numbers there are.
    public var count: Int { accept(Count()) }

    private struct Count: Visitor {
        func visit(_ numbers: Buffer<some FixedWidthInteger & BitwiseCopyable & Sendable>) -> Int { numbers.count }
    }

    /// The number in a row as a code or index; -1 where it is none that an `Int` holds.
    public func code(_ row: Int) -> Int { accept(Code(row: row)) }

    private struct Code: Visitor {
        var row: Int

        func visit(_ numbers: Buffer<some FixedWidthInteger & BitwiseCopyable & Sendable>) -> Int {
            Int(exactly: numbers[row]) ?? -1
        }
    }

    /// The number in a row as decimal digits.
    public func text(_ row: Int) -> String { accept(Digits(row: row)) }

    private struct Digits: Visitor {
        var row: Int

        func visit(_ numbers: Buffer<some FixedWidthInteger & BitwiseCopyable & Sendable>) -> String {
            String(numbers[row])
        }
    }

    /// Whether some number is no code of a dictionary with so many labels, in the rows that `validity` has.
    func hasCode(notBelow labelCount: Int, in validity: Bitmap?) -> Bool {
        accept(StrayCode(labelCount: labelCount, validity: validity))
    }

    private struct StrayCode: Visitor {
        var labelCount: Int
        var validity: Bitmap?

        func visit<Element: FixedWidthInteger>(_ numbers: Buffer<Element>) -> Bool {
            let span = numbers.span
            let limit = UInt64(labelCount)
            var isStray = false
            guard let validity else {
                for row in span.indices {
                    // A negative code becomes a huge number here.
                    isStray = isStray || UInt64(truncatingIfNeeded: span[row]) >= limit
                }
                return isStray
            }
            for row in span.indices where validity[row] {
                isStray = isStray || UInt64(truncatingIfNeeded: span[row]) >= limit
            }
            return isStray
        }
    }

    /// Codes as 32-bit numbers, -1 in rows that `validity` lacks.
    func codes(_ validity: Bitmap?) -> [Int32] { accept(Codes(validity: validity)) }

    private struct Codes: Visitor {
        var validity: Bitmap?

        func visit(_ numbers: Buffer<some FixedWidthInteger & BitwiseCopyable & Sendable>) -> [Int32] {
            let span = numbers.span
            var codes: [Int32] = []
            codes.reserveCapacity(span.count)
            for row in span.indices { codes.append(Int32(truncatingIfNeeded: span[row])) }
            guard let validity else { return codes }
            for row in span.indices where !validity[row] { codes[row] = -1 }
            return codes
        }
    }

    func appendDoubles(to target: inout [Double]) {
        target.append(contentsOf: accept(Doubles()))
    }

    private struct Doubles: Visitor {
        func visit(_ numbers: Buffer<some FixedWidthInteger & BitwiseCopyable & Sendable>) -> [Double] {
            let span = numbers.span
            var doubles: [Double] = []
            doubles.reserveCapacity(span.count)
            for row in span.indices { doubles.append(Double(span[row])) }
            return doubles
        }
    }

    /// The buffer itself, its element type forgotten.
    var erased: any ByteBuffer { accept(Erased()) }

    private struct Erased: Visitor {
        func visit(_ numbers: Buffer<some FixedWidthInteger & BitwiseCopyable & Sendable>) -> any ByteBuffer { numbers }
    }
}
