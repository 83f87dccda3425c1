import LuaSandbox
import PlumblineTestSupport
import Statistics
import Testing

/// Which source texts are taken, and what is said of others.
struct SourceTests {
    /// Loads and instantiates bytes; nil when that works.
    private func refusal(
        _ source: [UInt8], name: String = "Measures/x.lua", limits: LuaLimits = .unhurried
    ) throws
        -> LuaFailure?
    {
        try onLuaThread {
            do throws(LuaFailure) {
                var state = try LuaState(limits: limits, interface: TestHost.interface, host: TestHost())
                try state.load(name: name, source: source)
                try state.instantiate(seed: 1)
                return nil
            } catch {
                return error
            }
        }
    }

    private func refusal(_ source: String) throws -> LuaFailure? { try refusal(Array(source.utf8)) }

    @Test func aMeasureIsTaken() throws {
        #expect(try refusal("return measure {}") == nil)
        #expect(try refusal("local m = measure { value = function() end } return m") == nil)
    }

    @Test(arguments: ["", "return 1", "measure {}", "return {}", "return nil", "x = 1", "return function() end"])
    func anythingElseIsNoMeasure(source: String) throws {
        let failure = try #require(try refusal(source))
        #expect(failure.code == .luaError)
        #expect(failure.message.contains("a measure file must end with `return measure { ... }`"))
    }

