/// Lua's own operators applied to a whole column or mask. Lua cannot repair these: `==` never asks a value of another
/// type, and `and`, `or`, `not` and conditions only ask whether there is a value at all.
extension Linter {
    mutating func checkColumnUse(_ id: ExpressionID) {
        switch tree[id].node {
        case .binary(let binary, let left, let right, let position):
            if binary.isComparison {
                checkComparison(binary, left, right, at: position)
            } else if binary == .and || binary == .or {
                checkLogic(binary, left, right, at: position)
            } else if binary == .concatenate {
                checkConcatenation(left, right, at: position)
            }
        case .unary(let unary, let operand): checkUnary(unary, operand, at: tree[id].position)
        case .call(let callee, let arguments): checkIteration(callee, arguments, at: tree[id].position)
        default: break
        }
    }

    // MARK: Comparisons

    private mutating func checkComparison(
        _ comparison: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, at position: SourcePosition
    ) {
        guard kind(left).isRowwise || kind(right).isRowwise else { return }
        let instead =
            if kind(left).isRowwise, kind(right).isRowwise {
                comparisonOfTwo(comparison, left, right)
            } else if kind(left).isRowwise {
                proposal(comparison, left, with: right)
            } else {
                proposal(comparison.flipped, right, with: left)
            }
        let what = kind(kind(left).isRowwise ? left : right).described
        let why =
            switch comparison {
            case .equal: "`==` compares \(what) as a whole and is always false"
            case .notEqual: "`~=` compares \(what) as a whole and is always true"
            default: "`\(comparison.rawValue)` cannot compare \(what) row by row"
            }
        report(.columnComparison, at: position, "\(why); write `\(instead)`.")
    }

    /// What compares a column or mask with a single value, row by row.
    private func proposal(_ comparison: BinaryOperator, _ column: ExpressionID, with other: ExpressionID) -> String {
        let receiver = quotedReceiver(column)
        switch (tree[tree.unwrapped(other)].node, comparison) {
        case (.nil, .equal): return "\(receiver):missing()"
        case (.nil, .notEqual): return "~\(receiver):missing()"
        case (.true, .equal) where kind(column) == .mask: return receiver
        case (.false, .notEqual) where kind(column) == .mask: return receiver
        case (.true, .notEqual) where kind(column) == .mask: return "~\(receiver)"
        case (.false, .equal) where kind(column) == .mask: return "~\(receiver)"
        default: return comparison.rowwise(receiver, with: quoted(other))
        }
    }

    /// Masks are compared by `~`, which is "one or the other"; columns of numbers by their difference.
    private func comparisonOfTwo(_ comparison: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID) -> String {
        let (left, right, areMasks) = (
            quotedOperand(left), quotedOperand(right), kind(left) == .mask && kind(right) == .mask
        )
        switch comparison {
        case .equal where areMasks: return "~(\(left) ~ \(right))"
        case .notEqual where areMasks: return "\(left) ~ \(right)"
        default: return comparison.rowwise("(\(left) - \(right))", with: "0")
        }
    }

    // MARK: Logic and conditions

    /// Only the left side is asked whether it is true: a column on the right may be an honest choice, as in
    /// `strict and g.a or g.b`.
    private mutating func checkLogic(
        _ logic: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, at position: SourcePosition
    ) {
        guard kind(left).isRowwise else { return }
        let (sign, result) = logic == .and ? ("&", "right") : ("|", "left")
        report(
            .columnLogic, at: position,
            "`\(logic.rawValue)` does not look at single rows: \(kind(left).described) is always true here, so this "
                + "is just its \(result) side; write `\(quotedOperand(left)) \(sign) \(quotedOperand(right))`.")
    }

    private mutating func checkUnary(_ unary: UnaryOperator, _ operand: ExpressionID, at position: SourcePosition) {
        let what = kind(operand)
        guard what.isRowwise else { return }
        if unary == .not {
            report(
                .columnLogic, at: position,
                "`not` does not look at single rows: \(what.described) is always true here, so this is always false; "
                    + "write `~\(quotedOperand(operand))`.")
        } else if unary == .length {
            report(
                .columnLength, at: position,
                "`#` does not count the values of \(what.described); write `\(quotedReceiver(operand)):count()`.")
        }
    }

    mutating func checkCondition(_ condition: ExpressionID?, of keyword: String) {
        guard let condition, kind(condition).isRowwise, !isLogic(condition) else { return }
        let instead =
            kind(condition) == .mask
            ? "`\(quotedReceiver(condition)):share()` or the `n` of `g:where(\(quoted(condition)))`"
            : "`\(quotedReceiver(condition)):mean()` or `\(quotedReceiver(condition)):count()`"
        report(
            .columnCondition, at: tree[condition].position,
            "`\(keyword)` asks one question, but \(kind(condition).described) has an answer for each row and is always "
                + "true here; ask about one number, such as \(instead).")
    }

    /// `a and b` on columns is reported at its operator already.
    private func isLogic(_ condition: ExpressionID) -> Bool {
        guard case .binary(let binary, _, _, _) = tree[tree.unwrapped(condition)].node else { return false }
        return binary == .and || binary == .or
    }

    // MARK: Text and loops

    private mutating func checkConcatenation(
        _ left: ExpressionID, _ right: ExpressionID, at position: SourcePosition
    ) {
        guard let column = [left, right].first(where: { kind($0).isRowwise }) else { return }
        report(
            .columnConcatenation, at: position,
            "`..` joins two texts, not \(kind(column).described), and there are no columns of new texts; compare the "
                + "text of each row with `\(quotedReceiver(column)):is(\"...\")` or `:isin{ ... }`.")
    }

    private mutating func checkIteration(
        _ callee: ExpressionID, _ arguments: [ExpressionID], at position: SourcePosition
    ) {
        guard case .global(let name) = tree[callee].node, name == "pairs" || name == "ipairs",
            let column = arguments.first, kind(column).isRowwise
        else { return }
        report(
            .columnIteration, at: position,
            "`\(name)` cannot walk over \(kind(column).described); write "
                + "`for i, v in ipairs(\(quotedReceiver(column)):values())`.")
    }
}

extension BinaryOperator {
    /// The comparison with its sides exchanged: `3 < x` is `x > 3`.
    fileprivate var flipped: BinaryOperator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: self
        }
    }

    /// The verb that compares row by row.
    fileprivate func rowwise(_ column: String, with other: String) -> String {
        switch self {
        case .less: "\(column):below(\(other))"
        case .lessOrEqual: "\(column):at_most(\(other))"
        case .greater: "\(column):above(\(other))"
        case .greaterOrEqual: "\(column):at_least(\(other))"
        case .notEqual: "~\(column):is(\(other))"
        default: "\(column):is(\(other))"
        }
    }
}
