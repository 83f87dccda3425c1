import Spelling

/// Calls of verbs that do not exist, verbs called with a dot, columns that the measure does not declare.
extension Linter {
    mutating func checkVerbUse(_ id: ExpressionID) {
        switch tree[id].node {
        case .methodCall(let object, let verb, _): checkVerb(verb, on: object)
        case .call(let callee, let arguments): checkDotCall(callee, arguments)
        case .index(let object, let key) where !callees.contains(id): checkColumnName(key, of: object)
        default: break
        }
    }

    // MARK: Verbs

    private mutating func checkVerb(_ verb: SyntaxTree.Name, on object: ExpressionID) {
        if context.catalogue.rowVerbs[kind(object)]?.contains(verb.text) == true {
            report(
                .rowAccess, at: verb.position,
                "`\(verb.text)` looks at single rows: a hub's measure may only when its id stands under `row_access` in "
                    + "plumbline.yaml; a network's own may.")
        }
        guard let verbs = context.catalogue.verbs[kind(object)], verbs[verb.text] == nil else { return }
        if kind(object) == .group, context.declaredColumns?.contains(verb.text) == true {
            let name = Snippet.printable(verb.text)
            report(
                .unknownVerb, at: verb.position,
                "`\(name)` is a column, not a verb: write `\(quotedReceiver(object)).\(name)`.")
            return
        }
        reportUnknownVerb(verb, kind(object), verbs, proposal: { "`\($0)`" })
    }

    /// `receiver.verb(...)`. Lua then does not pass the receiver, unless it is written out as the first argument.
    private mutating func checkDotCall(_ callee: ExpressionID, _ arguments: [ExpressionID]) {
        guard case .index(let object, let key) = tree[callee].node, let name = tree.text(of: key),
            let verbs = context.catalogue.verbs[kind(object)],
            context.catalogue.fields[kind(object)]?[name] == nil,
            arguments.first.map({ kind($0) == kind(object) }) != true
        else { return }
        let position = tree[key].position
        let receiver = quotedReceiver(object)
        let rest = arguments.isEmpty ? "()" : "(...)"
        if verbs[name] != nil {
            report(
                .dotCall, at: position,
                "A verb is called with a colon: write `\(receiver):\(name)\(rest)` instead of "
                    + "`\(receiver).\(name)\(rest)`.")
        } else {
            let verb = SyntaxTree.Name(text: name, position: position)
            reportUnknownVerb(verb, kind(object), verbs, proposal: { "`\(receiver):\($0)\(rest)`" })
        }
    }

    private mutating func reportUnknownVerb(
        _ verb: SyntaxTree.Name, _ kind: ValueKind, _ verbs: [String: VerbResult], proposal: (String) -> String
    ) {
        guard !isFull else { return }
        let start = kind.described.prefix(1).uppercased() + kind.described.dropFirst()
        let problem = "\(start) has no verb `\(Snippet.printable(verb.text))`"
        if let nearest = DidYouMean.nearest(to: verb.text, among: verbs.keys) {
            report(.unknownVerb, at: verb.position, "\(problem); did you mean \(proposal(nearest))?")
        } else {
            let names = verbs.keys.sorted().joined(separator: ", ")
            report(.unknownVerb, at: verb.position, "\(problem); it has \(names).")
        }
    }

    // MARK: Columns

    private mutating func checkColumnName(_ key: ExpressionID, of object: ExpressionID) {
        if let name = tree.text(of: key), kind(object) == .group, context.catalogue.verbs[.group]?[name] != nil {
            let quoted = quotedReceiver(object)
            let printable = Snippet.printable(name)
            report(
                .verbWithoutCall, at: tree[key].position,
                "`\(printable)` is a verb of groups: call it as `\(quoted):\(printable)(...)`, or write "
                    + "`\(quoted):column(\"\(printable)\")` for a column of that name.")
            return
        }
        guard !isFull, kinds[object].hasDeclaredColumns, let declared = context.declaredColumns,
            let name = tree.text(of: key), !declared.contains(name), !isOwnName(name, of: kind(object))
        else { return }
        let problem = "The measure does not declare a column `\(Snippet.printable(name))`"
        let own = context.catalogue.fields[kind(object)] ?? [:]
        if let nearest = DidYouMean.nearest(to: name, among: declared.union(own.keys)) {
            report(
                .undeclaredColumn, at: tree[key].position, "\(problem); did you mean `\(Snippet.printable(nearest))`?")
        } else {
            report(.undeclaredColumn, at: tree[key].position, "\(problem); add it to `columns = { ... }`.")
        }
    }

    private func isOwnName(_ name: String, of kind: ValueKind) -> Bool {
        context.catalogue.fields[kind]?[name] != nil || context.catalogue.verbs[kind]?[name] != nil
    }
}
