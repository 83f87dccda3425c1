import PlumblineTestSupport
import Statistics

/// Writes random Lua programs as lists of tokens. Most are valid; some break Lua's rules about labels, loops, `...`
/// and constants on purpose.
struct ProgramGenerator {
    private var random: SplitMix64
    private var tokens: [String] = []
    /// How much deeper the program may still nest.
    private var budget = 0
    /// Where `break` and `...` are allowed.
    private var loops = 0
    private var isVariadic = true

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    mutating func program() -> [String] {
        tokens = []
        budget = Int.random(in: 1...5, using: &random)
        loops = 0
        isVariadic = true
        block()
        return tokens
    }

    private static let names = ["a", "b", "c", "f", "g", "self", "_ENV", "x1"]
    private static let labels = ["l1", "l2", "continue"]
    private static let numbers = [
        "0", "1", "2", "3.5", "0x10", "1e3", "0x.8p1", "7", "255", "70000", "0xffffffffffffffff", "1e400", ".5", "3.",
        "9223372036854775807", "9223372036854775808",
    ]
    private static let texts = [
        "'a'", "\"b\\n\"", "[[c]]", "[==[ ]] ]==]", "'\\x41\\u{48}\\z  \\065'", "\"\\\\\"", "'column'",
    ]
    private static let binaryOperators = [
        "+", "-", "*", "/", "//", "%", "^", "..", "&", "|", "~", "<<", ">>", "==", "~=", "<", "<=", ">", ">=", "and",
        "or",
    ]

    private mutating func add(_ words: String...) { tokens += words }

    private mutating func name() { add(random.pick(Self.names)) }

    private mutating func list(_ range: ClosedRange<Int>, _ item: (inout ProgramGenerator) -> Void) {
        for index in 0..<Int.random(in: range, using: &random) {
            if index > 0 { add(",") }
            item(&self)
        }
    }

    // MARK: Statements

    private mutating func block() {
        guard budget > 0 else { return }
        budget -= 1
        for _ in 0..<Int.random(in: 0...4, using: &random) { statement() }
        if random.chance(25) {
            add("return")
            list(0...3) { $0.expression() }
            if random.chance(30) { add(";") }
        }
        budget += 1
    }

    private mutating func statement() {
        switch Int.random(in: 0..<24, using: &random) {
        case 0..<5: local()
        case 5..<9: assignment()
        case 9..<12:
            call()
            if random.chance(40) { add(";") }
        case 12..<14: conditional()
        case 14..<18: loop()
        case 18..<20: function()
        case 20..<23: jump()
        default:
            add("do")
            block()
            add("end")
        }
    }

    private mutating func local() {
        add("local")
        list(1...3) {
            $0.name()
            if $0.random.chance(3) { $0.add("<", $0.random.pick(["const", "const", "close", "final"]), ">") }
        }
        guard random.chance(80) else { return }
        add("=")
        list(1...3) { $0.expression() }
    }

    private mutating func assignment() {
        list(1...3) { if $0.random.chance(60) { $0.name() } else { $0.suffixed(endingInField: true) } }
        add("=")
        list(1...3) { $0.expression() }
    }

    private mutating func conditional() {
        add("if")
        expression()
        add("then")
        if random.chance(15) { leaveLoop() } else { block() }
        if random.chance(30) {
            add("elseif")
            expression()
            add("then")
            block()
        }
        if random.chance(40) {
            add("else")
            block()
        }
        add("end")
    }

