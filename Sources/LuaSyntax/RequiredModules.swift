/// A module that a source text requires, and where.
public struct RequiredModule: Sendable, Hashable {
    /// Its name, such as `hub.scales`.
    public let name: String
    /// Where `require` stands.
    public let position: SourcePosition

    /// All modules that a source text asks for by `require "name"` or `require("name")`, in order.
    ///
    /// Only tokens are looked at, in linear time, so any text may be asked about before it is trusted; behind a mistake in
    /// the text nothing is found. ``LintRule/requireName`` refuses every other use of `require`.
    public static func all(in source: [UInt8]) -> [RequiredModule] {
        var lexer = Lexer(source)
        var modules: [RequiredModule] = []
        var before: Token.Kind?
        while let token = try? lexer.next(), token.kind != .endOfSource {
            let isField = before == .dot || before == .colon
            before = token.kind
            guard token.literal == .name("require"), !isField else { continue }
            var behind = lexer
            if let name = behind.literalArgument() {
                modules.append(RequiredModule(name: name, position: token.position))
            }
        }
        return modules
    }
}

extension Lexer {
    /// The text in `"text"` or `("text")`, if that is what comes next.
    fileprivate mutating func literalArgument() -> String? {
        guard var token = try? next() else { return nil }
        let hasParentheses = token.kind == .leftParenthesis
        if hasParentheses {
            guard let inner = try? next() else { return nil }
            token = inner
        }
        guard case .string(let bytes) = token.literal else { return nil }
        if hasParentheses, (try? next())?.kind != .rightParenthesis { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
