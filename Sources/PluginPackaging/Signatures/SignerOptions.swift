import Foundation
import Spelling

/// The options of a line of `allowed_signers`.
struct SignerOptions: Equatable, Sendable {
    /// Whether the key signs certificates, not files.
    var isAuthority = false
    /// The namespaces that the key may sign for; nil for all.
    var namespaces: PatternList?
    /// Seconds since 1970 before which the key is not yet good.
    var validAfter: Int?
    /// Seconds since 1970 after which it is no longer.
    var validBefore: Int?

    private static let names = ["cert-authority", "namespaces", "valid-after", "valid-before"]

    init() {}

    /// Reads `namespaces="plumbline-plugin",valid-before="20261231Z"`.
    init(_ text: String, timeZone: TimeZone) throws(KeyText.Trouble) {
        var seen: Set<String> = []
        for piece in Self.pieces(of: text) {
            let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = halves[0].lowercased()
            guard Self.names.contains(name) else { throw Self.unknown(String(halves[0])) }
            guard seen.insert(name).inserted else { throw KeyText.Trouble(reason: "it has `\(name)` twice") }
            try set(name, halves.count > 1 ? String(halves[1]) : nil, timeZone)
        }
        if let validAfter, let validBefore, validBefore <= validAfter {
            throw KeyText.Trouble(reason: "its `valid-before` is not after its `valid-after`")
        }
    }

    private mutating func set(
        _ name: String, _ written: String?, _ timeZone: TimeZone
    ) throws(KeyText.Trouble) {
        guard name != "cert-authority" else {
            guard written == nil else { throw KeyText.Trouble(reason: "`cert-authority` takes no value") }
            isAuthority = true
            return
        }
        guard let value = written.flatMap(Self.unquoted) else {
            throw KeyText.Trouble(reason: "the value of `\(name)` must stand in quotes: `\(name)=\"…\"`")
        }
        guard name != "namespaces" else {
            namespaces = PatternList(text: value)
            return
        }
        guard let seconds = SignerTime.seconds(value, in: timeZone) else {
            throw KeyText.Trouble(
                reason: "\(ForeignText.quoted(value)) of `\(name)` is no time; write `20261231Z` or "
                    + "`20261231235959Z`, with the Z for UTC")
        }
        if name == "valid-after" { validAfter = seconds } else { validBefore = seconds }
    }

    private static func unknown(_ name: String) -> KeyText.Trouble {
        guard !name.isEmpty else { return KeyText.Trouble(reason: "there is a comma too many among its options") }
        let near = DidYouMean.nearest(to: name, among: names).map { "did you mean `\($0)`?" }
        return KeyText.Trouble(
            reason: "\(ForeignText.quoted(name)) is neither a kind of key nor an option; "
                + (near ?? "options are \(names.joined(separator: ", "))"))
    }

    /// Cuts at the commas outside quotes.
    private static func pieces(of text: String) -> [String] {
        var quotes = QuoteScanner()
        return text.utf8.split(omittingEmptySubsequences: false) { byte in
            quotes.isOutside(byte) && byte == UInt8(ascii: ",")
        }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// What stands between quotes that enclose all of a text; `\"` in it is a quote.
    private static func unquoted(_ text: String) -> String? {
        let quote = UInt8(ascii: "\"")
        var value: [UInt8] = []
        var rest = Array(text.utf8)[...]
        guard rest.popFirst() == quote else { return nil }
        while let byte = rest.popFirst() {
            if byte == quote { return rest.isEmpty ? String(decoding: value, as: UTF8.self) : nil }
            let isEscape = byte == UInt8(ascii: "\\") && rest.first == quote
            value.append(isEscape ? rest.removeFirst() : byte)
        }
        return nil
    }
}

/// Goes over bytes and knows which are in quotes; a quote behind a backslash is none.
struct QuoteScanner {
    private var previous: UInt8 = 0
    /// Whether quotes are open.
    private(set) var isOpen = false

    /// Whether the next byte is outside quotes.
    mutating func isOutside(_ byte: UInt8) -> Bool {
        if byte == UInt8(ascii: "\""), previous != UInt8(ascii: "\\") { isOpen.toggle() }
        previous = byte
        return !isOpen
    }
}
