public import CivilCalendar

/// Reading single cells. Everything works on bytes; nothing allocates.
public enum CellParsing {
    /// A whole number: a sign and digits, without leading zeros (`007` is a name, not a number).
    public static func integer(_ cell: Span<UInt8>) -> Int64? {
        let bytes = trimmed(cell)
        var at = 0
        var isNegative = false
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
            isNegative = bytes[at] == UInt8(ascii: "-")
            at += 1
        }
        guard at < bytes.count, bytes.count - at <= 19 else { return nil }
        guard bytes[at] != UInt8(ascii: "0") || bytes.count - at == 1 else { return nil }
        var value: Int64 = 0
        while at < bytes.count {
            let digit = bytes[at] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowed) = tens.addingReportingOverflow(Int64(digit))
            guard !overflow, !overflowed else { return nil }
            value = sum
            at += 1
        }
        return isNegative ? -value : value
    }

    /// A decimal number: sign, digits, point, exponent; no infinity, no NaN, no hexadecimal, no leading zeros.
    public static func number(_ cell: Span<UInt8>) -> Double? {
        let bytes = trimmed(cell)
        guard let shape = DecimalShape(bytes) else { return nil }
        // Up to 2^53 and 10^22 both parts are exact, so one operation rounds correctly (Clinger 1990).
        if shape.digits < 1 << 53, abs(shape.exponent) <= 22 {
            let digits = Double(shape.digits)
            let power = Self.powersOfTen[abs(shape.exponent)]
            let magnitude = shape.exponent < 0 ? digits / power : digits * power
            return shape.isNegative ? -magnitude : magnitude
        }
        // A whole number is kept exactly or not at all.
        if shape.isWhole { return shape.exactWhole }
        guard let value = Double(String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)), value.isFinite
        else { return nil }
        return value
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]

    /// Whether the cell is a whole number, of however many digits.
    static func isWholeNumber(_ cell: Span<UInt8>) -> Bool {
        DecimalShape(trimmed(cell))?.isWhole ?? false
    }

    /// `true`, `false`, `yes`, `no`, in any case.
    public static func truth(_ cell: Span<UInt8>) -> Bool? {
        switch cell.count {
        case 2: equals(cell, "no") ? false : nil
        case 3: equals(cell, "yes") ? true : nil
        case 4: equals(cell, "true") ? true : nil
        case 5: equals(cell, "false") ? false : nil
        default: nil
        }
    }

    /// `2026-11-04`.
    public static func date(_ cell: Span<UInt8>) -> CivilDate? {
        CivilDate(iso: cell)
    }

    /// `2026-11-04T06:00:00Z` and its like, see ``CivilTime``.
    public static func time(_ cell: Span<UInt8>) -> CivilTime? {
        CivilTime(iso: cell)
    }

    /// Whether the cell says that a number is none: NaN, Inf and their like, which are never values.
    public static func isNotANumber(_ cell: Span<UInt8>) -> Bool {
        var bytes = trimmed(cell)
        if bytes.count > 1, bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
            bytes = bytes.extracting(1..<bytes.count)
        }
        return equals(bytes, "nan") || equals(bytes, "inf") || equals(bytes, "infinity")
    }

    /// Without spaces and tabs around it.
    @_lifetime(copy cell)
    static func trimmed(_ cell: Span<UInt8>) -> Span<UInt8> {
        var low = 0
        var high = cell.count
        while low < high, cell[low] == UInt8(ascii: " ") || cell[low] == UInt8(ascii: "\t") { low += 1 }
        while low < high, cell[high - 1] == UInt8(ascii: " ") || cell[high - 1] == UInt8(ascii: "\t") { high -= 1 }
        return cell.extracting(low..<high)
    }

    /// Equal without regard to the case of ASCII letters; `word` is in lower case.
    static func equals(_ cell: Span<UInt8>, _ word: StaticString) -> Bool {
        guard cell.count == word.utf8CodeUnitCount else { return false }
        var index = 0
        for scalar in "\(word)".utf8 {
            guard cell[index] | 0x20 == scalar else { return false }
            index += 1
        }
        return true
    }
}

/// A decimal number taken apart: digits times ten to an exponent.
private struct DecimalShape {
    var isNegative = false
    /// All digits as one number, or beyond 2^53 when there are too many.
    var digits: UInt64 = 0
    var exponent = 0
    /// Whether there is neither a point nor an exponent.
    var isWhole = true

    /// The number, if a double holds all its digits.
    var exactWhole: Double? {
        guard digits < .max, let magnitude = Double(exactly: digits) else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    init?(_ bytes: Span<UInt8>) {
        var at = 0
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
            isNegative = bytes[at] == UInt8(ascii: "-")
            at += 1
        }
        let whole = takeDigits(bytes, &at)
        if whole > 1, bytes[at - whole] == UInt8(ascii: "0") { return nil }
        var fraction = 0
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            fraction = takeDigits(bytes, &at)
        }
        guard whole + fraction > 0 else { return nil }
        exponent = -fraction
        isWhole = at == bytes.count && at > 0 && fraction == 0 && bytes[at - 1] != UInt8(ascii: ".")
        guard takeExponent(bytes, &at), at == bytes.count else { return nil }
    }

    private mutating func takeDigits(_ bytes: Span<UInt8>, _ at: inout Int) -> Int {
        let start = at
        while at < bytes.count {
            let digit = bytes[at] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            digits = digits < 1 << 59 ? digits * 10 + UInt64(digit) : .max  // beyond: the slow way decides
            at += 1
        }
        return at - start
    }

    private mutating func takeExponent(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
        guard at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") else { return true }
        at += 1
        var sign = 1
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
            sign = bytes[at] == UInt8(ascii: "-") ? -1 : 1
            at += 1
        }
        var value = 0
        let start = at
        while at < bytes.count {
            let digit = bytes[at] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = min(value * 10 + Int(digit), 100_000)
            at += 1
        }
        exponent += sign * value
        return at > start
    }
}