    private mutating func loop() {
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            add("while")
            expression()
            loopBody()
        case 1:
            add("for", random.pick(Self.names), "=")
            list(2...3) { $0.expression() }
            loopBody()
        case 2:
            add("for")
            list(1...3) { $0.name() }
            add("in")
            list(1...3) { $0.expression() }
            loopBody()
        default:
            add("repeat")
            loops += 1
            block()
            loops -= 1
            add("until")
            expression()
        }
    }

    private mutating func loopBody() {
        let jumpsAhead = random.chance(20)
        add("do")
        loops += 1
        if jumpsAhead { add("if", "a", "then", "goto", "continue", "end") }
        block()
        loops -= 1
        if jumpsAhead { add("::", "continue", "::") }
        add("end")
    }

    private mutating func jump() {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: add("goto", random.pick(Self.labels))
        case 1: add("::", random.pick(Self.labels), "::")
        case 2..<6:
            let label = random.pick(Self.labels)
            add("do")
            if random.chance(50) { add("goto", label) }
            statement()
            add("::", label, "::")
            if random.chance(50) { statement() }
            if random.chance(50) { add("goto", label) }
            add("end")
        default: leaveLoop()
        }
    }

    /// A `break`, seldom one without a loop.
    private mutating func leaveLoop() {
        if loops > 0 || random.chance(3) { add("break", ";") }
    }

    private mutating func function() {
        if random.chance(40) {
            add("local", "function", random.pick(Self.names))
        } else {
            add("function", random.pick(Self.names))
            while random.chance(30) { add(".", random.pick(Self.names)) }
            if random.chance(20) { add(":", random.pick(Self.names)) }
        }
        functionBody()
    }

    private mutating func functionBody() {
        let outside = (loops, isVariadic)
        (loops, isVariadic) = (0, random.chance(40))
        add("(")
        list(0...3) { $0.name() }
        if isVariadic { tokens.last == "(" ? add("...") : add(",", "...") }
        add(")")
        block()
        add("end")
        (loops, isVariadic) = outside
    }

    // MARK: Expressions

    private mutating func expression() {
        guard budget > 0, random.chance(75) else {
            simple()
            return
        }
        budget -= 1
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<5:
            expression()
            add(random.pick(Self.binaryOperators))
            expression()
        case 5:
            add(random.pick(["-", "not", "#", "~"]))
            expression()
        case 6:
            add("function")
            functionBody()
        case 7: table()
        default: suffixed(endingInField: random.chance(50))
        }
        budget += 1
    }

    private mutating func simple() {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: name()
        case 4..<6: add(random.pick(Self.numbers))
        case 6: add(random.pick(Self.texts))
        case 7: add(random.pick(["nil", "true", "false"]))
        case 8: add(isVariadic || random.chance(2) ? "..." : "nil")
        default: add("{", "}")
        }
    }

    private mutating func table() {
        add("{")
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            switch Int.random(in: 0..<3, using: &random) {
            case 0: expression()
            case 1:
                add(random.pick(Self.names), "=")
                expression()
            default:
                add("[")
                expression()
                add("]", "=")
                expression()
            }
            add(random.pick([",", ";"]))
        }
        add("}")
    }

    private mutating func call() {
        suffixed(endingInField: true)
        if random.chance(30) { add(":", random.pick(Self.names)) }
        arguments()
    }

    private mutating func suffixed(endingInField: Bool) {
        if random.chance(80) {
            name()
        } else {
            add("(")
            expression()
            add(")")
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) { random.chance(50) ? field() : arguments() }
        endingInField ? field() : arguments()
    }

    private mutating func field() {
        if random.chance(60) {
            add(".", random.pick(Self.names))
        } else {
            add("[")
            expression()
            add("]")
        }
    }

    private mutating func arguments() {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: add(random.pick(Self.texts))
        case 1: table()
        default:
            add("(")
            list(0...3) { $0.expression() }
            add(")")
        }
    }
}

/// Changes that turn a program into one that is a little wrong, or into another right one.
enum Mutation {
    private static let insertions = [
        "end", "then", "do", "(", ")", "{", "}", "[", "]", "=", ",", ";", "::", ":", ".", "..", "...", "not", "-", "#",
        "~", "<", ">", "const", "local", "function", "return", "break", "goto", "until", "repeat", "if", "else",
        "elseif", "in", "for", "while", "nil", "1", "'s'", "a",
    ]

    static func tokens(_ tokens: [String], _ random: inout SplitMix64) -> [String] {
        guard !tokens.isEmpty else { return [random.pick(insertions)] }
        var result = tokens
        let first = Int.random(in: 0..<result.count, using: &random)
        let second = Int.random(in: 0..<result.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: result.remove(at: first)
        case 1: result.insert(result[first], at: second)
        case 2: result.swapAt(first, second)
        default: result.insert(random.pick(insertions), at: first)
        }
        return result
    }

    static func bytes(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        guard !bytes.isEmpty else { return [UInt8.random(in: 0...255, using: &random)] }
        let interesting = Array("\\\"'[]=-.~<>:\n\r\0 xezu{}09_".utf8) + [0x80, 0xFF, 0xC3]
        var result = bytes
        let first = Int.random(in: 0..<result.count, using: &random)
        let second = Int.random(in: 0..<result.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: result.remove(at: first)
        case 1: result.insert(result[first], at: second)
        case 2: result.swapAt(first, second)
        case 3: result[first] = UInt8.random(in: 0...255, using: &random)
        default: result.insert(random.pick(interesting), at: first)
        }
        return result
    }
}
