extension Lexer {
    /// Reads a number. Like Lua, it first takes everything that looks like one and only then asks whether it is.
    mutating func numeral(from start: Mark) throws(LuaSyntaxError) -> Token {
        let isHexadecimal = current == UInt8(ascii: "0") && peek(1).map { $0 | 0x20 } == UInt8(ascii: "x")
        if isHexadecimal {
            advance()
            advance()
        }
        let exponentMark = isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
        while let byte = current, byte.isLetter || byte.isDigit || byte == UInt8(ascii: ".") {
            advance()
            if byte | 0x20 == exponentMark, current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { advance() }
        }
        let spelling = source[start.offset..<offset]
        guard let literal = Numeral.value(of: spelling, isHexadecimal: isHexadecimal) else {
            throw LuaSyntaxError(start.position, "`\(Snippet.printable(spelling))` is not a number.")
        }
        if case .integer = literal { return token(.integer, literal, from: start) }
        return token(.float, literal, from: start)
    }
}

/// The values of numbers, as `luaO_str2num` of Lua 5.4 finds them.
private enum Numeral {
    static func value(of spelling: ArraySlice<UInt8>, isHexadecimal: Bool) -> Token.Literal? {
        if let integer = isHexadecimal ? hexadecimalInteger(spelling) : decimalInteger(spelling) {
            return .integer(integer)
        }
        guard isFloat(spelling.dropFirst(isHexadecimal ? 2 : 0), isHexadecimal: isHexadecimal) else { return nil }
        return Double(String(decoding: spelling, as: UTF8.self)).map { .float($0) }
    }

    /// Decimal digits only, if they fit.
    private static func decimalInteger(_ spelling: ArraySlice<UInt8>) -> Int64? {
        guard spelling.allSatisfy(\.isDigit) else { return nil }
        return Int64(String(decoding: spelling, as: UTF8.self))
    }

    /// `0x` and digits only; what does not fit wraps around.
    private static func hexadecimalInteger(_ spelling: ArraySlice<UInt8>) -> Int64? {
        let digits = spelling.dropFirst(2)
        guard !digits.isEmpty else { return nil }
        var bits: UInt64 = 0
        for byte in digits {
            guard let digit = byte.hexadecimalValue else { return nil }
            bits = bits << 4 | UInt64(digit)
        }
        return Int64(bitPattern: bits)
    }

    /// Digits with at most one point among them, then perhaps an exponent.
    private static func isFloat(_ spelling: ArraySlice<UInt8>, isHexadecimal: Bool) -> Bool {
        let exponentMark = isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
        let pieces = spelling.split(omittingEmptySubsequences: false) { $0 | 0x20 == exponentMark }
        guard pieces.count <= 2, let mantissa = pieces.first else { return false }
        let digits = mantissa.filter { $0 != UInt8(ascii: ".") }
        guard !digits.isEmpty, mantissa.count - digits.count <= 1,
            digits.allSatisfy({ isHexadecimal ? $0.isHexadecimalDigit : $0.isDigit })
        else { return false }
        return pieces.count == 1 || isExponent(pieces[1])
    }

    private static func isExponent(_ spelling: ArraySlice<UInt8>) -> Bool {
        let isSigned = spelling.first == UInt8(ascii: "+") || spelling.first == UInt8(ascii: "-")
        let digits = spelling.dropFirst(isSigned ? 1 : 0)
        return !digits.isEmpty && digits.allSatisfy(\.isDigit)
    }
}
