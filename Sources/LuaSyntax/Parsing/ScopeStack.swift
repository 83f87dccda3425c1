/// The functions, blocks, variables and labels that are open at the place the parser has reached.
///
/// It keeps Lua's rules about names: which variable a name means, where a `goto` may jump, how many local variables a
/// function may have.
struct ScopeStack {
    /// Lua's limit of local variables in one function.
    static let maximumVariables = 200

    private var functions: [OpenFunction] = []
    private var blocks: [Block] = []
    /// The variables in scope, of all open functions, innermost last.
    private var slots: [Slot] = []
    /// The same variables by name, so that finding one does not depend on how many there are.
    private var visible: [String: [VariableID]] = [:]

    private struct OpenFunction {
        let id: FunctionID
        let firstBlock: Int
        let firstSlot: Int
        var isVariadic = false
    }

    /// The place of a variable. Loops also take places for state of their own, which has no name.
    private struct Slot {
        let name: String
        let isHidden: Bool
    }

    private struct Block {
        let isLoop: Bool
        let firstSlot: Int
        var labels: [String: Label] = [:]
        var jumps: [String: [Jump]] = [:]
    }

    private struct Label {
        let line: Int
        /// How many variables are in scope behind it.
        let level: Int
    }

    /// A `goto` whose label has not been seen yet.
    private struct Jump {
        let name: SyntaxTree.Name
        /// How many of the variables in scope here are also in scope at the `goto`.
        var level: Int
    }

    // MARK: Functions

    /// The innermost open function; the file, if none is open.
    var function: FunctionID { functions.last?.id ?? FunctionID(index: 0) }

    var isVariadic: Bool { functions.last?.isVariadic ?? false }

    mutating func openFunction(_ id: FunctionID) {
        functions.append(OpenFunction(id: id, firstBlock: blocks.count, firstSlot: slots.count))
        openBlock()
    }

    mutating func setVariadic() {
        guard !functions.isEmpty else { return }
        functions[functions.count - 1].isVariadic = true
    }

    mutating func closeFunction() throws(LuaSyntaxError) {
        let pending = closeInnermostBlock().jumps.values.joined()
        functions.removeLast()
        guard let jump = pending.min(by: { $0.name.position < $1.name.position }) else { return }
        throw LuaSyntaxError(
            jump.name.position, "`goto` finds no label `::\(Snippet.printable(jump.name.text))::` in its block.")
    }

    // MARK: Blocks

    mutating func openBlock(isLoop: Bool = false) {
        blocks.append(Block(isLoop: isLoop, firstSlot: slots.count))
    }

    /// Closes a block inside a function. A jump still looking for its label goes on looking in the block around it.
    mutating func closeBlock() {
        let block = closeInnermostBlock()
        for (name, jumps) in block.jumps {
            let moved = jumps.map { Jump(name: $0.name, level: block.firstSlot) }
            blocks[blocks.count - 1].jumps[name, default: []].append(contentsOf: moved)
        }
    }

    private mutating func closeInnermostBlock() -> Block {
        let block = blocks.removeLast()
        while slots.count > block.firstSlot {
            let slot = slots.removeLast()
            if !slot.isHidden { visible[slot.name]?.removeLast() }
        }
        return block
    }

    /// Whether a `break` here would leave a loop of this function.
    var isInLoop: Bool { blocksOfFunction.contains { $0.isLoop } }

    private var blocksOfFunction: ArraySlice<Block> { blocks[(functions.last?.firstBlock ?? 0)...] }

    // MARK: Variables

    /// Puts `_ENV` around the file. It belongs to no function.
    mutating func declareEnvironment(_ id: VariableID) {
        visible["_ENV"] = [id]
    }

    /// Brings a variable into scope.
    mutating func declare(_ name: String, _ id: VariableID) {
        slots.append(Slot(name: name, isHidden: false))
        visible[name, default: []].append(id)
    }

    /// Takes places that Lua needs for the state of a loop.
    mutating func declareHidden(_ count: Int) {
        slots.append(contentsOf: repeatElement(Slot(name: "", isHidden: true), count: count))
    }

    /// The variable that a name means here; nil if it is a global.
    func lookUp(_ name: String) -> VariableID? { visible[name]?.last }

    /// Refuses one more variable if the function has too many with `waiting` ones that are not in scope yet.
    func checkRoom(for name: SyntaxTree.Name, waiting: Int) throws(LuaSyntaxError) {
        guard slots.count - (functions.last?.firstSlot ?? 0) + waiting < Self.maximumVariables else {
            throw LuaSyntaxError(
                name.position,
                "A function can have \(Self.maximumVariables) local variables at most: put some into a table.")
        }
    }

    // MARK: Labels

    mutating func jump(to name: SyntaxTree.Name) {
        guard findLabel(name.text) == nil else { return }
        blocks[blocks.count - 1].jumps[name.text, default: []].append(Jump(name: name, level: slots.count))
    }

    /// Adds a label to the innermost block. At the end of a block its variables already count as out of scope.
    mutating func label(_ name: SyntaxTree.Name, isLast: Bool) throws(LuaSyntaxError) {
        if let earlier = findLabel(name.text) {
            throw LuaSyntaxError(
                name.position, "The label `\(Snippet.printable(name.text))` already stands in line \(earlier.line).")
        }
        let innermost = blocks.count - 1
        let label = Label(line: name.position.line, level: isLast ? blocks[innermost].firstSlot : slots.count)
        let jumps = blocks[innermost].jumps.removeValue(forKey: name.text) ?? []
        if let jump = jumps.first(where: { $0.level < label.level }) {
            throw LuaSyntaxError(
                jump.name.position,
                "This `goto` jumps over the declaration of `\(Snippet.printable(slots[jump.level].name))`: "
                    + "declare that variable before the `goto`.")
        }
        blocks[innermost].labels[name.text] = label
    }

    private func findLabel(_ name: String) -> Label? {
        for block in blocksOfFunction.reversed() {
            if let label = block.labels[name] { return label }
        }
        return nil
    }
}
