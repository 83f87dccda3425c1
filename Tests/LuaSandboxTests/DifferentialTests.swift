import Foundation
import LuaSandbox
import PlumblineTestSupport
import Statistics
import Testing

/// Our own functions against the system's Lua 5.4 on generated input: for honest use nobody can tell them apart.
///
/// Deliberate differences, which the generators leave out: the order of `pairs` over string keys, the order of equal
/// elements after a sort, "invalid order function", texts of tables and functions, what is larger than the memory, and
/// bytes inside UTF-8 that continue nothing, which `utf8.codes` of 5.4.4 lets pass.
@Suite(.enabled(if: StockLua.isInstalled, "needs the package lua5.4"))
struct DifferentialTests {
    private func expectAgreement(_ cases: [String]) throws {
        let (stock, ours) = try StockLua.outputs(of: cases)
        #expect(stock.count == ours.count)
        guard stock.count == cases.count else {
            #expect(stock == ours)
            return
        }
        for index in cases.indices where stock[index] != ours[index] {
            Issue.record("\(cases[index])\nLua says \(stock[index]), we say \(ours[index])")
        }
    }

    /// Calls of every replaced function with generated arguments: patterns, formats, layouts, places, garbage; results
    /// and messages, word by word. See `Scripts/differential.lua`.
    @Test(arguments: [1, 2, 3, 4]) func generatedCallsAgree(seed: Int) throws {
        let file = Repository.root.appending(path: "Tests/LuaSandboxTests/Scripts/differential.lua")
        let script = "local SEED, COUNT = \(seed), 15000\n" + (try String(contentsOf: file, encoding: .utf8))
        let (stock, ours) = try StockLua.outputs(ofScript: script)
        #expect(stock.count >= 15000 && stock.count == ours.count)
        for (theirs, our) in zip(stock, ours).filter({ $0 != $1 }).prefix(10) {
            Issue.record("Lua says \(theirs)\nwe say   \(our)")
        }
    }

    /// Ways along texts are billed in stretches of 4,096 bytes: characters before, on and behind their ends.
    @Test func placesInLongTextsAgree() throws {
        let wide = "local wide = ('a\u{e9}\u{65e5}\u{1f600}'):rep(1500)"
        let bare = "local bare = 'a' .. ('\\x80'):rep(9000)"
        var cases: [String] = []
        for start in [1, 2, 4095, 4096, 4097, 4098, 8191, 8192, 8193, 9000, 9001, 15000, 15001] {
            for count in [0, 1, 2, -1, -2, 1637, 1638, 1639, -1638, -1639, 3277, 6000, 6001, -6000, -6001] {
                for (text, name) in [(wide, "wide"), (bare, "bare")] {
                    cases.append("do \(text) show(pcall(utf8.offset, \(name), \(count), \(start))) end")
                }
            }
        }
        try expectAgreement(cases)
    }

