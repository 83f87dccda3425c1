public import CivilCalendar

/// How numbers, days and times are written in cells.
public struct CellFormat: Equatable, Sendable {
    /// The decimal mark.
    public var decimal: UInt8
    /// The mark between groups of three digits; nil when there is none.
    public var thousands: UInt8?
    /// How days and times are written; nil for ISO 8601.
    public var dates: DatePattern?

    /// Numbers with a decimal point, ISO days and times, unless said otherwise.
    public init(decimal: UInt8 = UInt8(ascii: "."), thousands: UInt8? = nil, dates: DatePattern? = nil) {
        self.decimal = decimal
        self.thousands = thousands
        self.dates = dates
    }

    private var hasPlainNumbers: Bool { decimal == UInt8(ascii: ".") && thousands == nil }

    /// A whole number that a double holds, too: measures compute with doubles, and one beyond 2^53 would be another.
    public func integer(_ cell: Span<UInt8>) -> Int64? {
        let number: Int64?
        if hasPlainNumbers {
            number = CellParsing.integer(cell)
        } else {
            number = plainNumber(cell).flatMap { CellParsing.integer($0.span) }
        }
        return number.flatMap { Double(exactly: $0) == nil ? nil : $0 }
    }

    /// A number.
    public func number(_ cell: Span<UInt8>) -> Double? {
        if hasPlainNumbers { return CellParsing.number(cell) }
        guard let plain = plainNumber(cell) else { return nil }
        return CellParsing.number(plain.span)
    }

    /// Whether the cell is a whole number, of however many digits.
    func isWholeNumber(_ cell: Span<UInt8>) -> Bool {
        guard let plain = plainNumber(cell) else { return false }
        return CellParsing.isWholeNumber(plain.span)
    }

    /// A day.
    public func date(_ cell: Span<UInt8>) -> CivilDate? {
        guard let dates else { return CellParsing.date(cell) }
        guard !dates.hasTime, let time = dates.read(cell) else { return nil }
        return time.date
    }

    /// A time, or the beginning of a day.
    public func time(_ cell: Span<UInt8>) -> CivilTime? {
        if let dates { return dates.read(cell) }
        return CellParsing.time(cell) ?? CellParsing.date(cell).map { CivilTime(date: $0, microsecondOfDay: 0) }
    }

    /// The number as it is written with a decimal point and no other marks; nil when its groups are not of three
    /// digits.
    private func plainNumber(_ cell: Span<UInt8>) -> [UInt8]? {
        let bytes = CellParsing.trimmed(cell)
        var plain: [UInt8] = []
        var digits = 0  // since the last mark
        var (isGrouped, isWhole) = (false, true)
        for index in bytes.indices {
            let byte = bytes[index]
            if let thousands, byte == thousands, isWhole {
                guard isGrouped ? digits == 3 : (1...3).contains(digits) else { return nil }
                (isGrouped, digits) = (true, 0)
            } else if byte == decimal {
                guard isWhole, !isGrouped || digits == 3 else { return nil }
                isWhole = false
                plain.append(UInt8(ascii: "."))
            } else {
                // A point that is no mark here must not become one.
                guard byte != UInt8(ascii: ".") else { return nil }
                if byte | 0x20 == UInt8(ascii: "e"), isWhole, isGrouped { return nil }
                digits += byte &- UInt8(ascii: "0") < 10 ? 1 : 0
                plain.append(byte)
            }
        }
        return isWhole && isGrouped && digits != 3 ? nil : plain
    }
}
