import Foundation

/// A line of `allowed_signers`: names, perhaps options, and a key.
struct SignerLine: Equatable, Sendable {
    /// The line's number, from 1.
    let number: Int
    /// The names of those whom the key may sign for.
    let principals: PatternList
    let options: SignerOptions
    /// The key; nil where it is of a kind that signs no plugins.
    let key: SigningKey?

    /// Reads a line; nil where it is blank or a comment.
    static func read(
        _ line: Substring.UTF8View, number: Int, timeZone: TimeZone
    ) throws(KeyText.Trouble) -> SignerLine? {
        var rest = line.drop(while: KeyText.isBlank)
        guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
        let principals = try takePrincipals(&rest)
        rest = rest.drop(while: KeyText.isBlank)
        guard !rest.isEmpty else { throw KeyText.Trouble(reason: "there is no key behind its names") }
        let (options, key) = try optionsAndKey(rest, timeZone)
        return SignerLine(
            number: number, principals: PatternList(text: principals), options: options, key: key.signingKey)
    }

    private static func takePrincipals(_ rest: inout Substring.UTF8View) throws(KeyText.Trouble) -> String {
        let quote = UInt8(ascii: "\"")
        let isQuoted = rest.first == quote
        if isQuoted { rest = rest.dropFirst() }
        let names = rest.prefix { isQuoted ? $0 != quote : !KeyText.isBlank($0) }
        rest = rest.dropFirst(names.count)
        if isQuoted {
            guard rest.popFirst() == quote else {
                throw KeyText.Trouble(reason: "the quotes around its names do not end")
            }
        }
        guard !names.contains(quote), rest.first.map(KeyText.isBlank) ?? true else {
            throw KeyText.Trouble(reason: "quotes must stand around all of its names")
        }
        guard !names.isEmpty else { throw KeyText.Trouble(reason: "its names are empty") }
        return String(decoding: names, as: UTF8.self)
    }

    /// As in OpenSSH, whatever is no key is taken for options before one.
    private static func optionsAndKey(
        _ rest: Substring.UTF8View, _ timeZone: TimeZone
    ) throws(KeyText.Trouble) -> (SignerOptions, KeyText) {
        do {
            return (SignerOptions(), try KeyText(Substring(rest)))
        } catch {
            let word = String(decoding: rest.prefix { !KeyText.isBlank($0) }, as: UTF8.self)
            guard !KeyKind(name: word).isKnown else { throw error }
        }
        var quotes = QuoteScanner()
        let written = rest.prefix { !(quotes.isOutside($0) && KeyText.isBlank($0)) }
        guard !quotes.isOpen else { throw KeyText.Trouble(reason: "the quotes in its options do not end") }
        let options = try SignerOptions(String(decoding: written, as: UTF8.self), timeZone: timeZone)
        return (options, try KeyText(Substring(rest.dropFirst(written.count))))
    }
}