    private static func number(_ random: inout SplitMix64) -> String {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: "\(Int.random(in: -20...20, using: &random))"
        case 1: "\(Int64.random(in: .min + 1 ... .max, using: &random))"
        case 2: "\(Double(Int.random(in: -2000...2000, using: &random)) / 16)"
        case 3: "string.unpack('<d', string.pack('<I8', \(Int64.random(in: 0 ... .max, using: &random))))"
        case 4: "\(Int.random(in: -9...9, using: &random))e\(Int.random(in: -30...30, using: &random))"
        default:
            random.pick([
                "0.0", "-0.0", "1/0", "-1/0", "2^53", "2^63", "-2^63", "math.maxinteger", "math.mininteger",
                "0x1p-1074",
                "1e15", "1e16", "123456789012345.0", "3.0", "1e100",
            ])
        }
    }

    private static let texts = [
        "''", "'x'", "'abc'", "'a\\0b'", "'é'", "'%d'", "('long'):rep(30)", "'12'", "'0x10'", "' 7 '",
    ]

    private static func value(_ random: inout SplitMix64) -> String {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: random.pick(texts)
        case 1: random.pick(["nil", "true", "false"])
        default: number(&random)
        }
    }

    @Test func numbersAreWrittenAlike() throws {
        var random = SplitMix64(seed: 41)
        try expectAgreement((0..<1500).map { _ in "show(tostring(\(Self.number(&random))))" })
    }

    @Test func valuesAreWrittenAlike() throws {
        try expectAgreement(
            (Self.texts + ["nil", "true", "false"]).map { "show(tostring(\($0)), #tostring(\($0)))" } + [
                "show(pcall(tostring))", "show(tostring(setmetatable({}, { __tostring = function() return 'x' end })))",
                "show(pcall(tostring, setmetatable({}, { __tostring = function() return nil end })))",
            ])
    }

    @Test func formatsAgree() throws {
        var random = SplitMix64(seed: 42)
        let cases = (0..<3000).map { _ -> String in
            var format = ""
            var arguments: [String] = []
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let flags = random.pick(["", "", "-", "+", " ", "0", "#", "-0"])
                let width = random.pick(["", "", "1", "5", "12", "99"])
                let precision = random.pick(["", "", ".0", ".3", ".14", ".", ".99"])
                let letter = random.pick([
                    "d", "i", "u", "x", "X", "o", "c", "e", "E", "f", "g", "G", "a", "q", "s", "s", "%", "y",
                ])
                format += random.pick(["", "a", " ", "%%"]) + "%" + flags + width + precision + letter
                if letter != "%" { arguments.append(Self.value(&random)) }
            }
            if random.chance(5), !arguments.isEmpty { arguments.removeLast() }
            if random.chance(5) { arguments.append("1") }
            let call = (["string.format", "'\(format)'"] + arguments).joined(separator: ", ")
            return "do local ok, s = pcall(\(call)) show(ok, ok and s) end"
        }
        try expectAgreement(cases)
    }

    @Test func sortsAgree() throws {
        var random = SplitMix64(seed: 43)
        let comparators = [
            "", ", function(a, b) return a > b end", ", function(a, b) return a < b end",
            ", function(a, b) return a % 10 < b % 10 or a % 10 == b % 10 and a < b end",
            ", function(a, b) return -a < -b end",
        ]
        var cases = (0..<400).map { _ -> String in
            let size = Int.random(in: 0...60, using: &random)
            let list = (0..<size).map { _ in
                random.chance(70)
                    ? "\(Int.random(in: -50...50, using: &random))"
                    : "\(Double(Int.random(in: -99...99, using: &random)) / 4)"
            }
            // -0.0 and 0, 1 and 1.0 are equal: they are shown as floats, so that their order does not matter.
            return "do local t = { \(list.joined(separator: ", ")) } table.sort(t\(random.pick(comparators))) "
                + "for i, v in ipairs(t) do t[i] = v + 0.0 end show(table.unpack(t)) end"
        }
        cases += (0..<200).map { _ in
            let list = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                "'"
                    + (0..<Int.random(in: 0...4, using: &random)).map { _ in
                        random.pick(["a", "b", "B", "1", " ", "\\0"])
                    }.joined() + "'"
            }
            return "do local t = { \(list.joined(separator: ", ")) } table.sort(t) show(table.unpack(t)) end"
        }
        cases += ["{ 1, 'x' }", "{ {}, {} }", "{ true, false }", "{ 1, nil, 2 }", "{ 'a', 1, 'b' }"].map {
            "show((pcall(table.sort, \($0))))"
        }
        cases += ["show((pcall(table.sort)))", "show((pcall(table.sort, { 2, 1 }, 1)))"]
        try expectAgreement(cases)
    }

    @Test func listsAreIteratedAlike() throws {
        var random = SplitMix64(seed: 44)
        let cases = (0..<300).map { _ -> String in
            let list = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                random.chance(10) ? "nil" : "\(Int.random(in: 0...99, using: &random))"
            }
            let loop = random.pick([
                "for k, v in pairs(t) do n = n .. k .. '=' .. v .. ' ' end",
                "for k, v in next, t do n = n .. k .. '=' .. v .. ' ' end",
                "local k, v = next(t) while k do n = n .. k .. '=' .. v .. ' ' k, v = next(t, k) end",
                "for k, v in pairs(t) do n = n .. k .. ' ' t[k] = nil end",
                "for k, v in pairs(t) do n = n .. k .. '=' .. v t[k] = v + 1 end for k, v in pairs(t) do n = n .. v end",
            ])
            return "do local t, n = { \(list.joined(separator: ", ")) }, '' \(loop) show(n) end"
        }
        try expectAgreement(cases)
    }

    @Test func tablesAreIteratedAlikeExceptForTheOrder() throws {
        var random = SplitMix64(seed: 45)
        let cases = (0..<300).map { _ -> String in
            var script = "do local t = {}"
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let key =
                    random.chance(50)
                    ? "\(Int.random(in: -2...8, using: &random))" : "'\(random.pick(["a", "b", "c", "é"]))'"
                script += " t[\(key)] = \(random.chance(25) ? "nil" : "1")"
            }
            let loop = random.pick(["for k in pairs(t) do", "for k in next, t do"])
            return script
                + " local s = {} \(loop) s[#s + 1] = tostring(k) end table.sort(s) show(table.concat(s, ' ')) end"
        }
        try expectAgreement(cases)
    }

    @Test func protectedCallsAgree() throws {
        var random = SplitMix64(seed: 46)
        let cases = (0..<1000).map { _ in
            "do local function f(...) return ... end show(\(Self.call(&random, depth: 3))) end"
        }
        try expectAgreement(cases)
    }

    private static func call(_ random: inout SplitMix64, depth: Int) -> String {
        let arguments = (0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random) }.joined(separator: ", ")
        let with = arguments.isEmpty ? "" : ", " + arguments
        guard depth > 0 else { return "pcall(error\(with))" }
        let inner = { (random: inout SplitMix64) in call(&random, depth: depth - 1) }
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return "pcall(error\(with))"
        case 1: return "pcall(f\(with))"
        case 2: return "pcall(pcall, f\(with))"
        case 3: return "xpcall(f, print\(with))"
        case 4: return "xpcall(error, function(e) return type(e), 1 end\(with))"
        case 5: return "pcall(function() return \(inner(&random)) end)"
        case 6: return "pcall(function() local x = \(value(&random)) return x + 1 end)"
        case 7: return "pcall(function() error(\(value(&random)), \(random.pick(["0", "1", "2"]))) end)"
        default: return "select(\(random.pick(["1", "2", "-1"])), \(inner(&random)))"
        }
    }

    @Test func metatablesAgree() throws {
        try expectAgreement([
            "show(getmetatable({}))", "show(pcall(getmetatable))", "show((pcall(setmetatable, 1, {})))",
            "show(getmetatable(setmetatable({}, { __metatable = 'x' })))",
            "show((pcall(setmetatable, setmetatable({}, { __metatable = false }), {})))",
            "do local m = {} show(getmetatable(setmetatable({}, m)) == m) end",
            "do local t = setmetatable({}, { __index = { x = 1 } }) show(t.x, rawget(t, 'x')) end",
            "do local t = setmetatable({}, { __eq = function() return true end }) show(t == setmetatable({}, {}), t == 1) end",
            "do local t = setmetatable({}, { __len = function() return 'x' end }) show(#t) end",
            "do local t = setmetatable({}, { __lt = function(a, b) return 1 end }) show(t < 1, 1 > t, t < t) end",
            "do local t = setmetatable({}, { __call = function(_, ...) return ... end }) show(t(1, 2, nil)) end",
        ])
    }
}