    @Test func theSizeIsBounded() throws {
        let rest = "return measure {}"
        let fits = rest + String(repeating: " ", count: 64 << 10 - rest.utf8.count)
        #expect(fits.utf8.count == 64 << 10)
        #expect(try refusal(fits) == nil)
        let failure = try #require(try refusal(fits + " "))
        #expect(failure.code == .refused)
        #expect(
            failure.message
                == "the source has 65537 bytes; at most 65536 are allowed (`limits.source`): make several measures of it"
        )
    }

    /// Where an error names a variable at the end of a long chain, Lua looks at no limit: such chains are refused.
    @Test(arguments: [
        ("a", ".x"), ("a", " . x"), ("a", ".x\n"), ("a", "--[[c]].x"), ("a", "['x']"), ("a", "[1 + 1]"),
        ("a", "[b.c(d)]"),
        ("a", "[ [[x]] ]"), ("f(a", ".x"), ("(a", ".x"), ("((a.x", ")).x"), ("('')", ".x"), ("a()", ".x"),
        ("a", ".--\nx"), ("a", ". --[[c]] x"), ("a", " --c\n . --[==[c]==]\n --c\n x"),
    ])
    func longChainsOfFieldsAreRefused(start: String, link: String) throws {
        let refused = try #require(try refusal("return " + start + String(repeating: link, count: 201)))
        guard !link.contains(")") else { return }
        #expect(refused.code == .refused)
        #expect(refused.message.contains("more than 200 fields in a row in line"))
        #expect(refused.line != nil)
        #expect(try refusal("return " + start + String(repeating: link, count: 190))?.code != .refused)
    }

    /// A key is named like what it is looked up in, so its fields count with the others.
    @Test func fieldsOfKeysCountToo() throws {
        let chain = "a" + String(repeating: ".x", count: 150)
        #expect(try refusal("return \(chain)[\(chain)]")?.code == .refused)
        #expect(try refusal("return \(chain)[(\(chain))]")?.code == .refused)
        #expect(try refusal("return a.x[a.x[a.x[\(chain)]]]")?.code != .refused)
        #expect(try refusal("return \(chain)[1 + 1], \(chain)")?.code != .refused)
    }

    @Test(arguments: [
        "a.b() ", "a.b()\n", "x = a.b; ", "a.b(c.d) ", "t[1] = 2 t.y = 3 ", "f 'x' ", "local c = a.b ", "-- .x .x .x\n",
        "local s = '.x.x.x' ", "local s = [==[.x.x\n.x]==] ", "local n = 1.5 ", "local s = a.b .. c.d ",
        "f { a.b, c.d } ",
        "if a.b then end ", "a.b():c() ",
    ])
    func manyFieldsInManyStatementsAreNot(statement: String) throws {
        let source = "do " + String(repeating: statement, count: 180) + " end return measure {}"
        #expect(try refusal(source)?.code != .refused)
    }

    @Test func onlyTextIsTaken() throws {
        let chunk: [UInt8] = [0x1b, 0x4c, 0x75, 0x61, 0x54]
        for source in [chunk, [0x1b], Array("return measure {} --\0".utf8), [0], Array("\u{1b}[31m".utf8)] {
            let failure = try #require(try refusal(source))
            #expect(failure.code == .refused)
            #expect(failure.message.contains("not text"))
        }
        #expect(try refusal("return measure { title = '\\0' }") == nil, "an escape is text")
        #expect(try refusal(" \u{1b}Lua")?.code == .syntaxError)
    }

    @Test(arguments: [
        ("return measure {", 1), ("x = = 1", 1), ("\n\nlocal x = 'open\nreturn measure {}", 3),
        ("for i = 1 do end", 1), ("\n\n\n\nreturn measure { a b }", 5), ("goto nowhere", 1),
        ("local a <const> = 1\na = 2", 2), ("x = 0x\n", 1), ("--[[ never closed\n\n", 3), ("return return", 1),
        ("local x = '\\q'", 1), ("break", 1), ("x = 5 5", 1),
    ])
    func syntaxErrorsHaveALine(source: String, line: Int) throws {
        let failure = try #require(try refusal(source))
        #expect(failure.code == .syntaxError)
        #expect(failure.line == line)
        #expect(failure.message.hasPrefix("Measures/x.lua:\(line): "))
        #expect(failure.traceback.isEmpty)
    }

    @Test func namesWithColonsDoNotConfuseTheLine() throws {
        let failure = try #require(try refusal(Array("\nx = = 1".utf8), name: "a:7: b"))
        #expect(failure.line == 2)
        #expect(try refusal(Array("\nerror('x')".utf8), name: "a:7: b")?.line == 2)
        let long = String(repeating: "n", count: 400)
        #expect(try refusal(Array("x = = 1".utf8), name: long)?.code == .syntaxError)
    }

    @Test func deepNestingIsRefusedNotACrash() throws {
        for (open, close) in [("(", ")"), ("{", "}"), ("f(", ")"), ("-", ""), ("not ", ""), ("#", "")] {
            let expression = String(repeating: open, count: 5000) + "1" + String(repeating: close, count: 5000)
            let failure = try #require(try refusal("x = \(expression)"))
            #expect([.syntaxError, .luaError].contains(failure.code), "\(open)")
        }
        let blocks = String(repeating: "do ", count: 5000) + String(repeating: "end ", count: 5000)
        #expect(try refusal(blocks) != nil)
        let functions = String(repeating: "return function() ", count: 3000) + String(repeating: "end ", count: 3000)
        #expect(try refusal(functions) != nil)
    }

    /// A chain of fields makes Lua 5.4.4 recurse when it words an error: the longest that is taken must be harmless.
    @Test func theLongestChainOfFieldsIsOnlyAnError() throws {
        let chain = { (count: Int) in "local a = {} return a" + String(repeating: ".x", count: count) + ".y()" }
        #expect(try refusal(chain(199))?.code == .luaError)
        #expect(try refusal(chain((64 << 10 - 30) / 2))?.code == .refused)
    }

    @Test func compilingMeetsTheMemoryLimit() throws {
        let source = "return measure { " + (0..<5000).map { "'text \($0)'" }.joined(separator: ", ") + " }"
        #expect(try refusal(source) == nil)
        #expect(try refusal(Array(source.utf8), limits: .memory(100_000))?.code == .memoryLimit)
    }

    /// Random damage to a source gives an answer, never the end of the process.
    @Test func damagedSourcesAreAnswered() throws {
        var random = SplitMix64(seed: 31)
        let good = Array(
            measure("local t = { 1, 'x', [2] = 0x1p4 } for i = 1, #t do t[i] = t[i] .. i end return t").utf8)
        var limits = LuaLimits.fuel(20_000)
        limits.memory = 4 << 20
        var codes: Set<LuaFailure.Code?> = []
        for _ in 0..<600 {
            var source = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<source.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: source[place] = UInt8.random(in: 0...255, using: &random)
                case 1: source.remove(at: place)
                default: source.insert(source[Int.random(in: 0..<source.count, using: &random)], at: place)
                }
            }
            codes.insert(try refusal(source, limits: limits)?.code)
        }
        #expect(codes.contains(.syntaxError) && codes.contains(nil))
    }
}
