import LuaSandbox
import PlumblineTestSupport
import Testing

/// `require`: only modules that were sent along, each run once in an environment of its own for every instance of the script.
struct ModuleTests {
    typealias Module = (name: String, text: String)

    /// What a script gave that was sent with modules.
    private func run(
        _ source: String, _ modules: [Module], limits: LuaLimits = .unhurried, instances: Int = 1
    ) throws -> Outcome {
        let texts = modules.map { [$0.name, $0.text] }
        return try onLuaThread {
            let host = TestHost()
            var state = try LuaState(limits: limits, interface: TestHost.interface, host: host)
            host.meter = state.meter
            var value: LuaValue?
            var failure: LuaFailure?
            do throws(LuaFailure) {
                try state.load(name: "script.lua", source: Array(source.utf8))
                for text in texts {
                    try state.addModule(text[0], file: "Plugins/\(text[0]).lua", source: Array(text[1].utf8))
                }
                for _ in 0..<instances {
                    try state.instantiate(seed: 1)
                    value = try state.call("value", [])
                }
            } catch {
                failure = error
            }
            let log = state.log
            return Outcome(
                value: value, failure: failure, log: log.text, isLogTruncated: log.isTruncated, usage: state.usage)
        }
    }

    private func failure(_ source: String, _ modules: [Module]) throws -> LuaFailure {
        try #require(try run(source, modules).failure)
    }

    private let counter: Module = ("a.counter", "local n = 0 return function() n = n + 1 return n end")

    @Test func aModuleIsRunOnceForEachInstance() throws {
        let source = """
            local first = require "a.counter"
            first()
            return measure { value = function() return require("a.counter")() end }
            """
        #expect(try run(source, [counter], instances: 3).value == 2)
    }

    @Test func modulesRequireModules() throws {
        let modules: [Module] = [
            ("a.sum", "local twice = require 'a.twice' return { of = function(x) return twice(x) + 1 end }"),
            ("a.twice", "return function(x) return 2 * x end"),
        ]
        #expect(try run("return measure { value = function() return require('a.sum').of(3) end }", modules).value == 7)
    }

    @Test func whateverAModuleReturnsIsHandedOn() throws {
        let source = "return measure { value = function() return require 'a.x' end }"
        for (text, value) in [("return 7", LuaValue.integer(7)), ("return 'x'", "x"), ("return false", false)] {
            #expect(try run(source, [("a.x", text)]).value == value)
        }
    }

    @Test func globalsAreEachFilesOwn() throws {
        let module = ("a.x", "leak = 7 _G.other = 8 string = nil return function() return own end")
        let source = """
            own = 9
            local read = require "a.x"
            return measure { value = function()
              return (leak == nil and other == nil and read() == nil) and #string.rep("x", 3)
            end }
            """
        #expect(try run(source, [module]).value == 3)
    }

    @Test func theOrderOfKeysOutlivesARequire() throws {
        let source = """
            return measure { value = function()
              local seen = ""
              for k in pairs { a = 1, b = 2, c = 3 } do seen = seen .. k require "a.counter" end
              return seen
            end }
            """
        #expect(try run(source, [counter]).value == "abc")
    }

    @Test func anErrorInAModuleNamesItsFileAndTheScriptsLine() throws {
        let module = ("a.x", "return {\n  fail = function(t)\n    return t.x.y\n  end,\n}")
        let source = "local x = require 'a.x'\nreturn measure { value = function()\n\n  return x.fail({}) + 1 end }"
        let failure = try failure(source, [module])
        #expect(failure.file == "Plugins/a.x.lua" && failure.line == 3 && failure.scriptLine == 4)
        #expect(failure.message == "Plugins/a.x.lua:3: attempt to index a nil value (field 'x')")
        #expect(failure.traceback == [3, 4])
    }

    @Test func aResultThatIsNoneNamesTheFileOfItsFunction() throws {
        let module = ("a.x", "return {\n value = function() return { [true] = 1 } end }")
        let failure = try failure("return measure { value = require('a.x').value }", [module])
        #expect(failure.code == .invalidResult && failure.file == "Plugins/a.x.lua" && failure.line == 2)
    }

    @Test func aSyntaxErrorInAModuleNamesItsFile() throws {
        let failure = try failure("return measure { value = 1 }", [("a.x", "\n\nlocal = 1")])
        #expect(failure.code == .syntaxError && failure.file == "Plugins/a.x.lua" && failure.line == 3)
    }

    @Test func whatIsNotThereIsAnErrorOfTheScript() throws {
        let failure = try failure("\nlocal x = require 'a.y'\nreturn measure {}", [counter])
        #expect(failure.line == 2 && failure.file == "script.lua")
        #expect(failure.message.hasPrefix("script.lua:2: no module `a.y` came with this script"))
    }

    @Test func aModuleThatReturnsNothingIsRefused() throws {
        let source = "return measure { value = function() require 'a.x' end }"
        let failure = try failure(source, [("a.x", "local x = 1")])
        #expect(failure.message.contains("the module `a.x` returns nothing: end it with `return`"))
    }

    @Test func circlesAreToldWithTheirWay() throws {
        let modules: [Module] = [
            ("a.x", "return require 'a.y'"), ("a.y", "return require 'a.z'"), ("a.z", "return (require 'a.x')"),
        ]
        let failure = try failure("return measure { value = function() return require 'a.x' end }", modules)
        #expect(failure.message.hasSuffix("modules go round in a circle: a.x requires a.y requires a.z requires a.x"))
        #expect(failure.file == "Plugins/a.z.lua")
    }

    @Test func aModuleThatFailedMayBeTriedAgain() throws {
        let modules: [Module] = [
            ("a.x", "local f = require 'a.flag' if not f.ready then error('not yet') end return f.ready"),
            ("a.flag", "return {}"),
        ]
        let source = """
            return measure { value = function()
              local flag = require "a.flag"
              local ok = pcall(require, "a.x")
              flag.ready = 7
              return not ok and require "a.x"
            end }
            """
        #expect(try run(source, modules).value == 7)
    }

    @Test func limitsHoldInModules() throws {
        let source = "return measure { value = function() return pcall(require, 'a.x') end }"
        let loop: [Module] = [("a.x", "\nwhile true do end return 1")]
        let slow = try #require(try run(source, loop, limits: .cpu(0.05)).failure)
        #expect(slow.code == .cpuLimit && slow.line == 2 && slow.file == "Plugins/a.x.lua" && slow.scriptLine == 1)
        #expect(try run(source, loop, limits: .fuel(10_000)).failure?.code == .fuelLimit)
        let bomb: [Module] = [("a.x", "return ('x'):rep(1 << 30)")]
        #expect(try run(source, bomb, limits: .memory(1 << 20)).failure?.code == .memoryLimit)
    }

    @Test func sourcesOfModulesAreRefusedAsThoseOfScripts() throws {
        let texts = [
            String(repeating: "-- x\n", count: 14_000), "return \"\0\"", "\u{1b}Lua",
            "return a" + String(repeating: ".b", count: 300),
        ]
        for text in texts {
            let failure = try failure("return measure {}", [("a.x", text)])
            #expect(failure.code == .refused && failure.file == "Plugins/a.x.lua", "\(failure)")
        }
    }

    @Test func fuelIsTheSameOnEveryRun() throws {
        let source = "local c = require 'a.counter' return measure { value = function() return c() end }"
        let fuel = try (0..<5).map { _ in try run(source, [counter], limits: .fuel(1_000_000)).usage.fuel }
        #expect(Set(fuel).count == 1 && fuel[0] ?? 0 > 0)
    }
}
