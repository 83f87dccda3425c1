import Spelling

/// Globals and fractions: code that runs, but not as its author thinks.
extension Linter {
    mutating func checkGlobalUse(_ id: ExpressionID) {
        guard !isFull, let known = context.knownGlobals, case .global(let name) = tree[id].node,
            !known.contains(name), !globals.assigned.contains(name)
        else { return }
        let problem = "Nothing here is called `\(Snippet.printable(name))`"
        let position = tree[id].position
        if let nearest = DidYouMean.nearest(to: name, among: visibleNames) {
            report(.unknownGlobal, at: position, "\(problem); did you mean `\(Snippet.printable(nearest))`?")
        } else {
            report(
                .unknownGlobal, at: position,
                "\(problem), so it is nil; declare it with `local` before it is used, or put it in quotes if it is "
                    + "a text.")
        }
    }

    /// The host looks for modules before anything runs, so their names must stand in the text.
    mutating func checkRequire(_ id: ExpressionID) {
        guard !isFull, case .global("require") = tree[id].node, !properRequires.contains(id) else { return }
        report(
            .requireName, at: tree[id].position,
            "`require` takes one module by its name between quotes, as in `require \"hub.scales\"`: modules are looked for "
                + "before anything runs.")
    }

    mutating func checkGlobalAssignment(_ target: ExpressionID) {
        guard case .global(let name) = tree[target].node, measureFunctions.contains(tree[target].function) else {
            return
        }
        let shown = Snippet.printable(name)
        report(
            .globalAssignment, at: tree[target].position,
            "`\(shown)` is a global: it is forgotten after each group; write `local \(shown)` where it is set first.")
    }

    /// `x == 0.1`: most fractions are stored rounded, so a computed one is rarely equal to a written one.
    mutating func checkFraction(_ id: ExpressionID) {
        guard case .binary(let comparison, let left, let right, let position) = tree[id].node,
            comparison == .equal || comparison == .notEqual,
            !kind(left).isRowwise, !kind(right).isRowwise
        else { return }
        let sides = [(left, right), (right, left)]
        guard let (fraction, other) = sides.first(where: { isFraction($0.0) }) else { return }
        let sign = comparison == .equal ? "<" : ">="
        let difference = "math.abs(\(quotedOperand(other)) - \(quotedOperand(fraction)))"
        report(
            .floatEquality, at: position,
            "`\(comparison.rawValue)` with a fraction is unreliable, because fractions are stored rounded; write "
                + "`\(difference) \(sign) 1e-9`.")
    }

    private func isFraction(_ id: ExpressionID) -> Bool {
        switch tree[tree.unwrapped(id)].node {
        case .float(let value):
            // From 2^53 on every float is a whole number.
            value.magnitude < 0x1p53 && Double(Int64(value)) != value
        case .unary(.minus, let operand): isFraction(operand)
        default: false
        }
    }
}
