/// The sentences of syntax errors. They name what stands there and, where it is a habit from R, Excel or another
/// language, what Lua writes instead.
extension Parser {
    /// The current token as a message names it.
    var found: String {
        switch token.kind {
        case .endOfSource: "the end of the file"
        default: "`\(Snippet.printable(tree.source[token.range]))`"
        }
    }

    func expected(_ what: String) -> LuaSyntaxError {
        LuaSyntaxError(token.position, "Expected \(what), but found \(found).")
    }

    func expectedName(_ purpose: String) -> LuaSyntaxError {
        let word = token.kind.rawValue
        guard Token.Kind.keywords[word] != nil else { return expected("a name \(purpose)") }
        let instead = kindBefore == .dot ? "; write `[\"\(word)\"]` instead of `.\(word)`" : ""
        return LuaSyntaxError(
            token.position,
            "Expected a name \(purpose), but found `\(word)`, which is a word of Lua's own\(instead).")
    }

    func unexpectedInExpression() -> LuaSyntaxError {
        let hint =
            switch token.kind {
            case .ampersand where follows(.ampersand): " Lua writes `and` instead of `&&`."
            case .pipe where follows(.pipe): " Lua writes `or` instead of `||`."
            case .assign where follows(.equal): " Lua writes `==` for \"is equal\"."
            case .plus where follows(.plus): " Lua has no `++`: write `x = x + 1`."
            default: ""
            }
        return LuaSyntaxError(token.position, "Expected a value, but found \(found).\(hint)")
    }

    func notAStatement(_ expression: ExpressionID) -> LuaSyntaxError {
        let start = tree[expression].position
        switch token.kind {
        case .plus, .minus, .star, .slash, .percent, .caret, .concatenate:
            return LuaSyntaxError(
                start, "This does nothing with its result: write `name = ...`. Lua has no `+=` and no `++`.")
        case .less:
            return LuaSyntaxError(start, "This does nothing with its result. Lua assigns with `=`, not with `<-`.")
        case .equal:
            return LuaSyntaxError(start, "This compares and does nothing with the result: assign with a single `=`.")
        default:
            return LuaSyntaxError(start, "This is not a statement: expected a call or an assignment, as `name = ...`.")
        }
    }

    func notVariadic() -> LuaSyntaxError {
        LuaSyntaxError(token.position, "`...` needs a function whose last parameter is `...`.")
    }

    func cannotAssign(to expression: ExpressionID) -> LuaSyntaxError {
        LuaSyntaxError(
            tree[expression].position, "Only a variable or a field, such as `t.name`, can stand left of `=`.")
    }

    /// A block ended, but the file goes on.
    func unexpectedEndOfBlock() -> LuaSyntaxError {
        LuaSyntaxError(
            token.position,
            "\(found) closes nothing here: either there is one too many, or something above was closed too early. "
                + "`return` must be the last statement of its block.")
    }

    /// Whether the bytes right before the current token spell this sign.
    private func follows(_ kind: Token.Kind) -> Bool {
        let spelling = kind.rawValue.utf8
        return tree.source[..<token.range.lowerBound].suffix(spelling.count).elementsEqual(spelling)
    }
}
