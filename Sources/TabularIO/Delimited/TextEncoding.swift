/// How the letters of a text file are written as bytes.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"

    /// The encoding of a name in any case; `latin1`, `iso-8859-1` and `cp1252` mean Windows-1252, as on the web, and
    /// `utf-16` is told by the file's byte order mark.
    public init?(name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "utf-16le", "utf-16", "utf16": self = .utf16LittleEndian
        case "utf-16be": self = .utf16BigEndian
        case "windows-1252", "cp1252", "latin1", "latin-1", "iso-8859-1": self = .windows1252
        default: return nil
        }
    }

    /// All names, for people.
    public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The encoding that a byte order mark tells, and the mark's length.
    static func mark(_ bytes: Span<UInt8>) -> (encoding: TextEncoding, length: Int)? {
        guard bytes.count >= 2 else { return nil }
        switch (bytes[0], bytes[1]) {
        case (0xff, 0xfe): return (.utf16LittleEndian, 2)
        case (0xfe, 0xff): return (.utf16BigEndian, 2)
        case (0xef, 0xbb) where bytes.count >= 3 && bytes[2] == 0xbf: return (.utf8, 3)
        default: return nil
        }
    }
}

/// Text written anew as UTF-8, and where each part of it came from.
struct TranscodedText {
    /// UTF-8.
    private(set) var bytes: [UInt8] = []
    /// Every so many letters how far both texts are.
    private var milestones: [(transcoded: Int, source: Int)] = []
    private let encoding: TextEncoding

    private static let milestoneDistance = 1 << 12

    /// Writes `source` from byte `start` on as UTF-8.
    ///
    /// - Throws: ``TabularError`` with `.badEncoding` where it is not written in `encoding`.
    init(_ source: [UInt8], from start: Int, _ encoding: TextEncoding) throws(TabularError) {
        self.encoding = encoding
        bytes.reserveCapacity(source.count)
        var at = start
        while at < source.count {
            if milestones.last.map({ at - $0.source >= Self.milestoneDistance }) ?? true {
                milestones.append((bytes.count, at))
            }
            guard let (letter, length) = Self.letter(source, at, encoding) else {
                throw TabularError(
                    .badEncoding, "Byte \(at) of the file is not \(encoding.rawValue); say how it is written.", byte: at
                )
            }
            bytes.append(contentsOf: letter.utf8)
            at += length
        }
    }

    /// The byte of the source that became the one at `byte` of ``bytes``.
    func sourceByte(of byte: Int) -> Int {
        guard !milestones.isEmpty else { return byte }
        var (low, high) = (0, milestones.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if milestones[middle].transcoded <= byte { low = middle } else { high = middle }
        }
        var (at, source) = milestones[low]
        for letter in String(decoding: bytes[at..<max(at, min(byte, bytes.count))], as: UTF8.self).unicodeScalars {
            at += UTF8.width(letter)
            source += encoding == .windows1252 ? 1 : 2 * UTF16.width(letter)
        }
        return source
    }

    private static func letter(
        _ source: [UInt8], _ at: Int, _ encoding: TextEncoding
    ) -> (letter: Unicode.Scalar, length: Int)? {
        if encoding == .windows1252 { return (windows1252(source[at]), 1) }
        guard let first = unit(source, at, encoding) else { return nil }
        if let letter = Unicode.Scalar(first) { return (letter, 2) }
        guard UTF16.isLeadSurrogate(first), let second = unit(source, at + 2, encoding), UTF16.isTrailSurrogate(second)
        else { return nil }
        let letter = Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
        return letter.map { ($0, 4) }
    }

    private static func unit(_ source: [UInt8], _ at: Int, _ encoding: TextEncoding) -> UInt16? {
        guard at + 1 < source.count else { return nil }
        let (low, high) = encoding == .utf16LittleEndian ? (source[at], source[at + 1]) : (source[at + 1], source[at])
        return UInt16(high) << 8 | UInt16(low)
    }

    /// Windows-1252 by the table of the WHATWG encoding standard: bytes that mean nothing are control characters.
    private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
        guard (0x80..<0xa0).contains(byte) else { return Unicode.Scalar(byte) }
        return upper[Int(byte) - 0x80]
    }

    private static let upper: [Unicode.Scalar] = [
        "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}",
        "\u{2C6}", "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}",
        "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}",
        "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
    ]
}
