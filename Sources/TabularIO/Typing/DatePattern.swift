import CivilCalendar

/// How days and times are written, in the letters of `strptime`: `%Y` year, `%y` its last two digits (from 1969 to
/// 2068), `%m` month, `%b` or `%B` its English name, `%d` day, `%H` hour, `%I` hour of twelve with `%p` (AM or PM),
/// `%M` minute, `%S` second with decimals, `%z` offset from UTC, `%%` a percent sign. Other characters stand for
/// themselves, a blank for any number of blanks. Numbers may lack their leading zeros.
public struct DatePattern: Equatable, Sendable {
    private enum Piece: Equatable, Sendable {
        case literal(UInt8)
        case blanks
        case field(UInt8)
    }

    /// The pattern as it was written.
    public let text: String
    private let pieces: [Piece]

    /// Whether it has an hour.
    public var hasTime: Bool {
        pieces.contains(.field(UInt8(ascii: "H"))) || pieces.contains(.field(UInt8(ascii: "I")))
    }

    /// A pattern; nil when a letter is unknown, or year, month or day are missing.
    public init?(_ text: String) {
        self.text = text
        var pieces: [Piece] = []
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let letter = bytes.popFirst() else { return nil }
                if letter == UInt8(ascii: "%") {
                    pieces.append(.literal(letter))
                } else if "YymbBdHIMSpz".utf8.contains(letter) {
                    pieces.append(.field(letter == UInt8(ascii: "B") ? UInt8(ascii: "b") : letter))
                } else {
                    return nil
                }
            case UInt8(ascii: " "): pieces.append(.blanks)
            default: pieces.append(.literal(byte))
            }
        }
        self.pieces = pieces
        func has(_ letters: String) -> Bool { letters.utf8.contains { pieces.contains(.field($0)) } }
        guard has("Yy"), has("mb"), has("d") else { return nil }
    }

    /// Reads a cell; nil when it is not written so, or there is no such day or time.
    func read(_ cell: Span<UInt8>) -> CivilTime? {
        var reading = Reading(cell: cell)
        for piece in pieces {
            switch piece {
            case .literal(let byte): guard reading.take(byte) else { return nil }
            case .blanks: reading.skipBlanks()
            case .field(let letter): guard reading.take(field: letter) else { return nil }
            }
        }
        return reading.isAtEnd ? reading.time : nil
    }

    private struct Reading: ~Escapable {
        private let cell: Span<UInt8>
        private var at = 0
        private var (year, month, day) = (0, 0, 0)
        private var (hour, minute) = (0, 0)
        private var microseconds: Int64 = 0
        private var isAfternoon: Bool?
        private var offset: Int?

        @_lifetime(copy cell)
        init(cell: Span<UInt8>) { self.cell = cell }

        var isAtEnd: Bool { at == cell.count }

        private func peek() -> UInt8? { at < cell.count ? cell[at] : nil }

        mutating func take(_ byte: UInt8) -> Bool {
            guard peek() == byte else { return false }
            at += 1
            return true
        }

        mutating func skipBlanks() {
            while peek() == UInt8(ascii: " ") { at += 1 }
        }

        mutating func take(field letter: UInt8) -> Bool {
            switch letter {
            case UInt8(ascii: "b"): return takeMonthName()
            case UInt8(ascii: "S"): return takeSeconds()
            case UInt8(ascii: "p"): return takeHalf()
            case UInt8(ascii: "z"): return takeOffset()
            default: return takeNumber(letter)
            }
        }

        private mutating func takeNumber(_ letter: UInt8) -> Bool {
            let isPadded = letter == UInt8(ascii: "y") || letter == UInt8(ascii: "M")
            guard let value = number(digits: letter == UInt8(ascii: "Y") ? 4 : 2, isPadded: isPadded) else {
                return false
            }
            switch letter {
            case UInt8(ascii: "Y"): year = value
            case UInt8(ascii: "y"): year = value + (value < 69 ? 2000 : 1900)
            case UInt8(ascii: "m"): month = value
            case UInt8(ascii: "d"): day = value
            case UInt8(ascii: "M"): minute = value
            default: hour = value
            }
            return letter == UInt8(ascii: "I") ? (1...12).contains(hour) : hour < 24 && minute < 60
        }

        /// Up to so many digits; when padded, or a year of four, exactly so many.
        private mutating func number(digits: Int, isPadded: Bool = true) -> Int? {
            var value = 0
            let start = at
            while at - start < digits, let byte = peek(), byte &- UInt8(ascii: "0") < 10 {
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                at += 1
            }
            return at - start == digits || at > start && !isPadded && digits < 4 ? value : nil
        }

        private mutating func takeSeconds() -> Bool {
            guard let seconds = number(digits: 2), seconds < 60 else { return false }
            microseconds = Int64(seconds) * 1_000_000
            guard peek() == UInt8(ascii: ".") else { return true }
            at += 1
            var unit: Int64 = 100_000
            let start = at
            while let byte = peek(), byte &- UInt8(ascii: "0") < 10 {
                microseconds += Int64(byte - UInt8(ascii: "0")) * unit
                unit /= 10
                at += 1
            }
            return at > start
        }

        private mutating func takeWord(_ word: String) -> Bool {
            guard at + word.utf8.count <= cell.count else { return false }
            for (index, byte) in word.utf8.enumerated() where cell[at + index] | 0x20 != byte { return false }
            at += word.utf8.count
            return true
        }

        private mutating func takeMonthName() -> Bool {
            let names = [
                "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                "november", "december",
            ]
            for (index, name) in names.enumerated() where takeWord(name) || takeWord(String(name.prefix(3))) {
                month = index + 1
                return true
            }
            return false
        }

        private mutating func takeHalf() -> Bool {
            if takeWord("am") { isAfternoon = false } else if takeWord("pm") { isAfternoon = true }
            return isAfternoon != nil
        }

        private mutating func takeOffset() -> Bool {
            if peek() == UInt8(ascii: "Z") {
                at += 1
                offset = 0
                return true
            }
            guard let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return false }
            at += 1
            guard let hours = number(digits: 2), hours < 24 else { return false }
            if peek() == UInt8(ascii: ":") { at += 1 }
            guard let minutes = number(digits: 2), minutes < 60 else { return false }
            offset = (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
            return true
        }

        var time: CivilTime? {
            guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
            var hour = hour
            if let isAfternoon { hour = hour % 12 + (isAfternoon ? 12 : 0) }
            let minutes = Int64(hour * 60 + minute)
            return CivilTime(
                date: date, microsecondOfDay: minutes * 60_000_000 + microseconds, offsetSeconds: offset)
        }
    }
}
